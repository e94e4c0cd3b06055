"""The stop: one system, or all of them, at once and from any process."""

from bot.streams.company.company import Company, Pause, Resume, SystemPaused, SystemResumed
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import Lane, RefreshHomes

SYSTEMS = frozenset({"all", *Lane})


def pause(company: Company, command: Pause, context: Context) -> Decision:
    if command.system not in SYSTEMS:
        return Refuse("system.unknown", field="system")
    if company.stop(command.system) is not None:
        return Refuse("system.already_paused")
    return Accept(
        (SystemPaused(system=command.system, by=command.actor, at=context.now, reason=command.reason),),
        (RefreshHomes(),),
    )


def resume(company: Company, command: Resume, context: Context) -> Decision:
    if command.system not in SYSTEMS:
        return Refuse("system.unknown", field="system")
    if company.stop(command.system) is None:
        return Refuse("system.not_paused")
    return Accept((SystemResumed(system=command.system, by=command.actor, at=context.now),), (RefreshHomes(),))
