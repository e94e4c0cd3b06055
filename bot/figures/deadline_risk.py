"""How likely it is that all approvals are given by their time: each one's own time lies evenly on a logarithmic scale,
is known to be longer than what has passed, and begins when the last that it waits for is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import erfc, log, prod, sqrt

WHOLE = 10_000
STEPS = 48  # into so many pieces the time until the deadline is cut


@dataclass(frozen=True, slots=True)
class Stage:
    """One open request: it takes `minutes` in the middle, with so wide a `deviation` on the logarithmic scale. Of
    these `passed` are over. `open` minutes of its decider lie until each point of the time that is left. `beside`:
    others before whom it lies, too; whoever is first decides."""

    id: str
    after: tuple[str, ...]
    minutes: float
    deviation: float
    passed: float
    open: tuple[float, ...]
    beside: tuple["Stage", ...] = ()


def chance(stages: Sequence[Stage]) -> float:
    """Of all at the last point, from 0 to 1. Requests that wait for the same one are taken as independent."""
    done = by_stage(stages)
    waited_for = {name for stage in stages for name in stage.after}
    return prod(done[stage.id][-1] for stage in stages if stage.id not in waited_for)


def by_stage(stages: Sequence[Stage]) -> Mapping[str, list[float]]:
    """Of each, how likely it is decided at each point; what it waits for stands before it."""
    done: dict[str, list[float]] = {}
    for stage in stages:
        before = [done[name] for name in stage.after if name in done]
        done[stage.id] = _behind(stage, before) if before else _first(stage)
    return done


def without(stages: Sequence[Stage], other: Mapping[str, Stage]) -> float:
    """The chance if these were as in `other`."""
    return chance([other.get(stage.id, stage) for stage in stages])


def at_once(stages: Sequence[Stage]) -> float:
    """The chance if none waited for another."""
    return chance([replace(stage, after=()) for stage in stages])


def brier(told: Sequence[tuple[float, bool]]) -> float:
    """The mean square of chance less outcome: 0 is right always (Brier, 1950)."""
    return sum((said - held) ** 2 for said, held in told) / len(told)


def _first(stage: Stage) -> list[float]:
    each = [_running(one) for one in (stage, *stage.beside)]
    return [1 - prod(1 - done for done in at) for at in zip(*each, strict=True)]


def _running(stage: Stage) -> list[float]:
    left = _longer(stage, stage.passed)
    return [1 - _longer(stage, stage.passed + minutes) / left if left else 0.0 for minutes in stage.open]


def _behind(stage: Stage, before: Sequence[Sequence[float]]) -> list[float]:
    """It begins at the end of the piece in which the last of them is decided: never too early."""
    begun = [prod(each[point] for each in before) for point in range(len(stage.open))]
    starts = [begun[0], *(later - earlier for earlier, later in zip(begun, begun[1:], strict=False))]
    return [
        sum(
            share * (1 - _longer(stage, stage.open[point] - stage.open[start]))
            for start, share in enumerate(starts[: point + 1])
            if share > 0
        )
        for point in range(len(stage.open))
    ]


def _longer(stage: Stage, minutes: float) -> float:
    """How likely it takes longer than so many minutes."""
    if minutes <= 0:
        return 1.0
    return erfc((log(minutes) - log(max(stage.minutes, 1.0))) / (stage.deviation * sqrt(2))) / 2
