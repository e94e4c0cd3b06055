"""What is wrong with the practices as a whole: an owner who is no role that may decide, a name that stands twice."""

from collections.abc import Iterator

from bot.playbook.gaps_shape import Gap
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook

MAY = Permission.DECIDE_APPROVAL


def practices_gaps(playbook: Playbook) -> Iterator[Gap]:
    rules = playbook.precedents
    deciders = ", ".join(sorted(name for name, role in playbook.roles.items() if MAY in role.may))
    paths: list[tuple[tuple[str | int, ...], str]] = [
        (("precedents", "practices", no, "owner"), each.owner) for no, each in enumerate(rules.practices)
    ]
    paths += [(("precedents", "finding", "owners", kind), role) for kind, role in rules.finding.owners]
    for path, owner in paths:
        role = playbook.roles.get(owner)
        if role is None or MAY not in role.may:
            told = f"{'.'.join(map(str, path))}: {owner} is no role that may {MAY}"
            yield Gap(path, told, f"use one of {deciders}")
    ids = [each.id for each in rules.practices]
    for no, name in enumerate(ids):
        if name in ids[:no]:
            yield Gap(("precedents", "practices", no, "id"), f"precedents.practices: {name} stands twice", "rename one")
