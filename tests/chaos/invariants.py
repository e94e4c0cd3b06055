"""What must hold after any kill, race or repeat. The numbers are those by which the tests name them.

I8 (Redis may go), I9 (any order), I10 (nothing after a cancel), I11 (one bad deal delays no other), I12 (retry budget),
I13 (a stale fence settles nothing), I14 (erased and still whole) and I15 (both engines alike) have tests of their own.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from bot.store.ledger import Entry
from bot.store.transaction import Transaction
from sandbox.slack.entities import Message
from sandbox.walk import SHARED, TOTAL, WINS
from tests.chaos.house import House
from tests.chaos.walks import ShakenWalk

DOCUMENTS = 10  # in Slack: two packages of five
PAPERS = ("ES-", "TA-", "LS-", "TP-")  # beside them, unless the next package came first
BOOKED = 32
INVOICED = 23_798_480


def acked_is_committed(house: House, walk: ShakenWalk) -> None:
    """I1: whatever was answered with a good status was written down before."""
    assert house.town.outbound is not None
    told = [f"salesforce.outbound:{id}" for id, status in house.town.outbound.sent if status == 200]
    told += [f"slack.message:{SHARED}:{ts}" for ts in walk.stamps.values()]
    with house.store.snapshot() as tx:
        missing = [key for key in told if tx.ledger.answered(key) is None]
    assert missing == [], f"not written down: {missing}"
    assert len(told) > 2, f"too little was told: {told}"


def a_cause_has_its_effect_once(house: House, _walk: ShakenWalk) -> None:
    """I2: all facts of one cause were written in one go, to one stream. I7: so was the result of each effect."""
    assert repeated(house) == {}


def the_chain_is_whole(house: House, _walk: ShakenWalk) -> None:
    """I3"""
    ran = house.town.run("ledger", "verify")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def the_facts_fold_to_what_is_kept(house: House, _walk: ShakenWalk) -> None:
    """I4"""
    ran = house.town.run("ledger", "replay")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def nothing_was_doubled_in_slack(house: House, walk: ShakenWalk) -> None:
    """I5: each message of ours has a key; no key was posted twice, no document shared twice."""
    said = list(by_app(house))
    keys = Counter(json.dumps(m.metadata, sort_keys=True) for m in said if m.metadata)
    assert {key: times for key, times in keys.items() if times > 1} == {}
    names = Counter(f.name for m in house.town.site.world.messages[walk.channel().id] for f in m.files)
    assert {name: times for name, times in names.items() if times > 1} == {}
    contracts = [name for name in names if not name.startswith(PAPERS)]
    assert (len(contracts), len(of_app(house, SHARED)), len(of_app(house, WINS))) == (DOCUMENTS, 1, 1)


def nothing_was_doubled_outside_slack(house: House, walk: ShakenWalk) -> None:
    """I5: letters, records and documents in the books."""
    letters = Counter((letter.to, letter.subject) for letter in house.town.mail.letters)
    assert {letter: times for letter, times in letters.items() if times > 1} == {}
    assert len([r for r in house.town.org.records("Contract") if r["Countersign_Key__c"]]) == 1
    tasks = Counter(r["Countersign_Key__c"] for r in house.town.org.records("Task") if r["Countersign_Key__c"])
    assert {key: times for key, times in tasks.items() if times > 1} == {}
    assert len([key for key in tasks if key.endswith(":kick-off")]) == 1
    filed = Counter(r["Countersign_Key__c"] for r in house.town.org.records("ContentVersion"))
    assert {key: times for key, times in filed.items() if key and times > 1} == {}
    assert len([key for key in filed if key and key.endswith(":contract")]) == 1
    assert len(walk.booked()) == len(set(walk.booked())) == BOOKED


def nothing_was_lost(house: House, walk: ShakenWalk) -> None:
    """I5, the other way round: the deal is won, paid for and handed over, to the cent."""
    row = walk.opportunity()
    assert (row["StageName"], row["Amount"]) == ("Closed Won", Decimal(TOTAL.replace(",", "")))
    invoices = house.town.books.entries("invoices")
    assert sum(entry.document["net"]["minor"] for entry in invoices) == INVOICED


def nothing_is_stuck(house: House, _walk: ShakenWalk) -> None:
    """I6"""
    with house.store.snapshot() as tx:
        assert owed(tx) == []
        assert tx.parked.every() == []


INVARIANTS: dict[str, Callable[[House, ShakenWalk], None]] = {
    "I1": acked_is_committed,
    "I2 I7": a_cause_has_its_effect_once,
    "I3": the_chain_is_whole,
    "I4": the_facts_fold_to_what_is_kept,
    "I5 slack": nothing_was_doubled_in_slack,
    "I5 elsewhere": nothing_was_doubled_outside_slack,
    "I5 lost": nothing_was_lost,
    "I6": nothing_is_stuck,
}


def repeated(house: House) -> dict[str, int]:
    """Causes whose facts were written more than once."""
    with house.store.snapshot() as tx:
        runs = Counter(cause for stream in tx.ledger.streams() for cause in _runs(tx.ledger.entries(stream)))
    assert runs
    return {cause: times for cause, times in runs.items() if times > 1}


def owed(tx: Transaction) -> list[str]:
    return [key for stream in tx.ledger.streams() for key in tx.outbox.waiting(stream)]


def by_app(house: House) -> Iterator[Message]:
    for channel in list(house.town.site.world.messages):
        yield from of_app(house, channel)


def of_app(house: House, channel: str) -> list[Message]:
    return [m for m in house.town.site.world.messages.get(channel, []) if m.bot]


def _runs(entries: Iterable[Entry]) -> Iterator[str]:
    """The cause of each unbroken run of facts that have the same one."""
    before = None
    for entry in entries:
        cause = json.loads(entry.stamp)["cause"]
        if cause != before:
            yield cause
        before = cause
