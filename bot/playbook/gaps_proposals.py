"""What is wrong with whose proposals are: an owner who is no role."""

from collections.abc import Iterator

from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook


def proposals_gaps(playbook: Playbook) -> Iterator[Gap]:
    known = ", ".join(sorted(playbook.roles))
    for name, kind in playbook.proposals.kinds.items():
        if kind.owner not in playbook.roles:
            told = f"proposals.kinds.{name}: owner {kind.owner} is not in roles"
            yield Gap(("proposals", "kinds", name, "owner"), told, f"use one of {known}")
