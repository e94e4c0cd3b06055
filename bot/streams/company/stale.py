"""Claims of the playbook's positioning, and news, that became too old to be used: their owner is told once."""

from datetime import datetime
from typing import Literal

from bot.streams.decision import Command, Fact
from bot.streams.value import Value


class StaleClaim(Value):
    """`key` names the claim and the day on which it was seen; `what` says it in words."""

    key: str
    what: str


class SeeStale(Command):
    """The owner looks after them."""

    no: int


class StaleFound(Fact):
    kind: Literal["claims.stale"] = "claims.stale"
    no: int
    owner: str  # team:user
    claims: tuple[StaleClaim, ...]
    at: datetime


class StaleSeen(Fact):
    kind: Literal["claims.stale_seen"] = "claims.stale_seen"
    no: int
    by: str
    at: datetime


StaleFact = StaleFound | StaleSeen
