"""What bottlenecks speak for: to prevent one that comes again, and another or a later relief where one wins no time."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.figures.bottleneck_worth import WHOLE, Better, Seen, Worth, minutes_won, recurring_in, worth
from bot.figures.decisions import Decision
from bot.playbook.bottlenecks import Bottlenecks
from bot.playbook.company import Calendar
from bot.streams.company.proposals import Aim, Proposal

BETWEEN = "."  # a class and a rule, in a key


@dataclass(frozen=True, slots=True)
class Past:
    """All that was seen, and all that was decided, since one moment."""

    seen: Sequence[Seen]
    decided: Sequence[Decision]
    rules: Bottlenecks
    calendar: Calendar

    def of(self, bottleneck: str, rule: str) -> list[Seen]:
        return [s for s in self.seen if (s.bottleneck, s.rule) == (bottleneck, rule)]


def recurring(past: Past, month: str) -> list[Proposal]:
    """One class of one rule, as often in that month as the playbook says: how to prevent it."""
    return [
        _prevent(past, kind.id, rule, month, times)
        for kind in past.rules.classes
        for rule, of, times in recurring_in([s for s in past.seen if s.bottleneck == kind.id], past.rules)
        if of == month
    ]


def better(past: Past, month: str) -> list[Proposal]:
    """Of each class whose relief rarely won time."""
    return [
        _better(each, each.better, past.rules, month)
        for each in worth(past.seen, past.rules, past.calendar)
        if each.better is not None
    ]


def share_of_rule(past: Past, key: str) -> tuple[int, int]:
    """How many of the rule's requests were in that bottleneck, in basis points, and of how many decided ones."""
    bottleneck, _, rule = key.partition(BETWEEN)
    asked = sum(d.rule == rule for d in past.decided)
    return _share(len(past.of(bottleneck, rule)), asked), asked


def share_won(past: Past, key: str) -> tuple[int, int]:
    """How many of the class's reliefs won time, in basis points, and of how many that are decided."""
    found = next((each for each in worth(past.seen, past.rules, past.calendar) if each.bottleneck == key), None)
    return (_share(found.won_by, found.over), found.over) if found else (0, 0)


def _prevent(past: Past, bottleneck: str, rule: str, month: str, times: int) -> Proposal:
    kind, mine = past.rules.named(bottleneck), [s for s in past.of(bottleneck, rule) if f"{s.at:%Y-%m}" == month]
    asked = sum(d.rule == rule and f"{d.at:%Y-%m}" == month for d in past.decided)
    relieved, won = [s for s in mine if s.relief != "recommend"], sum(minutes_won(s, past.calendar) for s in mine)
    start = _share(times, max(asked, times))
    helped = f"{len(relieved)} were relieved by themselves, which won {won} working minutes"
    return Proposal(
        kind="bottleneck",
        key=f"{bottleneck}{BETWEEN}{rule}",
        month=month,
        change=f"{kind.prevent if kind else bottleneck}: rule {rule}.",
        told=(f"{kind.line if kind else bottleneck}.", f"{times} times in {month} of rule {rule}; {helped}."),
        deals=times,
        aim=Aim(says="This rule's requests in that bottleneck", unit="share", start=start, reach=start // 2),
    )


def _better(of: Worth, by: Better, rules: Bottlenecks, month: str) -> Proposal:
    if by.sign:
        change = f"Relieve only from {by.at_least} {by.sign} on: class {of.bottleneck} in the playbook's bottlenecks."
        tested = f"from {by.at_least} on, {by.spared} of {of.over} that won nothing would have been spared"
    else:
        change, tested = f"Relieve by {by.relief} instead: class {of.bottleneck} in the playbook's bottlenecks.", ""
    return Proposal(
        kind="relief",
        key=of.bottleneck,
        month=month,
        change=change,
        told=(f"{of.line}.", f"Its relief won time in {of.won_by} of {of.over}, {of.minutes_won} working minutes."),
        deals=of.over,
        tested=tested,
        aim=Aim(says="Reliefs that won time", unit="share", start=_share(of.won_by, of.over), reach=rules.won_from),
    )


def _share(part: int, whole: int) -> int:
    return min(part * WHOLE // whole, WHOLE) if whole else 0
