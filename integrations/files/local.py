"""Files in a folder of this machine, whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from integrations.files.port import Blobs
from integrations.files.sealed import KeyOf, SealedFiles


class LocalFiles(SealedFiles):
    """`dir` is made when it is missing, and only this user may look into it. `at` hears how far a writing came."""

    def __init__(self, dir: Path, key_of: KeyOf, at: Callable[[str], object] = lambda _point: None) -> None:
        super().__init__(Folder(dir, at), key_of)


class Folder:
    def __init__(self, dir: Path, at: Callable[[str], object]) -> None:
        self._folder, self._at = dir, at
        dir.mkdir(mode=0o700, parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, body: bytes) -> None:
        place = self._place(name)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        _sync(self._folder)
        _write(place, body, self._at)

    def remove(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name


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


_conforms: type[Blobs] = Folder
