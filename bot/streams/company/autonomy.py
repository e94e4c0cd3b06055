"""How much Countersign does by itself, step by step: the playbook's word, and what an administrator changed of it."""

from datetime import datetime
from typing import Literal

from bot.playbook.company import Autonomy
from bot.playbook.permissions import Step
from bot.playbook.schema import Playbook
from bot.streams.decision import Command, Fact
from bot.streams.ids import digest


class SetAutonomy(Command):
    """All of them as the form shows them; `seen` is what it showed before."""

    steps: dict[Step, Autonomy]
    seen: str


class AutonomySet(Fact):
    kind: Literal["autonomy.set"] = "autonomy.set"
    step: Step
    level: Autonomy
    by: str
    at: datetime


# The steps that there is a switch for, in the order of a deal's way.
SWITCHED: tuple[Step, ...] = (
    Step.DRAFT_PACKAGE,
    Step.PLAN_APPROVALS,
    Step.SEND_CONTRACT,
    Step.REMIND_SIGNER,
    Step.COUNTERSIGN,
    Step.CLOSE_OPPORTUNITY,
    Step.BOOK_FINANCE,
    Step.OFFER_HANDOFF,
    Step.POST_WIN,
)


def levels(changed: tuple[AutonomySet, ...], playbook: Playbook) -> dict[Step, Autonomy]:
    """What holds now, for every step that has a switch."""
    own = {fact.step: fact.level for fact in changed}
    return {step: own.get(step, playbook.autonomy_of(step)) for step in SWITCHED}


def seen(held: dict[Step, Autonomy]) -> str:
    """What a person looked at: a form that is older than the newest change is refused."""
    return digest(*(f"{step}={held[step]}" for step in SWITCHED))
