"""Once a night: who works here by Slack, what was closed by Salesforce, and the managers' digest by the clock."""

from datetime import date, timedelta

from bot.figures.digests import day_of, moment_of, next_digest
from bot.streams.company.company import (
    Company,
    DigestDue,
    DigestMissed,
    DigestPosted,
    HistoryRecorded,
    LookAround,
    LookedAround,
    PeopleRecorded,
    Period,
    RecordDigest,
    RecordHistory,
    RecordPeople,
    TellManagers,
)
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Link
from bot.streams.effects import PostDigest, ReadHistory, ReadPeople, Tell
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Profile, RecordPerson
from bot.streams.tell import tell, whoever

NIGHTLY = timedelta(hours=24)
PERIODS: tuple[Period, ...] = ("daily", "weekly")


def look(company: Company, command: LookAround, context: Context) -> Decision:
    again = Deadline("look", context.now + NIGHTLY, LookAround(stream_id=company.id, actor=SYSTEM))
    digests = (_digest(company, period, context) for period in PERIODS)
    return Accept((LookedAround(at=context.now),), (ReadPeople(), ReadHistory()), deadlines=(again, *digests))


def record_people(company: Company, command: RecordPeople, context: Context) -> Decision:
    """Everybody whose profile is new or changed is told; who is no longer there loses every right."""
    known = {p.user: p for p in company.people}
    found = {p.user: p for p in command.people}
    gone = [p.model_copy(update={"active": False, "groups": frozenset()}) for u, p in known.items() if u not in found]
    changed = [p for p in (*found.values(), *gone) if known.get(p.user) != p]
    if not changed:
        return NOTHING
    return Accept((PeopleRecorded(people=(*command.people, *gone)),), tuple(_record(p) for p in changed))


def record_history(company: Company, command: RecordHistory, context: Context) -> Decision:
    if command.deals == company.history:
        return NOTHING
    return Accept((HistoryRecorded(deals=command.deals),))


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


def _record(profile: Profile) -> Tell:
    command = RecordPerson(stream_id=whoever("person"), actor=SYSTEM, profile=profile)
    return tell(Link("slack.user", profile.user), "person", command)


def _digest(company: Company, period: Period, context: Context) -> Deadline:
    rule = context.playbook.team_digest
    calendar = context.playbook.calendars[rule.calendar]
    at = next_digest(period, context.now, rule, calendar)
    day = day_of(at, calendar).isoformat()
    name = "digest" if period == "daily" else "digest.weekly"
    return Deadline(name, at, TellManagers(stream_id=company.id, actor=SYSTEM, day=day, period=period))
