"""Ids, and the keys that make a repeat harmless."""

import json
from hashlib import sha256
from typing import Annotated

from pydantic import StringConstraints

ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
KINDS = "company|customer|deal|news|past|person"
StreamId = Annotated[str, StringConstraints(pattern=rf"^({KINDS}):{ULID}$")]

OPERATOR = "operator"  # whoever has a shell on our machine
READER = "reader:"  # the actor of a link to documents; a person's id is team:user and cannot begin like this
SYSTEM = "system"  # a person's id is team:user, so nobody can arrive as this actor
COMPANY = "company:00000000000000000000000000"

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(milliseconds: int, chance: int) -> str:
    """48 bits of time since 1970 and 80 bits of chance, in Crockford's alphabet."""
    number = (milliseconds << 80) | (chance & ((1 << 80) - 1))
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def stream_id(kind: str, ulid_text: str) -> str:
    return f"{kind}:{ulid_text}"


def effect_key(stream: str, seq: int, index: int, kind: str) -> str:
    return f"{stream}:{seq}:{index}:{kind}"


def digest(*parts: str) -> str:
    """Of the parts in order, such that no two lists of parts have the same text."""
    return sha256(json.dumps(parts).encode()).hexdigest()
