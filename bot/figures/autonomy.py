"""May Countersign take a step by itself, at this moment? The company's switch, else the playbook; never above ask for
what cannot be undone."""

from bot.playbook.company import Autonomy
from bot.playbook.permissions import NEVER_ABOVE_ASK, Step
from bot.streams.deal.steps import StepHeld
from bot.streams.decision import Context, Fact
from bot.streams.effects import Effect


def level(step: Step, context: Context) -> Autonomy:
    own = next((switch.level for switch in context.reads.autonomy if switch.step == step), None)
    found: Autonomy = own or context.playbook.autonomy_of(step)
    return "ask" if found == "act" and step in NEVER_ABOVE_ASK else found


def gated(
    step: Step, effects: tuple[Effect, ...], context: Context, about: str = ""
) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """The effects, when Countersign acts by itself; else the fact that it waits for a person, and no effect."""
    now = level(step, context)
    if now == "act":
        return (), effects
    return (StepHeld(step=step, level=now, about=about, at=context.now),), ()
