"""Personal links of those who sign: nobody can make one for somebody else, and none is stored."""

import hmac
import re
from hashlib import sha256

SHORTEST_KEY = 32
TAG = 32  # hex digits: 128 bits
TOKEN = re.compile(rf"([0-7][0-9A-HJKMNP-TV-Z]{{25}})-(0|[1-9][0-9]?)-([0-9a-f]{{{TAG}}})", re.ASCII)
PURPOSE = b"countersign personal link 1\n"


class PersonalLinks:
    """`key` has at least 32 bytes; a new key ends every link made with the old one."""

    def __init__(self, key: bytes, public_url: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"the key of the links needs {SHORTEST_KEY} bytes")
        self._key = key
        self._url = public_url.rstrip("/")

    def url(self, envelope: str, signer: int) -> str:
        """`envelope` is a ULID, `signer` a place in its signing order."""
        return f"{self._url}/p/{self.token(envelope, signer)}"

    def token(self, envelope: str, signer: int) -> str:
        made = f"{envelope}-{signer}-{self._tag(f'{envelope}-{signer}')}"
        if not TOKEN.fullmatch(made):
            raise ValueError("an envelope is a ULID, and a signer 0 to 99")
        return made

    def read(self, token: str) -> tuple[str, int] | None:
        """The envelope and the signer; None for whatever this key did not make."""
        found = TOKEN.fullmatch(token)
        if found is None:
            return None
        envelope, signer, tag = found.groups()
        good = hmac.compare_digest(tag, self._tag(f"{envelope}-{signer}"))
        return (envelope, int(signer)) if good else None

    def _tag(self, text: str) -> str:
        return hmac.new(self._key, PURPOSE + text.encode(), sha256).hexdigest()[:TAG]
