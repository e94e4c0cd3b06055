"""The plan of a deal that comes as JSON: by the same rules as a deal in the ledger."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain

from bot.agents.approvals.authority import House
from bot.agents.approvals.choosing import Candidate, back, fallback
from bot.agents.approvals.planning import Asker, Planned, Times, plan_of, times_of
from bot.figures.approval_needs import needs
from bot.figures.asked_facts import clauses_of, facts_of
from bot.figures.hours import add_business_hours, zone_of
from bot.figures.pace import pace_of
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.streams.deal.planning import DealToPlan, Person, PersonAsked, PlanShown, StepPlanned
from bot.streams.deal.quote import Quote
from bot.streams.decision import Colleague, Context, Given, Reads
from bot.streams.money import Money

WHOLE = 100


def shown(asked: DealToPlan, quote: Quote, book: Playbook) -> PlanShown:
    context = context_of(asked, book)
    facts = facts_of(asked, quote, book)
    wanted = needs(facts, quote, clauses_of(asked, facts, book), book)
    days = (asked.close_on - context.now.date()).days if asked.close_on else book.approvals.urgent.days
    urgent = 0 <= days < book.approvals.urgent.days
    share = book.approvals.urgent.share_of_deadline // WHOLE if urgent else WHOLE
    planned = plan_of(wanted, Asker(asked.rep, quote.total, "", share), context)
    times = times_of(planned, context)
    names = {c.person: c.name for c in context.reads.colleagues}
    last = max(times.values(), key=lambda t: t.middle, default=None)
    owner = fallback(House(context.reads.colleagues, book, context.now.date(), frozenset({asked.rep})), context)
    return PlanShown(
        needs_approval=any(not need.auto for need in wanted.all),
        high_risk=wanted.risk,
        urgent=urgent,
        steps=tuple(_step(each, times, planned, names) for each in planned),
        critical=_critical(planned, times),
        expected_at=last.middle if last else None,
        early_at=max((t.early for t in times.values()), default=None),
        late_at=max((t.late for t in times.values()), default=None),
        one_by_one_at=_one_by_one(planned, context),
        fallback=Person(person=owner.person, name=owner.name) if owner else None,
    )


def context_of(asked: DealToPlan, book: Playbook) -> Context:
    calendar = book.calendars[book.default_calendar]
    opening = datetime.combine(asked.offered_on, calendar.opens, zone_of(calendar)).astimezone(UTC)
    people = tuple(map(_colleague, asked.people)) or tuple(_stand_ins(asked, book))
    paces = tuple(pace_of(each.rule, each.person, each.minutes) for each in asked.took)
    now = asked.at if asked.at is not None and asked.at.tzinfo else opening
    return Context(now=now, playbook=book, reads=Reads(colleagues=people, paces=paces))


def _colleague(told: PersonAsked) -> Colleague:
    return Colleague(
        person=told.person,
        stream_id="",
        name=told.name or told.person,
        title="",
        email="",
        time_zone=told.time_zone,
        groups=told.groups,
        open_tasks=told.open,
        away=tuple((each.from_on, each.until_on) for each in told.away),
        gives=tuple(
            Given(f"{told.person}-{no}", lent.to, lent.from_on, lent.until_on, tuple(_minor(lent.up_to)))
            for no, lent in enumerate(told.lends)
        ),
    )


def _minor(amounts: dict[str, str]) -> Iterable[tuple[str, int]]:
    return ((currency, Money.parse(text, currency).minor) for currency, text in sorted(amounts.items()))


def _stand_ins(asked: DealToPlan, book: Playbook) -> Iterable[Colleague]:
    for name, role in book.roles.items():
        if role.may & {Permission.DECIDE_APPROVAL, Permission.OVERRIDE_APPROVAL}:
            yield Colleague(f"role:{name}", "", role.title, role.title, "", "", role.groups, 0)


def _step(each: Planned, times: dict[str, Times], every: tuple[Planned, ...], names: dict[str, str]) -> StepPlanned:
    approval, choice, time = each.approval, each.choice, times.get(each.approval.id)
    told = {
        "step": approval.id,
        "rule": approval.rule,
        "title": approval.title,
        "role": approval.role,
        "why": approval.why,
        "line": approval.line,
        "after": approval.after,
        "auto": approval.auto,
        "evidence": approval.evidence,
        "least_minutes": approval.look_minutes,
    }
    if choice is None or time is None:
        policy = Person(person=approval.person, name="the policy itself")
        return StepPlanned(**told, with_steps=(), decides=policy)
    length, away = choice.taken.expected, choice.taken is not choice.first
    return StepPlanned(
        **told,
        with_steps=_beside(each, every),
        decides=_person(choice.taken, names),
        in_place_of=choice.first.colleague.name if away else "",
        stuck=choice.stuck,
        minutes=length.minutes,
        minutes_low=length.low,
        minutes_high=length.high,
        begins_at=time.begins_at,
        expected_at=time.middle,
        early_at=time.early,
        late_at=time.late,
        by_when=approval.by_when,
        alternatives=tuple(_person(other, names) for other in choice.others),
    )


def _person(candidate: Candidate, names: dict[str, str]) -> Person:
    lent = tuple(names.get(name, name) for name in candidate.lent)
    return Person(person=candidate.person, name=candidate.colleague.name, lent_by=lent)


def _beside(each: Planned, every: tuple[Planned, ...]) -> tuple[str, ...]:
    """Those that neither wait for it nor are waited for, by whatever way."""
    before = {p.approval.id: set(p.approval.after) for p in every}
    for name in before:
        before[name] |= set(chain.from_iterable(before[other] for other in before[name] if other in before))
    mine = each.approval.id
    return tuple(
        p.approval.id
        for p in every
        if p.choice is not None
        and p.approval.id != mine
        and p.approval.id not in before[mine]
        and mine not in before[p.approval.id]
    )


def _critical(planned: tuple[Planned, ...], times: dict[str, Times]) -> tuple[str, ...]:
    """From the step that ends last, back to one that waits for none."""
    if not times:
        return ()
    after = {each.approval.id: each.approval.after for each in planned}
    path = [max(times, key=lambda name: times[name].middle)]
    while before := [name for name in after[path[0]] if name in times]:
        path.insert(0, max(before, key=lambda name: times[name].middle))
    return tuple(path)


def _one_by_one(planned: tuple[Planned, ...], context: Context) -> datetime | None:
    """Each begins when the one before is decided, with the same people in the same time."""
    at: datetime | None = None
    for each in planned:
        if each.choice is None:
            continue
        who, length = each.choice.taken.colleague, each.choice.taken.expected
        starts, _ = back(who, at or context.now, context)
        calendar = context.playbook.calendar_of(who.time_zone)
        at = add_business_hours(starts, timedelta(minutes=length.minutes), calendar)
    return at
