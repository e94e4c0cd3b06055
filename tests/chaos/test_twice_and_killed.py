"""Every event delivered twice, the worker killed, the queue emptied and killed in the middle: only time is lost."""

import os
import signal
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from jobs.doorbell import connect
from jobs.queue_server import answers, socket_path
from sandbox.page.processes import flush_queue
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import CLARA, HENRIK, SHARED, WINS, Walk
from tests.chaos.invariants import PAPERS

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(400)]
WAIT_S = 90.0
PATIENCE_S = 100.0  # more than the lease that a killed worker leaves behind


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    town = Town(tmp_path_factory.mktemp("chaos"))
    walk = Walk(town, patience_s=PATIENCE_S)
    try:
        town.open()
        town.site.faults.duplicate_events = True
        assert town.outbound is not None
        town.outbound.twice = True
        town.start()
        _first_half(walk)
        kill_worker(town)
        _second_half(walk)
        yield walk
    finally:
        town.close()


def _first_half(walk: Walk) -> None:
    walk.negotiate()
    walk.promise()
    walk.agree()
    flush_queue(walk.town)
    walk.reject()
    kill_queue(walk.town)
    walk.reprice()
    walk.approve()


def _second_half(walk: Walk) -> None:
    walk.send()
    kill_queue(walk.town)
    walk.sign(CLARA)
    flush_queue(walk.town)
    walk.sign(HENRIK)
    kill_worker(walk.town)
    walk.countersign()
    walk.hand_over()
    walk.win()
    until(lambda: len(walk.booked()) == 32 or None, WAIT_S, "all documents in the books")


def kill_worker(town: Town) -> None:
    """The supervisor starts it again; whatever it had begun is looked at when its lease is over."""
    killed = [
        pid for pid in pids() if b"worker deals" in command(pid) and str(os.getpid()).encode() not in command(pid)
    ]
    mine = [pid for pid in killed if belongs(pid, town)]
    assert mine, "no worker to kill"
    for pid in mine:
        os.kill(pid, signal.SIGKILL)


def kill_queue(town: Town) -> None:
    """With all that is in it; the supervisor starts another."""
    path = socket_path(town.folder / "run")
    with connect(str(path)) as client:
        client.flushall()
        killed = int(client.info("server")["process_id"])
    os.kill(killed, signal.SIGKILL)
    until(lambda: answers(path), WAIT_S, "another queue server")


def pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def command(pid: int) -> bytes:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return b""


def belongs(pid: int, town: Town) -> bool:
    try:
        return str(town.folder).encode() in (Path("/proc") / str(pid) / "environ").read_bytes()
    except OSError:
        return False


def by_app(walk: Walk, channel: str) -> list[str]:
    return [m.text for m in walk.town.site.world.messages.get(channel, []) if m.bot]


def test_the_deal_is_won_to_the_cent(walked: Walk) -> None:
    row = walked.opportunity()
    assert (row["StageName"], row["Amount"]) == ("Closed Won", Decimal("237984.80"))


def test_nothing_was_posted_twice(walked: Walk) -> None:
    channel = walked.channel().id
    said = [text for text in by_app(walked, channel) if text]
    assert len(said) == len(set(said)), sorted(said)
    names = [file.name for m in walked.town.site.world.messages[channel] for file in m.files]
    assert len(names) == len(set(names))
    assert len([name for name in names if not name.startswith(PAPERS)]) == 10  # five documents, two packages
    assert len(by_app(walked, SHARED)) == 1
    assert len(by_app(walked, WINS)) == 1


def test_nobody_was_asked_twice(walked: Walk) -> None:
    for user in ("U07JONAS001", "U07PRIYA001"):
        keys = [str(m.metadata) for m in walked.people.dm(user) if m.bot]
        assert len(keys) == len(set(keys)) == 2


def test_each_letter_went_out_once(walked: Walk) -> None:
    ids = [letter.message_id for letter in walked.town.mail.letters]
    assert len(ids) == len(set(ids))


def test_each_record_was_made_once(walked: Walk) -> None:
    org = walked.town.org
    assert len([c for c in org.records("Contract") if c["Countersign_Key__c"]]) == 1
    tasks = [t["Countersign_Key__c"] for t in org.records("Task") if t["Countersign_Key__c"]]
    assert len(tasks) == len(set(tasks)) and len([key for key in tasks if key.endswith(":kick-off")]) == 1
    keys = [v["Countersign_Key__c"] for v in org.records("ContentVersion") if v["Countersign_Key__c"]]
    assert len(keys) == len(set(keys))
    assert len([k for k in keys if k.endswith(":contract")]) == 1


def test_the_books_hold_each_document_once(walked: Walk) -> None:
    invoices = walked.town.books.entries("invoices")
    assert sum(entry.document["net"]["minor"] for entry in invoices) == 23_798_480
    assert len(invoices) == 2


def test_the_record_is_whole(walked: Walk) -> None:
    ran = walked.town.run("ledger", "verify")
    assert ran.returncode == 0, ran.stdout
