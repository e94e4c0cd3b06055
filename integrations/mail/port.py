"""What we need of a mail system."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """`message_id` is ours and derived from the effect's key, so that a repeat can be recognised. `calendar` is an
    invitation (RFC 5545) beside the words, by `method` asked or taken back (RFC 6047)."""

    message_id: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    attachments: tuple[Attachment, ...] = ()
    calendar: bytes = b""
    method: Literal["REQUEST", "CANCEL"] = "REQUEST"


class Mail(Protocol):
    def send(self, letter: Letter) -> None:
        """Refused when the server rejects the address; Busy on 4xx; Unknown when the reply to DATA is lost."""
        ...


class Requests(Protocol):
    """Links by which one of ours opens a request, and the codes that she types there."""

    def url(self, person: str, number: int, ends: int) -> str:
        """`person` is a ULID, `number` a place among her requests, `ends` in seconds since 1970."""
        ...

    def read(self, token: str) -> tuple[str, int, int] | None:
        """The person, the request's number, and when it ends; none when the token is not one of ours."""
        ...

    def code(self, *about: str) -> str: ...

    def same_code(self, told: str, *about: str) -> bool:
        """In constant time."""
        ...
