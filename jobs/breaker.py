"""When a provider is asked, and when it is left alone. Pure: the row of the store in, the row out."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.store.breakers import FULL, Breaker, State

IN_A_ROW = 5
IN_A_ROW_REFUSED = 2  # our credentials: the third try will not find them better
FIRST_PAUSE_S = 10.0
LONGEST_PAUSE_S = 300.0
EARNED = 8  # a first try pays for 8 hundredths of a repeat: under the tenth that a storm may add
REPEAT = 100
DRIP_S = 10  # without any traffic a repeat is paid for by waiting this long


class Admission(Enum):
    YES = auto()
    SHUT = auto()
    OVER_BUDGET = auto()


def calm(breaker: Breaker) -> bool:
    """Nothing went wrong since it last worked."""
    return breaker.state is State.CLOSED and not breaker.fails


def indifferent(breaker: Breaker, repeats: bool) -> bool:
    """One more call changes nothing about it."""
    return breaker.state is State.CLOSED and breaker.credit == FULL and not repeats


def admit(breaker: Breaker, now: datetime, until: datetime, repeats: bool) -> tuple[Breaker, Admission]:
    """`until` is the end of the lease that is asked for; `repeats` when a failure is tried again."""
    counted = _dripped(breaker, now)
    if counted.state is not State.CLOSED:
        if counted.until is not None and counted.until > now:
            return breaker, Admission.SHUT
        return replace(counted, state=State.PROBING, until=until), Admission.YES
    if not repeats:
        return replace(counted, credit=min(counted.credit + EARNED, FULL)), Admission.YES
    if counted.credit < REPEAT:
        return breaker, Admission.OVER_BUDGET
    return replace(counted, credit=counted.credit - REPEAT), Admission.YES


def failed(breaker: Breaker, now: datetime, code: str, refused: bool, wait_s: float) -> Breaker:
    """`wait_s` is the provider's own word for when to come back, 0 when it said none."""
    fails, since = breaker.fails + 1, breaker.since or now
    most = IN_A_ROW_REFUSED if refused else IN_A_ROW
    if breaker.state is State.CLOSED and fails < most:
        return replace(breaker, fails=fails, code=code, since=since)
    pause = min(FIRST_PAUSE_S * 2 ** min(max(fails - most, 0), 10), LONGEST_PAUSE_S)
    until = now + timedelta(seconds=max(pause, wait_s))
    return replace(breaker, state=State.OPEN, fails=fails, code=code, since=since, until=until)


def worked(breaker: Breaker) -> Breaker:
    return replace(breaker, state=State.CLOSED, fails=0, code="", since=None, until=None)


def _dripped(breaker: Breaker, now: datetime) -> Breaker:
    earned = int((now - breaker.counted_at).total_seconds() * REPEAT / DRIP_S)
    if earned <= 0:
        return breaker
    return replace(breaker, credit=min(breaker.credit + earned, FULL), counted_at=now)
