"""What a mail service tells: an answer as raw bytes, and events in the shape of SendGrid's event webhook."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32
from email.utils import parseaddr
from typing import Any, Literal

Kind = Literal["delivered", "opened", "replied", "bounced", "away"]
EVENTS: dict[str, Kind] = {"delivered": "delivered", "open": "opened", "bounce": "bounced", "dropped": "bounced"}
LONGEST = 254  # of an address (RFC 5321)
MOST_EVENTS = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """`about` are message ids of ours that it may answer; `who` is the address that it is about."""

    kind: Kind
    about: tuple[str, ...]
    who: str
    key: str = ""
    at: datetime | None = None


def answer(raw: str, sender: str, domain: str) -> Heard:
    """Of a letter to us. What is not a letter is about nothing. Headers stay as they came: the parser of the newer
    policies fails on some that nobody should write."""
    message = message_from_bytes(raw.encode(errors="replace"), policy=compat32)
    ours = re.compile(rf"<[0-9a-f]{{32}}@{re.escape(domain)}>")
    bounced = message.get_content_type() == "multipart/report"
    where = raw if bounced else f"{message.get('In-Reply-To', '')} {message.get('References', '')}"
    about = tuple(dict.fromkeys(ours.findall(where)))
    automatic = str(message.get("Auto-Submitted", "no")).strip().casefold() != "no"
    kind: Kind = "bounced" if bounced else "away" if automatic else "replied"
    return Heard(kind, about, _address(str(message.get("From", "")) or sender))


def events(told: Any) -> list[Heard]:
    """Those that say something; the rest is not ours to judge. Raises ValueError when it is no list of events."""
    if not isinstance(told, list) or len(told) > MOST_EVENTS:
        raise ValueError("not a list of events")
    return [found for each in told if (found := _event(each)) is not None]


def _event(told: Any) -> Heard | None:
    if not isinstance(told, dict) or (kind := EVENTS.get(str(told.get("event")))) is None:
        return None
    stamp, about = told.get("timestamp"), str(told.get("smtp-id") or "")[:LONGEST]
    key = str(told.get("sg_event_id") or "")[:100]
    if not isinstance(stamp, int) or isinstance(stamp, bool) or not 0 < stamp < 4_102_444_800 or not key:
        return None
    at = datetime.fromtimestamp(stamp, UTC)
    return Heard(kind, (about,), _address(str(told.get("email") or "")), key, at)


def _address(text: str) -> str:
    return parseaddr(text[: 2 * LONGEST])[1][:LONGEST].casefold()
