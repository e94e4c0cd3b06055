"""`countersign people table`: every command and every question, and which roles may, as one page to read."""

from collections.abc import Iterable

from bot.agents.table import RULES
from bot.handlers import actions, at_home
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook

HEAD = """# Who may do what

Made by `countersign people table` from the table of rules and the playbook's roles; a test keeps it current. What is
not marked is refused, before the rule is asked and again before an effect leaves. A role's groups stand in
`playbook/roles.yaml`. Beyond a permission, rules look at the person: an approval is decided by who was asked or has the
authority, never by who asked for it; settings are changed by their owner alone.
"""
SPECIAL = {
    Permission.REPORT_RESULT: "Countersign itself",
    Permission.SIGN_AS_CUSTOMER: "who bears a signer's link",
    Permission.READ_SHARED: "who bears a link to documents",
    Permission.SWITCH_LISTENING: "everybody in the shared channel, the customer too",
    Permission.PAUSE_SYSTEM: "the administrator's shell, too",
    Permission.DECIDE_EFFECT: "the administrator's shell, too",
    Permission.DECIDE_ANY_EFFECT: "the administrator's shell, too",
    Permission.ERASE_STREAM: "the administrator's shell alone",
}


def page(playbook: Playbook) -> str:
    """Markdown. Commands that Countersign gives itself are one list: no role may give them."""
    given = [(kind.__name__, permission) for kind, (permission, _, _) in RULES.items()]
    people = [row for row in given if row[1] is not Permission.REPORT_RESULT]
    asked = [(name, permission) for name, (permission, _) in actions.VIEWS.items()]
    asked += list(at_home.ADMIN.items())
    ours = sorted(name for name, permission in given if permission is Permission.REPORT_RESULT)
    return "\n".join(
        [
            HEAD,
            "## Commands\n",
            *_table("command", people, playbook),
            "\n## What is shown when a button asks\n",
            *_table("button", asked, playbook),
            "\n## Given by Countersign alone\n",
            ", ".join(f"`{name}`" for name in ours) + "\n",
        ]
    )


def may(role: str, permission: Permission, playbook: Playbook) -> bool:
    return permission in playbook.roles[role].may


def _table(what: str, rows: Iterable[tuple[str, Permission]], playbook: Playbook) -> list[str]:
    roles = list(playbook.roles)
    head = [f"| {what} | permission | {' | '.join(roles)} | others |", f"|{'---|' * (len(roles) + 3)}"]
    ordered = sorted(rows, key=lambda row: (row[1], row[0]))
    return [*head, *(_row(name, permission, roles, playbook) for name, permission in ordered)]


def _row(name: str, permission: Permission, roles: list[str], playbook: Playbook) -> str:
    marks = " | ".join("yes" if may(role, permission, playbook) else "" for role in roles)
    return f"| `{name}` | `{permission}` | {marks} | {SPECIAL.get(permission, '')} |"
