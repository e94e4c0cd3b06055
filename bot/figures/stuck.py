"""The request about what did not work for a deal: one, however much it is, for whoever owns it."""

from collections.abc import Callable

from bot.streams.deal.deal import Deal
from bot.streams.deal.parked import EffectParked, Parked
from bot.streams.ids import digest
from bot.streams.person.person import Task

# What can be undone when it did not work: by its kind, whether it still can be, at this moment.
UNDOES: dict[str, Callable[[Deal], bool]] = {"invitation.send": lambda deal: deal.envelope.out}


def can_undo(deal: Deal, row: EffectParked) -> bool:
    return row.effect in UNDOES and UNDOES[row.effect](deal)


def asked(deal: Deal, parked: Parked) -> Task:
    """Of this time; `seen` changes with what is parked, so that what is shown is made anew."""
    count = len(parked.rows)
    return Task(
        id=task_id(deal, parked),
        deal=deal.id,
        kind="parked",
        seen=digest(*(f"{row.key}:{row.fence}" for row in parked.rows)),
        title=f"{count} step{'' if count == 1 else 's'} did not work: {deal.customer}",
    )


def task_id(deal: Deal, parked: Parked) -> str:
    return f"{deal.id}:parked-{parked.times}"
