"""Who works here: Slack's people and Salesforce's users, who are one person when their mail addresses are the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.person.person import Profile
from bot.streams.value import Value

CRM_GROUP = "salesforce:"


class CrmUser(Value):
    """`manager` is the id of another one; `role` the name of the role in Salesforce."""

    id: str
    name: str
    email: str
    active: bool
    role: str = ""
    manager: str = ""


class RecordPeople(Command):
    """Everybody in Slack, as read at one moment."""

    people: tuple[Profile, ...]


class RecordUsers(Command):
    """Every user of Salesforce, as read at one moment."""

    users: tuple[CrmUser, ...]


class NoticePerson(Command):
    """Slack told that one changed or joined; its groups are not told, so those that are known stay."""

    profile: Profile


class NoticeGroups(Command):
    """Slack told that a user group changed: a hint, all of them are read again."""


class PeopleRecorded(Fact):
    kind: Literal["people.recorded"] = "people.recorded"
    people: tuple[Profile, ...]


class UsersRecorded(Fact):
    kind: Literal["users.recorded"] = "users.recorded"
    users: tuple[CrmUser, ...]


class PersonNoticed(Fact):
    kind: Literal["person.noticed"] = "person.noticed"
    profile: Profile


class GroupsNoticed(Fact):
    kind: Literal["groups.noticed"] = "groups.noticed"
    at: datetime


RosterFact = PeopleRecorded | UsersRecorded | PersonNoticed | GroupsNoticed


@dataclass(frozen=True, slots=True)
class Roster:
    """`people` as Slack has them, `users` as Salesforce has them."""

    people: tuple[Profile, ...] = ()
    users: tuple[CrmUser, ...] = ()

    def person(self, user: str) -> Profile | None:
        return next((p for p in self.people if p.user == user), None)

    def matched(self) -> Iterator[Profile]:
        """Slack's people with what Salesforce adds to them; somebody who is not active gets nothing."""
        users = {u.email.casefold(): u for u in self.users if u.email}
        addresses = {u.id: u.email.casefold() for u in self.users}
        persons = {p.email.casefold(): p.user for p in self.people if p.email}
        for profile in self.people:
            user = users.get(profile.email.casefold())
            yield profile if user is None else _both(profile, user, persons.get(addresses.get(user.manager, ""), ""))

    def only_in_slack(self) -> tuple[Profile, ...]:
        known = {u.email.casefold() for u in self.users}
        return tuple(p for p in self.people if p.active and p.email.casefold() not in known)

    def only_in_crm(self) -> tuple[CrmUser, ...]:
        known = {p.email.casefold() for p in self.people if p.active}
        return tuple(u for u in self.users if u.active and u.email.casefold() not in known)


def apply(roster: Roster, fact: RosterFact) -> Roster:
    match fact:
        case PeopleRecorded():
            return replace(roster, people=fact.people)
        case UsersRecorded():
            return replace(roster, users=fact.users)
        case PersonNoticed():
            return replace(roster, people=_with(roster.people, fact.profile))
        case GroupsNoticed():
            return roster
        case _:
            assert_never(fact)


def _with(people: Iterable[Profile], profile: Profile) -> tuple[Profile, ...]:
    return (*(p for p in people if p.user != profile.user), profile)


def _both(profile: Profile, user: CrmUser, manager: str) -> Profile:
    role = {f"{CRM_GROUP}{user.role}"} if profile.active and user.active and user.role else set()
    told = {"crm_id": user.id, "crm_role": user.role, "manager": manager}
    return profile.model_copy(update={**told, "groups": profile.groups | role})
