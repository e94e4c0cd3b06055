"""A backup as one file: a zip of a manifest, of each table as lines of JSON, and of the files and anchors."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ValidationError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


class BadArchive(Exception):
    """It is no backup of ours, or not as it was written. Says what is wrong."""


class Member(BaseModel):
    sha256: str
    bytes: int


class Manifest(BaseModel):
    """`schema_revision` is that of the database, `members` are all other files of the archive."""

    format: int = FORMAT
    schema_revision: str
    engine: str
    made_at: str
    members: dict[str, Member] = {}


class Writing:
    def __init__(self, zipped: ZipFile, manifest: Manifest) -> None:
        self._zipped, self.manifest = zipped, manifest

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        digest, length = sha256(), 0
        with self._zipped.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                length += len(chunk)
        self.manifest.members[name] = Member(sha256=digest.hexdigest(), bytes=length)


@contextmanager
def writing(out: Path, manifest: Manifest) -> Iterator[Writing]:
    """Whole or not at all, and readable by its owner alone."""
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as zipped:
                made = Writing(zipped, manifest)
                yield made
                zipped.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


class Reading:
    """Its manifest is read; its members are as the manifest says once `check` has passed."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zipped = zipped
        try:
            self.manifest = Manifest.model_validate_json(zipped.read(MANIFEST))
        except (KeyError, ValidationError):
            raise BadArchive("it has no manifest of a backup") from None
        if self.manifest.format != FORMAT:
            raise BadArchive(f"its format is {self.manifest.format}, and this release reads {FORMAT}")

    def check(self) -> Iterator[str]:
        """Each member once it was found as it was written. Raises BadArchive."""
        for name, told in self.manifest.members.items():
            digest = sha256()
            for chunk in self.chunks(name):
                digest.update(chunk)
            if digest.hexdigest() != told.sha256:
                raise BadArchive(f"{name} is not as it was written")
            yield name

    def under(self, top: str) -> dict[str, PurePosixPath]:
        """Members of a folder, each with its path in it. Raises BadArchive for a path that leads out."""
        paths = {name: PurePosixPath(name) for name in self.manifest.members}
        found = {name: path.relative_to(top) for name, path in paths.items() if path.parts[0] == top}
        for name, path in found.items():
            if ".." in path.parts or path.is_absolute() or not path.parts:
                raise BadArchive(f"{name!r} leads out of its folder")
        return found

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zipped.open(name) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except (KeyError, BadZipFile, EOFError, OSError):
            raise BadArchive(f"{name} is missing or damaged") from None

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zipped.open(name) as member:
            yield from member


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    try:
        zipped = ZipFile(path)
    except (BadZipFile, OSError):
        raise BadArchive("it cannot be read as a backup") from None
    with zipped:
        yield Reading(zipped)


def told(manifest: Manifest, counts: Mapping[str, int]) -> str:
    """For a program."""
    shown = {"schema": manifest.schema_revision, "engine": manifest.engine, "made_at": manifest.made_at}
    return json.dumps({**shown, "members": len(manifest.members), **counts})
