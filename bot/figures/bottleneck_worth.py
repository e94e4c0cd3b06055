"""What came of bottlenecks: how soon each was seen, what was relieved by itself and how much time that won, what comes
again, and which relief is better another one, or a later one. Minutes are business minutes of the default calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bot.figures.chances import wilson
from bot.figures.hours import business_minutes
from bot.playbook.bottlenecks import BottleneckClass, Bottlenecks, Relief
from bot.playbook.company import Calendar
from bot.streams.deal.bottlenecks import End

WHOLE = 10_000
Z = 1.96  # of an interval that holds the true share 19 times of 20
INSTEAD: Mapping[Relief, Relief] = {"split": "reassign", "reassign": "recommend", "parallelise": "recommend"}


@dataclass(frozen=True, slots=True)
class Seen:
    """It began after `since`; it went from `person` to `given`, where it went to somebody. How, when and by whom its
    request ended, and when it would have without the relief."""

    bottleneck: str
    rule: str
    person: str
    relief: Relief
    given: str
    owner: str
    signs: Mapping[str, int]
    since: datetime
    at: datetime
    without_at: datetime | None
    end: End
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class Better:
    """Proposed of a relief that rarely won time: another `relief`, or only from so much of a `sign` on, where that
    would have left out `spared`, none of which won anything."""

    relief: Relief | None = None
    sign: str = ""
    at_least: int = 0
    spared: int = 0


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one class: `seen` so often, each within `seen_after` minutes of its beginning at most; `relieved` by itself,
    of which `over` are decided and `won_by` won time, `minutes_won` in all; `recommended`, of which `acted` were
    resolved in time and `waited` were not or still wait. `recurring`: rules and months in which it came too often."""

    bottleneck: str
    line: str
    seen: int
    seen_after: int
    relieved: int
    over: int
    won_by: int
    minutes_won: int
    usually_won: int
    recommended: int
    acted: int
    waited: int
    recurring: tuple[tuple[str, str, int], ...]
    better: Better | None


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `of`; the share and its 95% interval from 0 to 1, None: not enough data."""

    good: int
    of: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """Over all classes: `by_itself` of those that are over needed nobody, `by_word` of what was recommended was
    resolved in time. `again`: by month, the newest first, how many were of a class that came of its rule too often."""

    seen: int
    seen_after: int
    by_itself: Share
    by_word: Share
    again: tuple[tuple[str, int, int], ...]


def whole(rows: Sequence[Seen], rules: Bottlenecks, calendar: Calendar) -> Whole:
    """Of relieved ones counts what whoever was asked by it decided; what has not ended counts for neither."""
    over = [r for r in rows if r.ended_at is not None]
    told = [r for r in rows if r.relief == "recommend"]
    helped = [r for r in over if r.relief != "recommend" and (not r.given or r.given == r.ended_by)]
    often = Counter((f"{r.at:%Y-%m}", r.rule, r.bottleneck) for r in rows)
    months = sorted({f"{r.at:%Y-%m}" for r in rows}, reverse=True)
    in_month = {month: [r for r in rows if f"{r.at:%Y-%m}" == month] for month in months}
    return Whole(
        seen=len(rows),
        seen_after=_seen_after(rows, calendar),
        by_itself=_of(len(helped), len(over), rules),
        by_word=_of(sum(resolved(r, rules, calendar) for r in told), len(told), rules),
        again=tuple(
            (month, sum(often[month, r.rule, r.bottleneck] >= rules.recurring for r in mine), len(mine))
            for month, mine in in_month.items()
        ),
    )


def _of(good: int, of: int, rules: Bottlenecks) -> Share:
    if of < rules.least:
        return Share(good, of)
    return Share(good, of, good / of, *wilson(good / of, of, Z))


def _seen_after(rows: Iterable[Seen], calendar: Calendar) -> int:
    return max((business_minutes(r.since, r.at, calendar) for r in rows), default=0)


def worth(rows: Iterable[Seen], rules: Bottlenecks, calendar: Calendar) -> list[Worth]:
    """Of every class of the playbook, in its order."""
    every = list(rows)
    return [_worth(kind, [r for r in every if r.bottleneck == kind.id], rules, calendar) for kind in rules.classes]


def minutes_won(of: Seen, calendar: Calendar) -> int:
    """Only where the relief itself did it: whoever was asked by it decided, and sooner than it would have been."""
    if of.relief == "recommend" or of.ended_at is None or of.without_at is None or of.ended_at >= of.without_at:
        return 0
    if of.given and of.ended_by != of.given:
        return 0
    return business_minutes(of.ended_at, of.without_at, calendar)


def resolved(of: Seen, rules: Bottlenecks, calendar: Calendar) -> bool:
    """By what was recommended: decided, or moved on by hand, in time."""
    ended = of.ended_at
    return ended is not None and business_minutes(of.at, ended, calendar) <= rules.resolved_minutes


def recurring_in(rows: Iterable[Seen], rules: Bottlenecks) -> tuple[tuple[str, str, int], ...]:
    """Rule, month and how often, where one class came of one rule too often in a month; the newest first."""
    counted = Counter((f"{r.at:%Y-%m}", r.rule, r.bottleneck) for r in rows)
    often = [(rule, month, times) for (month, rule, _), times in counted.items() if times >= rules.recurring]
    return tuple(sorted(often, key=lambda each: (each[1], each[2], each[0]), reverse=True))


def _worth(kind: BottleneckClass, rows: Sequence[Seen], rules: Bottlenecks, calendar: Calendar) -> Worth:
    relieved = [r for r in rows if r.relief != "recommend"]
    told = [r for r in rows if r.relief == "recommend"]
    over = [r for r in relieved if r.ended_at is not None]
    won = [minutes_won(r, calendar) for r in over]
    acted = sum(resolved(r, rules, calendar) for r in told)
    return Worth(
        bottleneck=kind.id,
        line=kind.line,
        seen=len(rows),
        seen_after=_seen_after(rows, calendar),
        relieved=len(relieved),
        over=len(over),
        won_by=sum(minutes > 0 for minutes in won),
        minutes_won=sum(won),
        usually_won=round(median(won)) if won else 0,
        recommended=len(told),
        acted=acted,
        waited=len(told) - acted,
        recurring=recurring_in(rows, rules),
        better=_better(kind, list(zip(over, won, strict=True)), rules),
    )


def _better(kind: BottleneckClass, over: Sequence[tuple[Seen, int]], rules: Bottlenecks) -> Better | None:
    """The past again: from which value of one sign on would so many have won as the playbook wants, and none that won
    been left out? Where there is none, another relief."""
    if len(over) < rules.least or _enough([won for _, won in over], rules):
        return None
    for bound in kind.when:
        if bound.at_least is None:
            continue
        won_at = [seen.signs.get(bound.sign, 0) for seen, won in over if won]
        least = min(won_at, default=0)
        kept = [won for seen, won in over if seen.signs.get(bound.sign, 0) >= least]
        if least > bound.at_least and _enough(kept, rules):
            return Better(sign=bound.sign, at_least=least, spared=len(over) - len(kept))
    return Better(relief=INSTEAD.get(kind.relief, "recommend"))


def _enough(won: Sequence[int], rules: Bottlenecks) -> bool:
    return sum(minutes > 0 for minutes in won) * WHOLE >= rules.won_from * len(won)
