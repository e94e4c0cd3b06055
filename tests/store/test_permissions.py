"""Every command and every role: who may is let through to the rule, everybody else is refused before it."""

from pathlib import Path

import pytest

from bot.agents.table import RULES
from bot.cli import permissions_table
from bot.dispatch import Dispatcher
from bot.playbook.permissions import Permission
from bot.store.outbox import Warrant
from bot.streams.decision import Command, Link
from bot.streams.ids import COMPANY, OPERATOR, SYSTEM, stream_id
from bot.streams.person.person import Profile, RecordPerson
from tests.store.desk import desk, mint, opened, playbook

ROLES = sorted(playbook().roles)
NOBODY = ("guest", "leaver", "somebody")
PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    """One person of each role, and three who have none."""
    made = desk(opened(f"sqlite:///{tmp_path_factory.mktemp('roles') / 'roles.db'}"))
    for role in ROLES:
        enter(made, role, frozenset(sorted(playbook().groups_of(role))[:1]), True)
    enter(made, "leaver", frozenset({"countersign-admins"}), False)
    enter(made, "guest", frozenset(), True)
    return made


def user(role: str) -> str:
    return f"T07LARK:{role}"


def enter(dispatcher: Dispatcher, role: str, groups: frozenset[str], active: bool) -> None:
    profile = Profile(
        user=user(role), name=role, title="", email=f"{role}@x.example", time_zone="UTC", active=active, groups=groups
    )
    record = RecordPerson(stream_id=stream_id("person", mint()), actor=SYSTEM, profile=profile)
    assert dispatcher.execute(record, mint(), Link("slack.user", profile.user)).reason is None


def may(dispatcher: Dispatcher, actor: str, permission: Permission) -> bool:
    with dispatcher.store.snapshot() as tx:
        return dispatcher.may(tx, Warrant(actor, permission))


def test_the_page_that_people_read_is_current() -> None:
    """Anew: countersign people table > docs/permissions.md"""
    assert PAGE.read_text() == permissions_table.page(playbook())


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_a_command_is_refused_to_every_role_that_the_page_does_not_mark(
    staffed: Dispatcher, kind: type[Command]
) -> None:
    permission = RULES[kind][0]
    for role in (*ROLES, *NOBODY):
        marked = role in ROLES and permissions_table.may(role, permission, playbook())
        anybody = permission is Permission.SWITCH_LISTENING
        assert may(staffed, user(role), permission) is (marked or anybody)
        if not marked and not anybody:
            given = kind.model_construct(stream_id=COMPANY, actor=user(role))
            assert staffed.execute(given, mint()).reason == "permission.missing"


@pytest.mark.parametrize("permission", Permission)
def test_nobody_arrives_as_the_system_the_shell_or_a_signer(staffed: Dispatcher, permission: Permission) -> None:
    assert may(staffed, SYSTEM, permission) is (permission is Permission.REPORT_RESULT) or permission is ANYBODY_MAY
    shell = permission in SHELL or permission is ANYBODY_MAY
    assert may(staffed, OPERATOR, permission) is shell
    signer = may(staffed, "signer:1", permission)
    assert signer is (permission is Permission.SIGN_AS_CUSTOMER)


ANYBODY_MAY = Permission.SWITCH_LISTENING
SHELL = {
    Permission.PAUSE_SYSTEM,
    Permission.ERASE_STREAM,
    Permission.DECIDE_EFFECT,
    Permission.DECIDE_ANY_EFFECT,
}


def test_every_permission_is_somebodys_and_is_asked_for() -> None:
    """A right that nothing asks for, or that nobody can have, is a line that says nothing."""
    given = {permission for role in playbook().roles.values() for permission in role.may}
    assert given | set(permissions_table.SPECIAL) == set(Permission)
