"""Which troubles there are, from how the providers fare and what is parked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.streams.company.troubles import Trouble
from bot.streams.effects import Lane

NO_CREDENTIALS = "unauthorised"


def of_provider(lane: Lane, code: str, since: datetime, now: datetime, after: timedelta) -> Trouble | None:
    """Of one that is shut `since`. Refused credentials are told at once: they do not mend themselves."""
    refused = code.startswith(NO_CREDENTIALS)
    if not refused and now - since < after:
        return None
    return Trouble(kind="refused" if refused else "shut", lane=lane, code=code, since=since)


def of_parked(lanes: Iterable[tuple[Lane, int, datetime]]) -> tuple[Trouble, ...]:
    """Of each lane how many, and since when the oldest."""
    return tuple(Trouble(kind="parked", lane=lane, count=count, since=since) for lane, count, since in lanes)
