"""Once a night: who works here by Slack, what was closed by Salesforce, and the managers' digest by the clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playbook.company import TeamDigest
from bot.streams.company.company import (
    Company,
    DigestDue,
    DigestPosted,
    HistoryRecorded,
    LookAround,
    LookedAround,
    PeopleRecorded,
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
SATURDAY = 5


def look(company: Company, command: LookAround, context: Context) -> Decision:
    again = Deadline("look", context.now + NIGHTLY, LookAround(stream_id=company.id, actor=SYSTEM))
    return Accept(
        (LookedAround(at=context.now),), (ReadPeople(), ReadHistory()), deadlines=(again, _digest(company, context))
    )


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
    if company.digest == command.day:
        return NOTHING
    return Accept((DigestDue(day=command.day),), (PostDigest(day=command.day),), deadlines=(_digest(company, context),))


def record_digest(company: Company, command: RecordDigest, context: Context) -> Decision:
    return Accept((DigestPosted(day=command.day, ts=command.ts),))


def _record(profile: Profile) -> Tell:
    command = RecordPerson(stream_id=whoever("person"), actor=SYSTEM, profile=profile)
    return tell(Link("slack.user", profile.user), "person", command)


def _digest(company: Company, context: Context) -> Deadline:
    at = next_digest(context.now, context.playbook.team_digest)
    day = at.astimezone(ZoneInfo(context.playbook.team_digest.time_zone)).date().isoformat()
    return Deadline("digest", at, TellManagers(stream_id=company.id, actor=SYSTEM, day=day))


def next_digest(now: datetime, rule: TeamDigest) -> datetime:
    """The next working day's hour, in the managers' own zone."""
    local = now.astimezone(ZoneInfo(rule.time_zone))
    at = local.replace(hour=rule.at.hour, minute=rule.at.minute, second=0, microsecond=0)
    while at <= local or at.weekday() >= SATURDAY:
        at += timedelta(days=1)
    return at.astimezone(now.tzinfo)
