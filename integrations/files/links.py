"""Links by which one person reads documents: nobody can make one for another share, and none is stored."""

import hmac
import re
from hashlib import sha256

SHORTEST_KEY = 32
TAG = 32  # hex digits: 128 bits
TOKEN = re.compile(rf"([0-7][0-9A-HJKMNP-TV-Z]{{25}})-([0-9a-f]{{{TAG}}})", re.ASCII)
PURPOSE, BOUND = b"countersign document link 1\n", b"countersign document browser 1\n"


class DocumentLinks:
    """`key` has at least 32 bytes; a new key ends every link made with the old one. A signer's link is none of these,
    and opens nothing here."""

    def __init__(self, key: bytes, public_url: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"the key of the links needs {SHORTEST_KEY} bytes")
        self._key = key
        self._url = public_url.rstrip("/")

    @property
    def secure(self) -> bool:
        return self._url.startswith("https://")

    def url(self, share: str) -> str:
        """`share` is a ULID."""
        return f"{self._url}/p/read/{self.token(share)}"

    def token(self, share: str) -> str:
        made = f"{share}-{self._tag(PURPOSE, share)}"
        if not TOKEN.fullmatch(made):
            raise ValueError("a share is a ULID")
        return made

    def read(self, token: str) -> str | None:
        """The share; None for whatever this key did not make."""
        found = TOKEN.fullmatch(token)
        if found is None or not hmac.compare_digest(found[2], self._tag(PURPOSE, found[1])):
            return None
        return found[1]

    def browser(self, share: str) -> str:
        """What the browser that opened a link first keeps, so that no other one goes on with it."""
        return self._tag(BOUND, share)

    def same_browser(self, share: str, told: str) -> bool:
        return hmac.compare_digest(told.encode(), self.browser(share).encode())

    def _tag(self, purpose: bytes, text: str) -> str:
        return hmac.new(self._key, purpose + text.encode(), sha256).hexdigest()[:TAG]
