"""Past deals into the store, one transaction each: killed anywhere, what was taken stays, and comes twice only once."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.dispatch import Dispatcher
from bot.store.errors import Erased
from bot.store.transaction import Transaction
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM, stream_id
from bot.streams.past.past import HISTORY, Past, PastOpportunity, RecordPast

OWN = "salesforce.opportunity"  # the system of the links of deals that were closed with Countersign
# Without these a past deal teaches less, or nothing: what each is for stands in docs/operations.md.
WANTED: dict[str, Callable[[PastOpportunity], object]] = {
    "industry": lambda deal: deal.industry,
    "amount": lambda deal: deal.total,
    "payment_days": lambda deal: deal.payment_days,
    "term_months": lambda deal: deal.term_months,
    "loss_reason": lambda deal: deal.won or deal.loss_reason,
    "competitor": lambda deal: deal.competitor,
    "lines": lambda deal: deal.lines,
    "roles": lambda deal: deal.roles,
    "stages": lambda deal: deal.stages,
}


@dataclass(frozen=True, slots=True)
class Bad:
    """`place` is a file and line, or a record's id."""

    place: str
    field: str
    told: str


@dataclass
class Report:
    """`missing` counts the deals that were taken without a field."""

    new: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0
    won: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    bad: list[Bad] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.new + self.changed + self.same + self.erased + len(self.bad)


def take(
    dispatcher: Dispatcher, mint: Callable[[], str], found: Iterable[PastOpportunity | Bad], report: Report
) -> None:
    """Adds to `report` after each. What is known already costs no transaction."""
    for deal in found:
        if isinstance(deal, Bad):
            report.bad.append(deal)
            continue
        _count(deal, report)
        with dispatcher.store.snapshot() as tx:
            known = _known(tx, deal.id, dispatcher.code)
        _keep(dispatcher, mint, deal, known, report)


def _keep(
    dispatcher: Dispatcher, mint: Callable[[], str], deal: PastOpportunity, known: Past | str | None, report: Report
) -> None:
    if isinstance(known, str):
        report.erased += 1
        return
    if known is not None and known.deal == deal:
        report.same += 1
        return
    key = mint()
    command = RecordPast(stream_id=stream_id("past", key), actor=SYSTEM, deal=deal)
    dispatcher.execute(command, f"history:{key}", Link(HISTORY, deal.id))
    report.new += known is None
    report.changed += known is not None


def stream_of(dispatcher: Dispatcher, deal: str) -> str | None:
    """Where an imported deal is kept."""
    with dispatcher.store.snapshot() as tx:
        return tx.links.stream_of(Link(HISTORY, deal))


def _known(tx: Transaction, deal: str, code: str) -> Past | str | None:
    """The id of a stream that is erased, this one or that of our own deal: it stays so."""
    stream, own = (tx.links.stream_of(Link(system, deal)) for system in (HISTORY, OWN))
    try:
        if own is not None:
            tx.ledger.load(own, code)
        state: Past | None = tx.ledger.load(stream, code).state if stream else None
    except Erased:
        return stream or own
    return state


def _count(deal: PastOpportunity, report: Report) -> None:
    report.won += deal.won
    report.missing.update(name for name, told in WANTED.items() if not told(deal))
