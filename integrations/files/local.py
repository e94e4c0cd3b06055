"""Files in a folder, encrypted: each in a place that only its owner's key tells, whole or not at all."""

import hmac
import os
import re
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from integrations.errors import Refused

DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)
VERSION = b"1"
NONCE_BYTES = 12

KeyOf = Callable[[str], bytes | None]


class LocalFiles:
    """`dir` is made when it is missing, and only this user may look into it. `key_of` gives an owner's 32 bytes, or
    none when they were destroyed: then nobody can find its files, or read them. `at` hears how far a writing came."""

    def __init__(self, dir: Path, key_of: KeyOf, at: Callable[[str], object] = lambda _point: None) -> None:
        self._folder, self._key_of, self._at = dir, key_of, at
        dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, owner: str, body: bytes) -> str:
        """The hash, in hex. A damaged file of that hash is replaced."""
        key, digest = self._key(owner), sha256(body).hexdigest()
        place, hidden = self._place(key, digest), _encrypt(key, owner, digest, body)
        if not _holds(place, hidden):
            place.parent.mkdir(mode=0o700, exist_ok=True)
            _sync(self._folder)
            _write(place, hidden, self._at)
        return digest

    def get(self, owner: str, digest: str) -> bytes:
        """Raises Refused("file.missing"), also for what is no hash at all, or Refused("file.damaged")."""
        if not DIGEST.fullmatch(digest):
            raise Refused("file.missing")
        key = self._key(owner)
        try:
            hidden = self._place(key, digest).read_bytes()
        except FileNotFoundError:
            raise Refused("file.missing") from None
        return _decrypt(key, owner, digest, hidden)

    def _key(self, owner: str) -> bytes:
        key = self._key_of(owner)
        if key is None:
            raise Refused("file.missing")
        return key

    def _place(self, key: bytes, digest: str) -> Path:
        name = hmac.digest(key, f"place {digest}".encode(), "sha256").hex()
        return self._folder / name[:2] / name


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


def _holds(place: Path, hidden: bytes) -> bool:
    try:
        return place.read_bytes() == hidden
    except FileNotFoundError:
        return False


def _write(place: Path, body: bytes, at: Callable[[str], object]) -> None:
    """Beside its place, to the disk, then renamed: a crash leaves the old state or the new one."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        at("file.written")
        Path(name).replace(place)
        at("file.renamed")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(place.parent)


def _sync(folder: Path) -> None:
    """A rename lasts when its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
