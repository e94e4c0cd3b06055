"""What was given up and belongs to no deal. Whether it still waits, the store says in the same transaction."""

from bot.streams.company.company import Company
from bot.streams.company.stranded import DecideStranded, StrandedDecided
from bot.streams.decision import Accept, Context, Decision, Refuse, Release


def decide(company: Company, command: DecideStranded, context: Context) -> Decision:
    if command.key.startswith("deal:"):
        return Refuse("parked.not_yours")
    if command.choice == "compensate":
        return Refuse("parked.cannot_undo")
    told = command.model_dump(include={"key", "fence", "choice"})
    decided = StrandedDecided(**told, by=command.actor, at=context.now)
    return Accept((decided,), releases=(Release(command.key, command.fence, command.choice),))
