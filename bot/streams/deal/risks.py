"""How likely it was, and is, that a deal's approvals are all given in time; and what its rep did about it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

FactorKind = Literal["slow", "queue", "away", "holiday", "event", "travel", "weekday", "order", "little_time"]
Mitigation = Literal["ask_beside", "remind"]


class Factor(Value):
    """Without it the chance would be better by so many basis points. `approval` and `person` where it is of one."""

    kind: FactorKind
    by: int
    approval: str = ""
    person: str = ""


class LookAtRisk(Command):
    """A deadline gives it."""


class Mitigate(Command):
    """The rep does something about the assessment `no`, for the request that it waits on."""

    no: int
    way: Mitigation


class RiskSeen(Fact):
    """`chance` in basis points that the plan of `planned_at` is decided by `deadline`; `level` of the playbook, empty
    when none is reached. `weakest` is the request that holds it back most. `told`: the rep is warned by it."""

    kind: Literal["risk.seen"] = "risk.seen"
    no: int
    planned_at: datetime
    deadline: datetime
    chance: int
    level: str = ""
    weakest: str = ""
    factors: tuple[Factor, ...] = ()
    told: bool = False
    at: datetime


class RiskMitigated(Fact):
    kind: Literal["risk.mitigated"] = "risk.mitigated"
    no: int
    way: Mitigation
    approval: str
    to: str
    by: str
    at: datetime


class RiskOver(Fact):
    """All is decided, or nothing is asked any more. `held`: in time; None when it never came to an end."""

    kind: Literal["risk.over"] = "risk.over"
    planned_at: datetime
    held: bool | None
    at: datetime


RiskFact = RiskSeen | RiskMitigated | RiskOver


@dataclass(frozen=True, slots=True)
class Risks:
    seen: tuple[RiskSeen, ...] = ()
    mitigated: tuple[RiskMitigated, ...] = ()
    over: tuple[RiskOver, ...] = ()

    @property
    def open(self) -> tuple[RiskSeen, ...]:
        """Of the plan that is still under way, oldest first."""
        ended = {each.planned_at for each in self.over}
        last = self.seen[-1].planned_at if self.seen else None
        return tuple(each for each in self.seen if each.planned_at == last and last not in ended)

    def of(self, no: int) -> RiskSeen | None:
        return next((each for each in self.seen if each.no == no), None)

    def done(self, no: int, way: Mitigation) -> RiskMitigated | None:
        """Since the plan of that assessment began."""
        about = self.of(no)
        same = {each.no for each in self.seen if about and each.planned_at == about.planned_at}
        return next((each for each in self.mitigated if each.no in same and each.way == way), None)


def apply(state: Risks, fact: RiskFact) -> Risks:
    match fact:
        case RiskSeen():
            return replace(state, seen=(*state.seen, fact))
        case RiskMitigated():
            return replace(state, mitigated=(*state.mitigated, fact))
        case RiskOver():
            return replace(state, over=(*state.over, fact))
        case _:
            assert_never(fact)
