"""Who works here, kept current: by what Slack tells, and by a look once a night. The person's stream hears of it."""

from bot.streams.company.company import Company
from bot.streams.company.roster import (
    GroupsNoticed,
    NoticeGroups,
    NoticePerson,
    PeopleRecorded,
    PersonNoticed,
    RecordPeople,
    RecordUsers,
    Roster,
    RosterFact,
    UsersRecorded,
    apply,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.effects import Effect, ReadPeople, Tell
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Profile, RecordPerson
from bot.streams.tell import tell, whoever


def record_people(company: Company, command: RecordPeople, context: Context) -> Decision:
    """Who is no longer there loses every right. What was read before an event came is older than the event."""
    known = {p.user: p for p in company.roster.people}
    found = {p.user: _newer(known.get(p.user), p) for p in command.people}
    gone = [_left(p) for user, p in known.items() if user not in found]
    people = (*found.values(), *gone)
    if set(people) == set(company.roster.people):
        return NOTHING
    return _recorded(company.roster, PeopleRecorded(people=people))


def record_users(company: Company, command: RecordUsers, context: Context) -> Decision:
    if command.users == company.roster.users:
        return NOTHING
    return _recorded(company.roster, UsersRecorded(users=command.users))


def notice_person(company: Company, command: NoticePerson, context: Context) -> Decision:
    """Somebody new, or back again, has groups that only a look can tell."""
    known, told = company.roster.person(command.profile.user), command.profile
    if known is not None and known.updated > told.updated:
        return NOTHING
    groups = known.groups if known is not None and told.active else frozenset()
    profile = told.model_copy(update={"groups": groups})
    if profile == known:
        return NOTHING
    fresh = told.active and (known is None or not known.active)
    return _recorded(company.roster, PersonNoticed(profile=profile), *((ReadPeople(),) if fresh else ()))


def notice_groups(company: Company, command: NoticeGroups, context: Context) -> Decision:
    return Accept((GroupsNoticed(at=context.now),), (ReadPeople(),))


def _recorded(before: Roster, fact: RosterFact, *more: Effect) -> Accept:
    """Everybody of whom something is new is told."""
    known = {p.user: p for p in before.matched()}
    changed = [p for p in apply(before, fact).matched() if known.get(p.user) != p]
    return Accept((fact,), (*(_record(p) for p in changed), *more))


def _newer(known: Profile | None, read: Profile) -> Profile:
    if known is None or known.updated <= read.updated:
        return read
    return known.model_copy(update={"groups": read.groups}) if known.active else known


def _left(profile: Profile) -> Profile:
    return profile.model_copy(update={"active": False, "groups": frozenset()})


def _record(profile: Profile) -> Tell:
    command = RecordPerson(stream_id=whoever("person"), actor=SYSTEM, profile=profile)
    return tell(Link("slack.user", profile.user), "person", command)
