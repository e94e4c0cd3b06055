"""What was foretold of approvals, beside what came of it: calibration, warnings, and what was done about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.figures.deadline_risk import WHOLE, brier

BINS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One assessment: `chance` in basis points, `told` when the rep was warned by it, `held` None as long as the plan
    is under way or when it never came to an end."""

    plan: str
    chance: int
    level: str
    told: bool
    held: bool | None
    at: datetime
    deadline: datetime
    factors: tuple[str, ...] = ()
    mitigated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bin:
    """Of `count` plans with a first chance from `low` to below `high`, in percent: `foretold` is the mean chance and
    `held` the share that was in time."""

    low: int
    high: int
    count: int
    foretold: float
    held: float


@dataclass(frozen=True, slots=True)
class Foretelling:
    """Of plans that came to an end; shares from 0 to 1, None where there is nothing to divide by. `brier` is the mean
    square of the first chance less the outcome, `always` that of telling everybody the share that held. `right`: the
    first chance was on the right side of even. `warned_late` of the `late` ones were warned of before; `false_alarms`
    of the `warned` held without anything done. `mitigated`: warned, something was done, and `mitigated_held`."""

    plans: int
    held: int
    late: int
    brier: float | None
    always: float | None
    right: float | None
    warned: int
    warned_late: int
    false_alarms: int
    mitigated: int
    mitigated_held: int
    bins: tuple[Bin, ...]
    factors: tuple[tuple[str, int], ...]


def worth(rows: Iterable[Told]) -> Foretelling:
    plans = _plans(rows)
    first = [(told[0].chance / WHOLE, bool(told[0].held)) for told in plans]
    held, warned = [t for t in plans if t[0].held], [t for t in plans if any(each.told for each in t)]
    done = [t for t in warned if any(each.mitigated for each in t)]
    share = len(held) / len(plans) if plans else 0.0
    return Foretelling(
        plans=len(plans),
        held=len(held),
        late=len(plans) - len(held),
        brier=brier(first) if first else None,
        always=brier([(share, each) for _, each in first]) if first else None,
        right=sum((said >= 0.5) == was for said, was in first) / len(first) if first else None,
        warned=len(warned),
        warned_late=sum(not t[0].held for t in warned),
        false_alarms=sum(bool(t[0].held) for t in warned if t not in done),
        mitigated=len(done),
        mitigated_held=sum(bool(t[0].held) for t in done),
        bins=tuple(_bins(first)),
        factors=_factors(warned),
    )


def _plans(rows: Iterable[Told]) -> list[list[Told]]:
    """Ended ones, each with its assessments, oldest first."""
    found: dict[str, list[Told]] = {}
    for row in rows:
        if row.held is not None:
            found.setdefault(row.plan, []).append(row)
    return list(found.values())


def _bins(first: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    for no in range(BINS):
        low, high = no / BINS, (no + 1) / BINS
        mine = [(said, was) for said, was in first if low <= said < high or (no == BINS - 1 and said == 1)]
        if mine:
            told, held = sum(said for said, _ in mine) / len(mine), sum(was for _, was in mine) / len(mine)
            yield Bin(round(low * 100), round(high * 100), len(mine), told, held)


def _factors(warned: Sequence[Sequence[Told]]) -> tuple[tuple[str, int], ...]:
    """How often each was named in a warning, the most frequent first."""
    counts: dict[str, int] = {}
    for plan in warned:
        for kind in {kind for told in plan if told.told for kind in told.factors}:
            counts[kind] = counts.get(kind, 0) + 1
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
