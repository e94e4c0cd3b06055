"""Is a request stuck in a bottleneck, of which class, and how long would it wait there? Times are business minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp

from bot.figures.conditions import Facts
from bot.figures.hours import add_business_hours, is_working_day, zone_of
from bot.playbook.approving import ApprovalRule
from bot.playbook.bottlenecks import BottleneckClass, Bottlenecks, Bound, Sign
from bot.playbook.company import Calendar
from bot.streams.decision import Colleague, Pace
from bot.streams.queues import Tempo

Signs = Mapping[Sign, int]
DAY = timedelta(days=1)
LONGEST_ABSENCE = 400  # days
OPEN_ENDED = 60  # working days


@dataclass(frozen=True, slots=True)
class Wait:
    """What is still before a request with whom it lies: so many working days, then so many business minutes."""

    days: int
    minutes: int


def class_of(signs: Signs, rules: Bottlenecks, without: frozenset[str] = frozenset()) -> BottleneckClass | None:
    """The first of which all bounds hold."""
    fitting = (each for each in rules.classes if each.id not in without and all(_within(b, signs) for b in each.when))
    return next(fitting, None)


def _within(bound: Bound, signs: Signs) -> bool:
    known = signs.get(bound.sign)
    if known is None:
        return False
    return known >= bound.at_least if bound.at_least is not None else known <= (bound.at_most or 0)


def a_day(person: str, tempos: Sequence[Tempo], rules: Bottlenecks) -> int:
    """How many she decides on a day that is not enough for all, at least one; as the playbook has it of who has no
    record of such days."""
    mine = next((tempo for tempo in tempos if tempo.person == person), None)
    if mine is None or mine.days < rules.known_from_days:
        return rules.usual_a_day
    return max(mine.decided // mine.days, 1)


def tempo_of(person: str, times: Iterable[tuple[datetime, datetime]]) -> Tempo:
    """`times`: of each decision, when it was asked and when it was taken; of days in UTC."""
    every = [(asked.date(), at.date()) for asked, at in times]
    left = {asked + n * DAY for asked, at in every for n in range(min((at - asked).days, LONGEST_ABSENCE))}
    full = [at for _, at in every if at in left]
    return Tempo(person, len(full), len(set(full)))


def away_days(who: Colleague, now: datetime, calendar: Calendar) -> int:
    """Working days until she is back, today included; 0 when she is here."""
    day, missed = now.astimezone(zone_of(calendar)).date(), 0
    for _ in range(LONGEST_ABSENCE):
        if not who.is_away(day):
            break
        missed += is_working_day(day, calendar)
        day += DAY
    return missed


def absence(days: int) -> str:
    """So many working days, in words; so long a one has no end that anybody said."""
    if days > OPEN_ENDED:
        return "with no day of return"
    return f"for {days} more working day{'' if days == 1 else 's'}"


def usual_percent(rule: ApprovalRule, paces: Sequence[Pace]) -> tuple[int, int]:
    """Over all deals and people: how often the rule was decided, and what of its time that usually took, in percent."""
    mine = [pace for pace in paces if pace.rule == rule.id]
    count = sum(pace.count for pace in mine)
    if not count:
        return 0, 0
    usual = exp(sum(pace.logs for pace in mine) / count)
    return count, round(usual * 100 / (rule.deadline_hours * 60))


def unknown(rule: ApprovalRule, facts: Facts, evidence: Sequence[str]) -> int:
    """Facts that the rule asks about and nobody knows, where the decision needs evidence."""
    return len({c.fact for c in rule.when if facts.get(c.fact) is None}) if evidence else 0


def pacing_rest(usual: int, waited: int, look: int) -> int:
    """What is still expected of her usual time, and never less than a look."""
    return max(usual - waited, look)


def ends_at(begins: datetime, wait: Wait, calendar: Calendar) -> datetime:
    """When it would be decided: after so many more of her working days, and then so many of her minutes."""
    day = begins.date()
    full = datetime.combine(day, calendar.closes) - datetime.combine(day, calendar.opens)
    return add_business_hours(begins, wait.days * full + timedelta(minutes=wait.minutes), calendar)
