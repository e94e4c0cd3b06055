"""What a look at one connection found: all is well, something to know, or something wrong and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from integrations.errors import Busy, Unauthorised, Unknown

SKEW_S = 60  # Slack refuses what is 300 seconds off, Salesforce an assertion of 180
MEND_SKEW = "Let this machine keep its time: `timedatectl set-ntp true`, then look again"


@dataclass(frozen=True, slots=True)
class Finding:
    """`mend` says what to do, in words for the one who can; empty when nothing is to be done."""

    check: str
    status: Literal["ok", "note", "wrong"]
    told: str
    mend: str = ""


def fine(check: str, told: str) -> Finding:
    return Finding(check, "ok", told)


def note(check: str, told: str, mend: str = "") -> Finding:
    """It works without; or nobody can be asked."""
    return Finding(check, "note", told, mend)


def wrong(check: str, told: str, mend: str) -> Finding:
    return Finding(check, "wrong", told, mend)


def failed(check: str, who: str, no: Exception, credentials: str) -> Finding:
    """A call that did not end well; `credentials` says how these are mended."""
    match no:
        case Unauthorised():
            return wrong(check, f"{who} does not take our credentials ({no})", credentials)
        case Busy() | Unknown():
            mend = f"See whether {who} is up and can be reached from here (name, proxy, firewall), then look again"
            return wrong(check, f"{who} does not answer ({no})", mend)
        case _:
            return wrong(check, f"{who} refuses ({no})", credentials)


def clock(check: str, who: str, headers: Mapping[str, str], now: datetime) -> Finding:
    """Our time beside that of an answer's Date header."""
    try:
        off = int((parsedate_to_datetime(headers.get("Date", "")) - now).total_seconds())
    except (TypeError, ValueError):
        return note(check, f"{who} does not say what time it is")
    if abs(off) <= SKEW_S:
        return fine(check, f"within {SKEW_S} seconds of {who}'s clock")
    side = "behind" if off > 0 else "ahead of"
    return wrong(check, f"this machine's clock is {abs(off)} seconds {side} {who}'s", MEND_SKEW)
