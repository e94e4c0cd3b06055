"""Which troubles the operators should know of at this moment."""

from datetime import datetime

from bot.figures import watching
from bot.playbook.schema import Playbook
from bot.store.breakers import State
from bot.store.transaction import Transaction
from bot.streams.company.troubles import Trouble
from bot.streams.effects import Lane, RefreshTrouble

OWN_CARD = str(RefreshTrouble.model_fields["kind"].default)


def troubles(tx: Transaction, playbook: Playbook, now: datetime) -> tuple[Trouble, ...]:
    """`now` is transport time. The operators' own card is no trouble that it could tell of."""
    shut = [b for b in tx.breakers.every() if b.state is not State.CLOSED and b.since is not None]
    after = playbook.operators.told_after
    found = [watching.of_provider(b.lane, b.code, b.since or now, now, after) for b in shut]
    parked = watching.of_parked((Lane(s.lane), s.count, s.since) for s in tx.measures.stuck(without=OWN_CARD))
    return (*(each for each in found if each is not None), *parked)
