"""Anchors: once a day the heads of all streams, signed, in a folder outside the database.

Each lists the streams that changed since the one before, whose hash it holds: so the newest vouches for all. A file is
two lines: the words, and their signature in base64. `tools/verify_ledger.py` reads the same with the public key alone.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.store.chain import HEAD
from bot.store.keyring import Keyring
from bot.store.ledger import Vouched

WHAT = "anchor"
VERSION = 1
NAME = re.compile(r"(\d{6})-\d{4}-\d\d-\d\d\.anchor", re.ASCII)


class BadAnchor(Exception):
    """Says what is wrong with a file."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """`heads` are the last seq and hash of each stream that had changed; `sha256` is that of the file, and `before`
    of the one before it."""

    number: int
    at: datetime
    key: str
    before: str
    heads: Mapping[str, tuple[int, str]]
    sha256: str

    @property
    def name(self) -> str:
        return f"{self.number:06}-{self.at:%Y-%m-%d}.anchor"

    def __str__(self) -> str:
        return f"anchor {self.number} of {self.at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Found:
    """The anchors that can be trusted, oldest first, and each file that cannot, with what is wrong."""

    anchors: tuple[Anchor, ...] = ()
    last: int = 0  # the highest number there is
    problems: tuple[tuple[str, str], ...] = ()


class Anchors:
    """`folder` is made when it is missing. Whoever can write to the database should not be able to write there."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self._folder, self._keyring = folder, keyring

    def read(self) -> Found:
        """From the newest on: one that is signed with a key of ours vouches for the one before it, too."""
        files, problems = self._files()
        anchors: list[Anchor] = []
        follows = ""  # what the one after it says of it; nothing when nobody trusted does
        for number in range(max(files, default=0), 0, -1):
            try:
                anchor = self._trusted(files.get(number), follows)
            except BadAnchor as bad:
                name = files[number].name if number in files else f"anchor {number}"
                problems.append((name, str(bad)))
                follows = ""
            else:
                anchors.append(anchor)
                follows = anchor.before
        return Found(tuple(reversed(anchors)), max(files, default=0), tuple(reversed(problems)))

    def contents(self) -> list[tuple[str, str]]:
        """Names and contents of all files, oldest first, whether they can be trusted or not."""
        files, _ = self._files()
        return [(files[n].name, files[n].read_text(encoding="utf-8", errors="replace")) for n in sorted(files)]

    def add(self, heads: Mapping[str, Vouched], at: datetime) -> Anchor:
        """Written to the disk when it returns. A head that is not vouched for by us is left out."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            files, _ = self._files()
            known = latest(self.read().anchors)
            ours = {stream: head for stream, head in heads.items() if self._is_ours(stream, head)}
            changed = {s: (h.seq, h.hash) for s, h in sorted(ours.items()) if known.get(s) != (h.seq, h.hash)}
            number = max(files, default=0)
            before = sha256(files[number].read_bytes()).hexdigest() if files else ""
            anchor, body = self._made(number + 1, before, changed, at)
            _write(self._folder / anchor.name, body)
        return anchor

    def _made(
        self, number: int, before: str, heads: Mapping[str, tuple[int, str]], at: datetime
    ) -> tuple[Anchor, bytes]:
        at, key = at.astimezone(UTC), self._keyring.first.id
        told = {"what": WHAT, "version": VERSION, "number": number, "at": at.isoformat(), "key": key, "before": before}
        words = json.dumps({**told, "heads": [[s, *head] for s, head in heads.items()]}, separators=(",", ":")).encode()
        body = words + b"\n" + self._keyring.sign(words).encode() + b"\n"
        return Anchor(number, at, key, before, heads, sha256(body).hexdigest()), body

    def _is_ours(self, stream_id: str, head: Vouched) -> bool:
        return self._keyring.vouched(head.signature, HEAD, stream_id, head.seq, head.hash)

    def _trusted(self, path: Path | None, follows: str) -> Anchor:
        if path is None:
            raise BadAnchor("is missing")
        body = path.read_bytes()
        anchor, words, signature = parse(body)
        if anchor.name != path.name or (follows and anchor.sha256 != follows):
            raise BadAnchor("was changed: the anchor after it holds another hash" if follows else "has another's name")
        if self._keyring.holds(anchor.key):
            if not self._keyring.signed(anchor.key, signature, words):
                raise BadAnchor("was changed: its signature is not of these words")
        elif not follows:
            raise BadAnchor(
                f"is signed with {anchor.key!r}, which is not in STORE_KEYS, and none after it vouches for it"
            )
        return anchor

    def _files(self) -> tuple[dict[int, Path], list[tuple[str, str]]]:
        files: dict[int, Path] = {}
        problems = []
        for path in sorted(self._folder.glob("*.anchor")):
            found = NAME.fullmatch(path.name)
            number = int(found[1]) if found else 0
            if number == 0 or number in files:
                problems.append((path.name, "is none of ours, or has the number of another"))
            else:
                files[number] = path
        return files, problems

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._folder.with_name(f"{self._folder.name}.lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def parse(body: bytes) -> tuple[Anchor, bytes, str]:
    """The anchor, its words, and their signature; nothing is trusted yet. Raises BadAnchor."""
    try:
        words, signature, rest = body.split(b"\n")
        told = json.loads(words)
        heads = {stream: (int(seq), str(hash)) for stream, seq, hash in told["heads"]}
        at = datetime.fromisoformat(told["at"])
        ours = (told["what"], told["version"], rest) == (WHAT, VERSION, b"")
        anchor = Anchor(int(told["number"]), at, str(told["key"]), str(told["before"]), heads, sha256(body).hexdigest())
        if not ours or (anchor.number == 1) != (anchor.before == ""):
            raise BadAnchor("is no anchor of ours")
        return anchor, words, signature.decode("ascii")
    except (ValueError, KeyError, TypeError):
        raise BadAnchor("cannot be read") from None


def latest(anchors: tuple[Anchor, ...]) -> dict[str, tuple[int, str]]:
    """Each stream's last anchored seq and hash."""
    return {stream: head for anchor in anchors for stream, head in anchor.heads.items()}


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all; readable by all, for there are ids and hashes in it, and no words."""
    part = path.with_name(f".new-{path.name}")
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(0o444)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
