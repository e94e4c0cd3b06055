"""Steps that the company lets Countersign only suggest, or only take when a person says so."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.playbook.permissions import Step
from bot.streams.decision import Command, Fact


class TakeStep(Command):
    """`about` is what the step was held for, as the person saw it."""

    step: Step
    about: str = ""


class StepHeld(Fact):
    """`about`: of which package, signer or contract; a step that is held anew replaces the one before."""

    kind: Literal["step.held"] = "step.held"
    step: Step
    level: Literal["suggest", "ask"]
    about: str
    at: datetime


class StepTaken(Fact):
    kind: Literal["step.taken"] = "step.taken"
    step: Step
    by: str
    at: datetime


StepFact = StepHeld | StepTaken


@dataclass(frozen=True, slots=True)
class Steps:
    held: tuple[StepHeld, ...] = ()

    def of(self, step: Step) -> StepHeld | None:
        return next((held for held in self.held if held.step == step), None)


def apply(state: Steps, fact: StepFact) -> Steps:
    others = tuple(held for held in state.held if held.step != fact.step)
    match fact:
        case StepHeld():
            return replace(state, held=(*others, fact))
        case StepTaken():
            return replace(state, held=others)
        case _:
            assert_never(fact)
