"""One stream asks another: the command is given when the effect is settled, in the same transaction."""

from bot.agents.table import COMMANDS
from bot.streams.decision import Link
from bot.streams.effects import Tell
from bot.streams.ids import digest, stream_id, ulid
from jobs.effects.how import Told, Work

CHANCE_DIGITS = 20


def tell(work: Work) -> Told:
    effect: Tell = work.effect
    if effect.stream_id:
        target, address = effect.stream_id, None
    else:
        target, address = _fresh(work, effect.begins), Link(effect.system, effect.foreign_id)
    command = COMMANDS[effect.command].model_validate({**effect.body, "stream_id": target})
    return Told(command, address)


def _fresh(work: Work, kind: str) -> str:
    """Of the effect's own key, so that a repeat begins the same stream."""
    return stream_id(kind, ulid(int(work.now.timestamp() * 1000), int(digest(work.key)[:CHANCE_DIGITS], 16)))
