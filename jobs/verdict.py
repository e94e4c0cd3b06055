"""What becomes of an effect that did not go through. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.store.errors import Erased
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from jobs.effects.how import Repeat

LONGEST_WAIT_S = 300.0
TRIES = 10
DOUBLINGS = 8
UNKNOWN = "outcome.unknown"
BUG = "our.bug"

Chance = Callable[[], float]  # from 0 up to, and without, 1


class Blame(Enum):
    NOBODY = auto()  # the provider answered, if only to say no
    US = auto()
    PROVIDER = auto()
    CREDENTIALS = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Tried again after `wait_s`, or parked when that is None. `untried`: nothing can have left the house.

    `counts` towards the tries after which it is parked; `told_s` is the provider's own Retry-After.
    """

    wait_s: float | None
    code: str
    blame: Blame
    counts: bool = False
    untried: bool = False
    told_s: float = 0


def of(error: Exception, tries: int, failures: int, repeat: Repeat, chance: Chance) -> Verdict:
    """`tries` and `failures` are those before this one."""
    match error:
        case Busy():
            wait = max(spread(error.retry_after_s, chance), backoff(tries, chance))
            return Verdict(wait, str(error), Blame.PROVIDER, untried=repeat is Repeat.ASK, told_s=error.retry_after_s)
        case Unknown() if repeat is Repeat.ASK:
            return Verdict(None, UNKNOWN, Blame.PROVIDER)
        case Unknown():
            return _again_or_park(str(error), UNKNOWN, Blame.PROVIDER, failures, backoff(failures, chance))
        case Unauthorised():
            wait = spread(LONGEST_WAIT_S, chance)
            return _again_or_park(f"unauthorised {error}", f"unauthorised {error}", Blame.CREDENTIALS, failures, wait)
        case Refused() | Erased():  # an erased stream owes nothing: its row is gone already
            return Verdict(None, str(error), Blame.NOBODY)
        case _:
            return _again_or_park(BUG, BUG, Blame.US, failures, backoff(failures, chance))


def backoff(failures: int, chance: Chance) -> float:
    """Seconds, doubling; the upper half is left to chance, so that many do not come back together."""
    whole = min(2.0 ** min(failures, DOUBLINGS + 1), LONGEST_WAIT_S)
    return whole / 2 + whole / 2 * chance()


def spread(seconds: float, chance: Chance) -> float:
    """Never earlier than told, up to a tenth later."""
    return seconds * (1 + chance() / 10)


def _again_or_park(code: str, parked: str, blame: Blame, failures: int, wait_s: float) -> Verdict:
    if failures + 1 >= TRIES:
        return Verdict(None, parked, blame, counts=True)
    return Verdict(wait_s, code, blame, counts=True)
