"""What an auditor tests about approvals: the population, each control with how many it was tested on, every exception
by name, and who asked and who decided."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.figures.trail import Request, Trail
from bot.streams.deal.approvals import POLICY

OVERRIDES = ("waiver", "exception")


@dataclass(frozen=True, slots=True)
class Row:
    customer: str
    request: Request


@dataclass(frozen=True, slots=True)
class Control:
    """`says` is what must hold, `tested` how many requests could have broken it."""

    says: str
    tested: int
    exceptions: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What one person did in the period; `own` counts requests of hers that she decided herself."""

    person: str
    asked: int
    decided: int
    own: int


@dataclass(frozen=True, slots=True)
class Examined:
    """Requests that were asked or decided from `first` to `last`, both counted, in UTC."""

    first: date
    last: date
    rows: tuple[Row, ...]
    controls: tuple[Control, ...]
    duties: tuple[Duty, ...]

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(row.request.outcome for row in self.rows)

    @property
    def exceptions(self) -> int:
        return sum(len(control.exceptions) for control in self.controls)


def examined(trails: Iterable[Trail], first: date, last: date, now: datetime) -> Examined:
    within = (Row(t.customer, r) for t in trails for r in t.requests if _touches(r, first, last))
    rows = tuple(sorted(within, key=lambda row: (row.request.at or row.request.asked_at, row.request.approval.id)))
    return Examined(first, last, rows, tuple(_controls(rows, now)), _duties(rows))


def _touches(of: Request, first: date, last: date) -> bool:
    return any(first <= at.date() <= last for at in (of.asked_at, of.at) if at is not None)


def _controls(rows: Sequence[Row], now: datetime) -> Iterator[Control]:
    decided = [row for row in rows if row.request.decided]
    by_people = [row for row in decided if row.request.by != POLICY]
    due = [row for row in rows if row.request.outcome != "replaced"]
    noes = [row for row in decided if row.request.outcome == "rejected"]
    twice = _twice(by_people)
    yield _control("Nobody decides what she asked for herself", by_people, lambda r: r.by == r.approval.asked_by)
    yield _control("Nobody gives two of the votes that one rule wants", by_people, lambda r: r in twice)
    yield _control("Each decision is about one package, by its hash", decided, lambda r: not r.hash)
    yield _control("The card that was put before the decider is kept", by_people, lambda r: not r.card)
    yield _control("Each no has its reason", noes, lambda r: not r.reason)
    yield _control("No rule of the policy was waived", decided, lambda r: r.way in OVERRIDES)
    yield _control("Each request is decided by its time", due, lambda r: r.late(now))
    yield _control("No request had to go on because it came too late", due, _escalated)


def _control(says: str, tested: Sequence[Row], broken: Callable[[Request], bool]) -> Control:
    return Control(says, len(tested), tuple(row for row in tested if broken(row.request)))


def _escalated(of: Request) -> bool:
    return any(moved.why == "overdue" for moved in of.moved)


def _twice(rows: Iterable[Row]) -> list[Request]:
    """Those by a person who has decided another seat of the same rule for the same package."""
    seen: set[tuple[str, int, str, str]] = set()
    found = []
    for row in rows:
        of = row.request
        vote = (of.deal, of.version, of.approval.rule, of.by)
        if vote in seen:
            found.append(of)
        seen.add(vote)
    return found


def _duties(rows: Iterable[Row]) -> tuple[Duty, ...]:
    asked, decided, own = Counter[str](), Counter[str](), Counter[str]()
    for of in (row.request for row in rows):
        asked[of.approval.asked_by] += 1
        if of.decided and of.by != POLICY:
            decided[of.by] += 1
            own[of.by] += of.by == of.approval.asked_by
    return tuple(Duty(person, asked[person], decided[person], own[person]) for person in sorted({*asked, *decided}))
