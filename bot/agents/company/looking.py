"""Once a night: who works here, what was closed, the anchor, and what is forgotten; the digest by the clock."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.agents.company import ageing
from bot.figures.digests import day_of, moment_of, next_digest
from bot.figures.policy_lines import noted
from bot.streams.calendar_effects import ReadCalendar
from bot.streams.company.calendar import CalendarRead, RecordCalendar
from bot.streams.company.company import (
    Company,
    DigestDue,
    DigestMissed,
    DigestPosted,
    HistoryRecorded,
    LookAround,
    LookedAround,
    Period,
    RecordDigest,
    RecordHistory,
    TellManagers,
)
from bot.streams.company.keeping import anchored_on
from bot.streams.company.policies import PolicyNoted
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision
from bot.streams.effects import PostDigest, ReadHistory, ReadPeople, ReadUsers
from bot.streams.ids import SYSTEM
from bot.streams.keeping_effects import AnchorHeads, ForgetTexts
from bot.streams.learning_effects import FollowProposals, ReviewPractices

NIGHTLY = timedelta(hours=24)
PERIODS: tuple[Period, ...] = ("daily", "weekly")


def look(company: Company, command: LookAround, context: Context) -> Decision:
    again = Deadline("look", context.now + NIGHTLY, LookAround(stream_id=company.id, actor=SYSTEM))
    digests = (_digest(company, period, context) for period in PERIODS)
    looks = (ReadPeople(), ReadUsers(), ReadHistory(), ReadCalendar())
    facts, told = ageing.found(company, context)
    facts = (*facts, *_policy(company, context))
    anchor = () if anchored_on(company.anchored_at, context.now) else (AnchorHeads(),)
    learning = (ReviewPractices(after=ReadHistory.model_fields["kind"].default), FollowProposals())
    return Accept(
        (LookedAround(at=context.now), *facts),
        (*looks, ForgetTexts(), *anchor, *told, *learning),
        deadlines=(again, *digests),
    )


def _policy(company: Company, context: Context) -> Iterator[PolicyNoted]:
    """The policy that is used from now on, where it is another one than before."""
    fact = noted(context.playbook.approvals, context.now)
    last = company.policies[-1].digest if company.policies else ""
    if fact.digest != last and company.policy.may_use(fact.digest):
        yield fact


def record_history(company: Company, command: RecordHistory, context: Context) -> Decision:
    if command.deals == company.history:
        return NOTHING
    return Accept((HistoryRecorded(deals=command.deals),))


def record_calendar(company: Company, command: RecordCalendar, context: Context) -> Decision:
    return Accept((CalendarRead(busy=command.busy),)) if command.busy != company.busy else NOTHING


def tell_managers(company: Company, command: TellManagers, context: Context) -> Decision:
    """Each once. After a long outage none is told late: the next one tells since the last."""
    rule, period = context.playbook.team_digest, command.period
    due = company.due_of(period)
    if due is not None and due.day >= command.day:
        return NOTHING
    planned = moment_of(period, date.fromisoformat(command.day), rule, context.playbook.calendars[rule.calendar])
    following = (_digest(company, period, context),)
    if context.now - planned > timedelta(hours=rule.late_hours):
        return Accept((DigestMissed(day=command.day, period=period),), deadlines=following)
    effect = PostDigest(day=command.day, period=period)
    return Accept((DigestDue(day=command.day, period=period),), (effect,), deadlines=following)


def record_digest(company: Company, command: RecordDigest, context: Context) -> Decision:
    told = command.model_dump(include={"day", "ts", "period", "until", "won"})
    return Accept((DigestPosted(**told),))


def _digest(company: Company, period: Period, context: Context) -> Deadline:
    rule = context.playbook.team_digest
    calendar = context.playbook.calendars[rule.calendar]
    at = next_digest(period, context.now, rule, calendar)
    day = day_of(at, calendar).isoformat()
    name = "digest" if period == "daily" else "digest.weekly"
    return Deadline(name, at, TellManagers(stream_id=company.id, actor=SYSTEM, day=day, period=period))
