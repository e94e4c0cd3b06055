"""What an auditor asks: every approval with who, when and why; and what is kept how long. Only for administrators."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.blocks.people import Known
from bot.figures.control import Examined, examined
from bot.figures.trail import Dated, Request, Trail, trail
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.kinds import read_fact
from bot.store.stamp import Stamp
from bot.store.transaction import Store, Transaction
from bot.streams.decision import Link
from bot.streams.person.person import Inbox, Person


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record: the playbook's rule for it, how much there is, and how much should be gone by now."""

    what: str
    rule: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Audits:
    store: Store
    playbook: Playbook
    code: str
    now: datetime

    def known(self) -> Known:
        with self.store.snapshot() as tx:
            return Known(tx.people.names())

    def trails(self, words: str = "", first: date | None = None, last: date | None = None) -> list[Trail]:
        """Requests asked in these days (both counted), with the words in the customer's name, a person's, or a
        reason. A deal that was erased has none."""
        known = self.known()
        found = self._every()
        wanted = words.casefold().strip()
        kept = [_within(each, first, last) for each in found]
        return [t for each in kept if (t := _about(each, wanted, known)).requests]

    def report(self, first: date, last: date) -> Examined:
        """Each request that was asked or decided in these days, both counted."""
        return examined(self._every(), first, last, self.now)

    def erased(self) -> tuple[str, ...]:
        """Deals that can be told no more."""
        with self.store.snapshot() as tx:
            return tuple(sorted(stream for stream in tx.keys.erased() if stream.startswith("deal:")))

    def _every(self) -> list[Trail]:
        with self.store.snapshot() as tx:
            found = [made for stream in tx.ledger.streams("deal:") if (made := _trail(tx, stream)) is not None]
            deciders = {request.by for each in found for request in each.requests if request.by}
            shown = {who: _inbox(tx, who, self.code) for who in deciders}
        return [_with_cards(each, shown) for each in found]

    def retention(self) -> tuple[Kept, ...]:
        """Counted now, in the store itself."""
        book = self.playbook
        with self.store.snapshot() as tx:
            texts, over = tx.texts.kept(self.now)
            erased = len(tx.keys.erased())
            streams = len(tx.ledger.streams())
        days = book.signals
        heard = f"{days.keep_days_without_signal} days; {days.keep_days_with_signal} with a signal"
        requests = [request for each in self.trails() for request in each.requests]
        return (
            Kept("heard texts", heard, texts, over),
            Kept("approval decisions", f"{book.retention.audit_years} years, to the end of the year", len(requests), 0),
            Kept("records (streams)", "for good, unless erased for a person", streams - erased, 0),
            Kept("erased records", "their chain alone", erased, 0),
        )


def _trail(tx: Transaction, stream: str) -> Trail | None:
    try:
        return trail(stream, _facts(tx, stream))
    except Erased:
        return None


def _inbox(tx: Transaction, who: str, code: str) -> tuple[Inbox, ...]:
    """What was ever put before her; nothing of who was erased, and of what is no person."""
    stream = tx.links.stream_of(Link("slack.user", who))
    if stream is None:
        return ()
    try:
        person: Person = tx.ledger.load(stream, code).state
    except Erased:
        return ()
    return person.inbox


def _with_cards(of: Trail, shown: dict[str, tuple[Inbox, ...]]) -> Trail:
    return replace(of, requests=tuple(replace(r, card=_card(r, shown.get(r.by, ()))) for r in of.requests))


def _card(of: Request, shown: tuple[Inbox, ...]) -> str:
    about = (of.deal, of.approval.id, of.hash)
    mine = [_seen(item, of) for item in shown if (item.task.deal, item.task.about, item.task.seen) == about]
    return mine[-1] if mine else ""


def _seen(item: Inbox, of: Request) -> str:
    return item.page if of.door == "mail" else item.card or item.page


def _facts(tx: Transaction, stream: str) -> Iterator[Dated]:
    for entry in tx.ledger.entries(stream):
        stamp = Stamp.model_validate_json(entry.stamp)
        yield Dated(read_fact(stream, entry.body), entry.at, stamp.playbook, entry.seq, entry.hash)


def _within(of: Trail, first: date | None, last: date | None) -> Trail:
    asked = (r for r in of.requests if (first or date.min) <= r.asked_at.date() <= (last or date.max))
    return Trail(of.deal, of.customer, tuple(asked))


def _about(of: Trail, wanted: str, known: Known) -> Trail:
    if wanted in of.customer.casefold():
        return of
    return Trail(of.deal, of.customer, tuple(r for r in of.requests if wanted in _words(r, known)))


def _words(of: Request, known: Known) -> str:
    people = (of.asked, of.by, of.approval.asked_by, *(moved.person for moved in of.moved))
    named = (known.name(person) for person in people if person)
    return " ".join((of.approval.title, of.reason, of.outcome, *named)).casefold()
