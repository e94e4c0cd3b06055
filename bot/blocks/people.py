"""How people are called on a card: a mention for the one who must act, a plain name for everyone else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.streams.deal.approvals import POLICY


@dataclass(frozen=True, slots=True)
class Known:
    """`names` by team:user id; somebody unknown is "somebody"."""

    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, person: str) -> str:
        return "the policy itself" if person == POLICY else self.names.get(person, "somebody")

    def first(self, person: str) -> str:
        return self.name(person).split(" ")[0]
