"""What an auditor asks: every approval with who, when and why; and what is kept how long. Only for administrators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.blocks.people import Known
from bot.figures.trail import Dated, Request, Trail, trail
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.kinds import read_fact
from bot.store.stamp import Stamp
from bot.store.transaction import Store, Transaction


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
    now: datetime

    def known(self) -> Known:
        with self.store.snapshot() as tx:
            return Known(tx.people.names())

    def trails(self, words: str = "", first: date | None = None, last: date | None = None) -> list[Trail]:
        """Requests asked in these days (both counted), with the words in the customer's name, a person's, or a
        reason. A deal that was erased has none."""
        known = self.known()
        with self.store.snapshot() as tx:
            found = [made for stream in tx.ledger.streams("deal:") if (made := _trail(tx, stream)) is not None]
        wanted = words.casefold().strip()
        kept = [_within(each, first, last) for each in found]
        return [t for each in kept if (t := _about(each, wanted, known)).requests]

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


def _facts(tx: Transaction, stream: str) -> Iterator[Dated]:
    for entry in tx.ledger.entries(stream):
        stamp = Stamp.model_validate_json(entry.stamp)
        yield Dated(read_fact(stream, entry.body), entry.at, stamp.playbook)


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
