"""The record of the record: its anchors, and what was erased of it."""

from bot.agents.company import priorities
from bot.streams.company.company import Company
from bot.streams.company.keeping import (
    EraseStream,
    HeadsAnchored,
    RecordAnchor,
    RecordForgotten,
    StreamErased,
    TextsForgotten,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse


def record_anchor(company: Company, command: RecordAnchor, context: Context) -> Decision:
    return Accept((HeadsAnchored(number=command.number, sha256=command.sha256, at=context.now),))


def record_forgotten(company: Company, command: RecordForgotten, context: Context) -> Decision:
    if not command.count:
        return NOTHING
    return Accept((TextsForgotten(count=command.count, at=context.now),))


def erase(company: Company, command: EraseStream, context: Context) -> Decision:
    """Who gives it destroys the key in the same transaction."""
    if command.erased == company.id:
        return Refuse("stream.not_erasable")
    if command.erased in company.erased:
        return Refuse("stream.erased")
    if not command.reason.strip():
        return Refuse("erasure.no_reason", field="reason")
    told = command.model_dump(include={"erased", "reason"})
    left = priorities.erased(company, command.erased, context)
    return Accept((StreamErased(**told, by=command.actor, at=context.now), *left.facts), left.effects)
