"""The administrator's switches: how much is done without a person. What cannot be undone is never done without one."""

from bot.playbook.permissions import NEVER_ABOVE_ASK
from bot.streams.company.autonomy import SWITCHED, AutonomySet, SetAutonomy, levels, seen
from bot.streams.company.company import Company
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.effects import RefreshHomes


def set_autonomy(company: Company, command: SetAutonomy, context: Context) -> Decision:
    """Only what differs becomes a fact, so that each says who changed it and when."""
    irreversible = (s for s, wanted in command.steps.items() if wanted == "act" and s in NEVER_ABOVE_ASK)
    if (step := next(irreversible, None)) is not None:
        return Refuse("autonomy.never", field=step)
    if not set(command.steps) <= set(SWITCHED):
        return Refuse("autonomy.unknown")
    now = levels(company.autonomy, context.playbook)
    if command.seen != seen(now):
        return Refuse("autonomy.changed")
    changed = [(step, wanted) for step, wanted in command.steps.items() if wanted != now[step]]
    facts = tuple(AutonomySet(step=s, level=w, by=command.actor, at=context.now) for s, w in changed)
    return Accept(facts, (RefreshHomes(),)) if facts else NOTHING
