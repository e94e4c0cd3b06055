"""Files encrypted before they are put anywhere: each in a place that only its owner's key tells."""

import hmac
import re
from collections.abc import Callable
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from integrations.errors import Refused
from integrations.files.port import Blobs, Files

DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)
VERSION = b"1"
NONCE_BYTES = 12

KeyOf = Callable[[str], bytes | None]


class SealedFiles:
    """`key_of` gives an owner's 32 bytes, or none when they were destroyed: then nobody can find its files, or read
    them. `blobs` learns nothing: neither whose a file is, nor what is in it."""

    def __init__(self, blobs: Blobs, key_of: KeyOf) -> None:
        self._blobs, self._key_of = blobs, key_of

    def put(self, owner: str, body: bytes) -> str:
        """The hash, in hex. A damaged file of that hash is replaced."""
        key, digest = self._key(owner), sha256(body).hexdigest()
        name, hidden = _name(key, digest), _encrypt(key, owner, digest, body)
        if self._blobs.read(name) != hidden:
            self._blobs.write(name, hidden)
        return digest

    def get(self, owner: str, digest: str) -> bytes:
        """Raises Refused("file.missing"), also for what is no hash at all, or Refused("file.damaged")."""
        if not DIGEST.fullmatch(digest):
            raise Refused("file.missing")
        key = self._key(owner)
        hidden = self._blobs.read(_name(key, digest))
        if hidden is None:
            raise Refused("file.missing")
        return _decrypt(key, owner, digest, hidden)

    def forget(self, owner: str, digest: str) -> None:
        """Of an owner whose key was destroyed nothing can be found, and nothing read."""
        key = self._key_of(owner)
        if key is not None and DIGEST.fullmatch(digest):
            self._blobs.remove(_name(key, digest))

    def _key(self, owner: str) -> bytes:
        key = self._key_of(owner)
        if key is None:
            raise Refused("file.missing")
        return key


def _name(key: bytes, digest: str) -> str:
    return hmac.digest(key, f"place {digest}".encode(), "sha256").hex()


def _encrypt(key: bytes, owner: str, digest: str, body: bytes) -> bytes:
    """The nonce comes from the hash of the bytes: the same file is encrypted to the same bytes, and no two files of
    an owner share a nonce."""
    nonce = hmac.digest(key, f"nonce {digest}".encode(), "sha256")[:NONCE_BYTES]
    return VERSION + nonce + AESGCM(key).encrypt(nonce, body, _bound(owner, digest))


def _decrypt(key: bytes, owner: str, digest: str, hidden: bytes) -> bytes:
    version, nonce, body = hidden[:1], hidden[1 : 1 + NONCE_BYTES], hidden[1 + NONCE_BYTES :]
    try:
        if version != VERSION:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, body, _bound(owner, digest))
    except (InvalidTag, ValueError):
        raise Refused("file.damaged") from None


def _bound(owner: str, digest: str) -> bytes:
    return b"countersign file " + VERSION + f" {owner} {digest}".encode()


_conforms: type[Files] = SealedFiles
