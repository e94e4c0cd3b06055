"""How long decisions took, against what was expected of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from bot.figures.decisions import Decision
from bot.figures.pace import expected
from bot.playbook.approving import Approvals
from bot.store.transaction import Store
from bot.streams.decision import Pace

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
BY_PEOPLE = frozenset({"own", "delegated"})


@dataclass(frozen=True, slots=True)
class Times:
    """Of one rule: medians in business minutes; `within` counts those that took from the low to the high of what was
    expected. None: nothing was expected of any. `next` is what is expected of the next one, of anybody."""

    rule: str
    decisions: int
    took: int
    expected: int | None
    within: int
    foreseen: int
    next: int | None


def times(store: Store, policy: Approvals) -> list[Times]:
    with store.snapshot() as tx:
        every, paces = [d for d in tx.decisions.since(FIRST) if d.way in BY_PEOPLE], tx.decisions.paces()
    found: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in every:
        found[decision.rule].append(decision)
    return [_times(rule, decided, policy, paces) for rule, decided in sorted(found.items())]


def _times(rule: str, decided: Iterable[Decision], policy: Approvals, paces: tuple[Pace, ...]) -> Times:
    every, known = list(decided), policy.rule(rule)
    foreseen = [d for d in every if d.expected]
    return Times(
        rule=rule,
        decisions=len(every),
        took=round(median(d.minutes for d in every)),
        expected=round(median(d.expected for d in foreseen)) if foreseen else None,
        within=sum(d.low <= d.minutes <= d.high for d in foreseen),
        foreseen=len(foreseen),
        next=expected(known, "", 0, paces, policy.pacing).minutes if known else None,
    )
