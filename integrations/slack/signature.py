"""Is this request from Slack? Judged on the bytes as they came."""

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

WINDOW_S = 300
SENT_AT = re.compile("[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signature:
    """Several secrets while they are rotated: the new one and the old one. `clock` is the system's."""

    secrets: tuple[str, ...]
    clock: Callable[[], float]

    def __post_init__(self) -> None:
        if not self.secrets or not all(self.secrets):
            raise ValueError("an empty signing secret lets everybody in")

    def __call__(self, raw: bytes, headers: Mapping[str, str]) -> bool:
        """`headers` of any case. Whatever comes is True or False, never an exception."""
        told = {name.lower(): value for name, value in headers.items()}
        sent_at = told.get("x-slack-request-timestamp", "")
        if not SENT_AT.fullmatch(sent_at) or abs(self.clock() - int(sent_at)) > WINDOW_S:
            return False
        given = told.get("x-slack-signature", "").encode("utf-8", "replace")
        signed = b"v0:" + sent_at.encode() + b":" + raw
        # All are tried, so that the time taken does not tell which secret is the good one.
        return any([hmac.compare_digest(_mark(secret, signed), given) for secret in self.secrets])


def signed_headers(secret: str, raw: bytes, now: int) -> dict[str, str]:
    """As Slack signs; to see whether our own door takes it."""
    signed = _mark(secret, b"v0:" + str(now).encode() + b":" + raw).decode()
    told = {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": signed}
    return {**told, "Content-Type": "application/json"}


def _mark(secret: str, signed: bytes) -> bytes:
    return b"v0=" + hmac.digest(secret.encode(), signed, "sha256").hex().encode()
