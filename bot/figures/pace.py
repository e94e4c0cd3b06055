"""How long a decision will take, in business minutes: from the policy's share of the time it is given, then more and
more from how long decisions of that rule took, and took that person. Times lie evenly on a logarithmic scale."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from bot.playbook.approving import ApprovalRule, Pacing
from bot.streams.deal.approvals import Expected
from bot.streams.decision import Pace, Weekday

WHOLE = 10_000
TENTH = 1.2816  # so many deviations from the middle, a tenth lies beyond on each side


@dataclass(frozen=True, slots=True)
class _Spread:
    middle: float
    deviation: float


def expected(rule: ApprovalRule, person: str, queue: int, paces: Iterable[Pace], pacing: Pacing) -> Expected:
    """Of all times, 80% lie from `low` to `high`. Each request before it in the queue takes its look."""
    mine = [pace for pace in paces if pace.rule == rule.id]
    found = _spread(rule, [pace for pace in mine if pace.person == person], mine, pacing)
    more, least = queue * rule.look_minutes, rule.look_minutes
    low, high = found.middle - TENTH * found.deviation, found.middle + TENTH * found.deviation
    middle, early, late = (max(least, round(exp(each))) + more for each in (found.middle, low, high))
    return Expected(minutes=middle, low=early, high=late)


def _spread(rule: ApprovalRule, own: list[Pace], every: list[Pace], pacing: Pacing) -> _Spread:
    """A few decisions move it a little, many make it their own."""
    share = rule.deadline_hours * 60 * pacing.share_of_deadline / WHOLE
    trust, number = pacing.trust_after, sum(pace.count for pace in every)
    usual = (trust * log(max(share, 1.0)) + sum(pace.logs for pace in every)) / (trust + number)
    mine = sum(pace.count for pace in own)
    middle = (trust * usual + sum(pace.logs for pace in own)) / (trust + mine)
    wide = (pacing.spread / WHOLE) ** 2
    around = sum(p.squares - 2 * usual * p.logs + p.count * usual**2 for p in every)
    return _Spread(middle, sqrt((trust * wide + max(around, 0.0)) / (trust + number)))


def pace_of(rule: str, person: str, minutes: Iterable[int]) -> Pace:
    """The record of these times."""
    logs = [log(max(each, 1)) for each in minutes]
    return Pace(rule, person, len(logs), sum(logs), sum(each * each for each in logs))


def weekdays_of(rows: Iterable[tuple[str, int, int]]) -> tuple[Weekday, ...]:
    """From (rule, day, minutes): what lies above or below its rule's mean, by day."""
    told = [(rule, day, log(max(minutes, 1))) for rule, day, minutes in rows]
    by_rule: defaultdict[str, list[float]] = defaultdict(list)
    for rule, _, length in told:
        by_rule[rule].append(length)
    means = {rule: sum(lengths) / len(lengths) for rule, lengths in by_rule.items()}
    by_day: defaultdict[int, list[float]] = defaultdict(list)
    for rule, day, length in told:
        by_day[day].append(length - means[rule])
    return tuple(Weekday(day, len(above), sum(above)) for day, above in sorted(by_day.items()))
