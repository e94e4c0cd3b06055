"""Files in a folder: each under the SHA-256 of its bytes, written whole or not at all."""

import os
import re
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from integrations.errors import Refused

DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)


class LocalFiles:
    """`dir` is made when it is missing, and only its owner may look into it. `at` hears how far a writing came."""

    def __init__(self, dir: Path, at: Callable[[str], object] = lambda _point: None) -> None:
        self._folder, self._at = dir, at
        dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, body: bytes) -> str:
        """The hash, in hex. A damaged file of that hash is replaced."""
        digest = sha256(body).hexdigest()
        place = self._place(digest)
        if not _holds(place, digest):
            place.parent.mkdir(mode=0o700, exist_ok=True)
            _sync(self._folder)
            _write(place, body, self._at)
        return digest

    def get(self, digest: str) -> bytes:
        """Raises Refused("file.missing"), also for what is no hash at all, or Refused("file.damaged")."""
        if not DIGEST.fullmatch(digest):
            raise Refused("file.missing")
        try:
            body = self._place(digest).read_bytes()
        except FileNotFoundError:
            raise Refused("file.missing") from None
        if sha256(body).hexdigest() != digest:
            raise Refused("file.damaged")
        return body

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _holds(place: Path, digest: str) -> bool:
    try:
        return sha256(place.read_bytes()).hexdigest() == digest
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
