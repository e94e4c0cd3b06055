"""Who works here, what each may do and by which line of the playbook, and what is missing. Only for administrators."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playbook.permissions import NOT_FOR_GROUPS, Permission
from bot.playbook.schema import Playbook
from bot.playbook.source import Path
from bot.store.transaction import Store
from bot.streams.company.company import Company
from bot.streams.company.roster import Roster
from bot.streams.decision import Link
from bot.streams.ids import COMPANY
from bot.streams.person.person import Person, Profile


@dataclass(frozen=True, slots=True)
class Held:
    """A role, the group that gives it, and the line of the playbook that says so."""

    role: str
    title: str
    group: str
    line: str


@dataclass(frozen=True, slots=True)
class Right:
    """One permission: by which role and line, or by none."""

    permission: str
    role: str
    line: str


@dataclass(frozen=True, slots=True)
class Explained:
    profile: Profile
    manager: str
    roles: tuple[Held, ...]
    may: tuple[Right, ...]
    may_not: tuple[str, ...]
    missing: tuple[str, ...]
    waiting: int
    away: str


@dataclass(frozen=True, slots=True)
class Staff:
    """`place` names the file and the line of each part of the playbook."""

    store: Store
    playbook: Playbook
    code: str
    place: Callable[[Path], tuple[str, int]]

    def roster(self) -> Roster:
        with self.store.snapshot() as tx:
            company: Company = tx.ledger.load(COMPANY, self.code).state
            return company.roster

    def find(self, words: str) -> list[Profile]:
        """By mail address, team:user id, user id, or a part of the name."""
        wanted, people = words.casefold().strip(), list(self.roster().matched())
        exact = [p for p in people if wanted in (p.email.casefold(), p.user.casefold(), p.user.casefold()[-11:])]
        exact = exact or [p for p in people if wanted == p.user.partition(":")[2].casefold()]
        return exact or [p for p in people if wanted and wanted in p.name.casefold()]

    def explain(self, profile: Profile) -> Explained:
        roster = self.roster()
        person, roles = self._person(profile), self._roles(profile)
        may = tuple(right for p in Permission if (right := self._right(p, roles)) is not None)
        allowed = {right.permission for right in may}
        manager = roster.person(profile.manager)
        away = person.wishes.away if person else None
        return Explained(
            profile=profile,
            manager=manager.name if manager else "",
            roles=roles,
            may=may,
            may_not=tuple(p for p in Permission if p not in allowed and p not in NOT_FOR_GROUPS),
            missing=tuple(self._missing(profile, roster, roles)),
            waiting=len(person.open) if person else 0,
            away=f"{away.from_on} to {away.until_on}" if away else "",
        )

    def roles_of(self, profile: Profile) -> tuple[str, ...]:
        return tuple(held.role for held in self._roles(profile))

    def _person(self, profile: Profile) -> Person | None:
        with self.store.snapshot() as tx:
            stream = tx.links.stream_of(Link("slack.user", profile.user))
            return tx.ledger.load(stream, self.code).state if stream else None

    def _roles(self, profile: Profile) -> tuple[Held, ...]:
        if not profile.active:
            return ()
        return tuple(
            Held(name, role.title, ", ".join(sorted(role.groups & profile.groups)), self._line(name, "groups"))
            for name, role in self.playbook.roles.items()
            if role.groups & profile.groups
        )

    def _right(self, permission: Permission, roles: tuple[Held, ...]) -> Right | None:
        giving = next((h for h in roles if permission in self.playbook.roles[h.role].may), None)
        return Right(permission, giving.role, self._line(giving.role, "may")) if giving else None

    def _line(self, role: str, part: str) -> str:
        file, line = self.place(("roles", role, part))
        return f"playbook/{file}:{line}"

    def _missing(self, profile: Profile, roster: Roster, roles: tuple[Held, ...]) -> list[str]:
        if not profile.active:
            return ["not an active member of our workspace (left, guest or foreign): no rights at all"]
        found = [] if roles else ["in no user group that the playbook gives a role to"]
        user = next((u for u in roster.users if u.id == profile.crm_id), None)
        if user is None:
            return [*found, f"no Salesforce user has the mail address {profile.email or '(Slack tells none)'}"]
        found += [] if user.active else ["her Salesforce user is not active"]
        found += [] if profile.manager else ["no manager in Salesforce, or one who is not in Slack"]
        return found
