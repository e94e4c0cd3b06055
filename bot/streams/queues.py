"""How much waits on whom, and how much she decides: what a rule is shown of all deals together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """Of her newest decisions: how many she took on days at whose end something still waited on her, and how many such
    days there were. On other days she had no more to decide."""

    person: str
    decided: int
    days: int


@dataclass(frozen=True, slots=True)
class Queue:
    """How many requests for approvals wait on her; of the deal's own, by id, the place in that queue, from 1."""

    person: str
    open: int
    places: tuple[tuple[str, int], ...] = ()

    def place(self, approval: str) -> int:
        return dict(self.places).get(approval, self.open)
