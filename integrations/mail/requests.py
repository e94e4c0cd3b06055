"""Links of mails by which one of ours opens a request, and the codes without which they decide nothing. Neither is
stored: both are made of the installation's key."""

import hmac
import json
import re
from hashlib import sha256

SHORTEST_KEY = 32
TAG = 32  # hex digits: 128 bits
TOKEN = re.compile(
    rf"([0-7][0-9A-HJKMNP-TV-Z]{{25}})-(0|[1-9][0-9]{{0,5}})-([1-9][0-9]{{9}})-([0-9a-f]{{{TAG}}})", re.ASCII
)
LINK, CODE = b"countersign request link 1\n", b"countersign request code 1\n"


class PersonalRequests:
    """`key` has at least 32 bytes; a new key ends every link and every code made with the old one. No other link of
    ours opens anything here."""

    def __init__(self, key: bytes, public_url: str, digits: int) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"the key of the links needs {SHORTEST_KEY} bytes")
        self._key = key
        self._url = public_url.rstrip("/")
        self._digits = digits

    def url(self, person: str, number: int, ends: int) -> str:
        """`person` is a ULID, `number` a place among her requests, `ends` in seconds since 1970."""
        return f"{self._url}/p/ask/{self.token(person, number, ends)}"

    def token(self, person: str, number: int, ends: int) -> str:
        told = f"{person}-{number}-{ends}"
        made = f"{told}-{self._tag(told)}"
        if not TOKEN.fullmatch(made):
            raise ValueError("a person is a ULID, a request's number has six digits at most, an end ten")
        return made

    def read(self, token: str) -> tuple[str, int, int] | None:
        """The person, the request's number, and when it ends; None for whatever this key did not make."""
        found = TOKEN.fullmatch(token)
        if found is None:
            return None
        person, number, ends, tag = found.groups()
        good = hmac.compare_digest(tag, self._tag(f"{person}-{number}-{ends}"))
        return (person, int(number), int(ends)) if good else None

    def code(self, *about: str) -> str:
        """Of exactly this: another person, request or package has another one."""
        made = hmac.new(self._key, CODE + json.dumps(about).encode(), sha256).digest()
        return str(int.from_bytes(made) % 10**self._digits).zfill(self._digits)

    def same_code(self, told: str, *about: str) -> bool:
        """In constant time. Blanks between the digits do not matter."""
        return hmac.compare_digest("".join(told.split()).encode(), self.code(*about).encode())

    def _tag(self, text: str) -> str:
        return hmac.new(self._key, LINK + text.encode(), sha256).hexdigest()[:TAG]
