"""The plan: of each yes that the policy asks for, who gives it, after which others, and when it is expected."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.agents.approvals.authority import House
from bot.agents.approvals.choosing import Choice, Setting, back, choose
from bot.figures.approval_needs import Need, Needs
from bot.figures.hours import add_business_hours
from bot.streams.deal.approvals import POLICY, Approval
from bot.streams.decision import Colleague, Context
from bot.streams.money import Money

DEFAULT_HOURS = 8  # of a request whose rule the policy has no more


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: `rep` may decide nothing of it. `prefix` begins the id of each request; with `share` of the time that
    the policy gives, in percent, when the deal is urgent."""

    rep: str
    amount: Money
    prefix: str = ""
    share: int = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """A request with the choice of its person; none where a yes still holds, or the policy itself grants it."""

    approval: Approval
    choice: Choice | None


@dataclass
class _Plan:
    """What was planned so far: of each need, when it ends; of each person, how many; of each rule, who."""

    ends: dict[str, datetime] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    seats: dict[str, frozenset[str]] = field(default_factory=dict)
    made: list[Planned] = field(default_factory=list)


def plan_of(
    needs: Needs, asker: Asker, context: Context, kept: Mapping[str, Approval] | None = None
) -> tuple[Planned, ...]:
    """The same deal among the same people at the same moment always has the same plan. `kept` are requests that were
    granted, by subject."""
    plan = _Plan()
    for need in needs.all:
        draft = _draft(need, asker, context)
        before = (kept or {}).get(draft.subject)
        if before is not None:
            plan.made.append(Planned(_same(draft, before), None))
            plan.seats[need.rule.id] = plan.seats.get(need.rule.id, frozenset()) | {before.person}
        elif need.auto:
            plan.made.append(Planned(draft.model_copy(update={"person": POLICY}), None))
        else:
            plan.made.append(_chosen(draft, need, asker, context, plan))
    return tuple(plan.made)


def _same(draft: Approval, before: Approval) -> Approval:
    return draft.model_copy(update={"person": before.person, "by_when": before.by_when})


def _chosen(draft: Approval, need: Need, asker: Asker, context: Context, plan: _Plan) -> Planned:
    begins = max((plan.ends[name] for name in need.after if name in plan.ends), default=context.now)
    barred = frozenset({asker.rep}) | plan.seats.get(need.rule.id, frozenset())
    house = House(context.reads.colleagues, context.playbook, context.now.date(), barred)
    choice = choose(draft, Setting(need.rule, begins, house, context, plan.given))
    if choice is None:
        return Planned(draft, None)
    taken = choice.taken
    plan.ends[need.id] = taken.ends_at
    plan.given[taken.person] += 1
    plan.seats[need.rule.id] = plan.seats.get(need.rule.id, frozenset()) | {taken.person, *taken.lent}
    found = {
        "person": choice.first.person,
        "by_when": by_when(draft, need, taken.colleague, begins, asker.share, context),
        "begins_at": begins,
        "expected_at": taken.ends_at,
        "expected": taken.expected,
        "others": tuple(other.person for other in choice.others),
        "stuck": choice.stuck,
    }
    return Planned(draft.model_copy(update=found), choice)


def by_when(draft: Approval, need: Need, who: Colleague, begins: datetime, share: int, context: Context) -> datetime:
    calendar = context.playbook.calendar_of(who.time_zone)
    return add_business_hours(begins, timedelta(minutes=need.rule.deadline_hours * 60 * share // 100), calendar)


def later(approval: Approval, who: Colleague, context: Context) -> datetime:
    """As much time again as the policy gives, from now, for somebody else."""
    rule, calendar = context.playbook.approvals.rule(approval.rule), context.playbook.calendar_of(who.time_zone)
    hours = rule.deadline_hours if rule else DEFAULT_HOURS
    return add_business_hours(context.now, timedelta(hours=hours), calendar)


def _draft(need: Need, asker: Asker, context: Context) -> Approval:
    rule = need.rule
    title = rule.title if rule.quorum == 1 else f"{rule.title} ({need.seat} of {rule.quorum})"
    return Approval(
        id=f"{asker.prefix}{need.id}",
        rule=rule.id,
        kind=rule.kind,
        title=title,
        line=rule.line,
        why=need.why,
        asked=need.asked,
        role=rule.role,
        person="",
        by_when=context.now,
        asked_by=asker.rep,
        seat=need.seat,
        content=need.content,
        after=tuple(f"{asker.prefix}{name}" for name in need.after),
        look_minutes=rule.look_minutes,
        evidence=rule.evidence,
        amount=asker.amount,
        auto=need.auto,
        urgent=asker.share < 100,
    )


@dataclass(frozen=True, slots=True)
class Times:
    """When a step can begin, and when it ends: early, as expected, late."""

    begins_at: datetime
    early: datetime
    middle: datetime
    late: datetime


def times_of(planned: tuple[Planned, ...], context: Context) -> dict[str, Times]:
    """With the range of each step carried on to those that wait for it."""
    found: dict[str, Times] = {}
    for each in planned:
        if each.choice is None:
            continue
        before = [found[name] for name in each.approval.after if name in found]
        first = Times(context.now, context.now, context.now, context.now)
        starts = replace(
            first,
            early=max((t.early for t in before), default=context.now),
            middle=max((t.middle for t in before), default=context.now),
            late=max((t.late for t in before), default=context.now),
        )
        found[each.approval.id] = _ended(each.choice, starts, context)
    return found


def _ended(choice: Choice, starts: Times, context: Context) -> Times:
    who, length = choice.taken.colleague, choice.taken.expected
    calendar = context.playbook.calendar_of(who.time_zone)
    moments = ((starts.early, length.low), (starts.middle, length.minutes), (starts.late, length.high))
    early, middle, late = (
        add_business_hours(back(who, at, context)[0], timedelta(minutes=minutes), calendar) for at, minutes in moments
    )
    return Times(starts.middle, early, middle, late)
