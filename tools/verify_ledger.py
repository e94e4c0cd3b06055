"""Verifies an export of Countersign's ledger, offline: `python3 verify_ledger.py FILE --public-key HEX`.

One file; it needs Python 3.11 and the package `cryptography`, and nothing of Countersign. It reads no words: facts are
encrypted in an export, and their chain is over the ciphertext. It checks
- the chain: each fact's hash covers the fact and the hash before it;
- the heads: the export's seal, signed, says how each stream ends;
- the anchors: each day's signed file says how each stream ended then, and holds the hash of the file before it;
- with --report, the rows of `countersign audit report`: each decision stands in its chain as the row says, and no
  decision of the report's days is missing from it.

The public key comes from `countersign ledger public-key`; get it another way than the export. After the keys were
rotated, give the newest: its first anchor vouches for those before.

Exit codes: 0 all is whole; 1 something is not, and it is said what and where; 2 the file or the key cannot be read.
"""

import argparse
import json
import sys
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WHOLE, BROKEN, MISUSED = 0, 1, 2
CHAIN = "1"
DECISIONS = ("approval.granted", "approval.rejected")
COLUMNS = ("stream_id", "seq", "kind", "at", "key_id", "body", "stamp", "hash")


@dataclass(frozen=True)
class Problem:
    """`seq` is the fact at which it begins, or 0."""

    where: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.where} fact {self.seq}: {self.what}" if self.seq else f"{self.where}: {self.what}"


@dataclass
class Look:
    """`hashes` are those of each stream's facts, in order; of a stream whose chain is broken, those before that.
    `decisions` are those of approvals, by stream and fact, with the moment of each."""

    keys: list[Ed25519PublicKey]
    hashes: dict[str, list[str]] = field(default_factory=dict)
    facts: int = 0
    decisions: dict[tuple[str, int], str] = field(default_factory=dict)
    anchors: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    trusted: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, where: str, what: str, seq: int = 0) -> None:
        self.problems.append(Problem(where, seq, what))

    def is_wrong(self, where: str) -> bool:
        return any(problem.where == where for problem in self.problems)

    def signed(self, words: bytes, signature: bytes) -> bool:
        try:
            raw = b64decode(signature, validate=True)
        except ValueError:
            return False
        return b64encode(raw) == signature and any(_verifies(key, raw, words) for key in self.keys)


def verify(lines: Iterator[bytes], keys: list[Ed25519PublicKey]) -> Look:
    """`lines` with their ends. All of the file is covered: what no fact shows, the seal does."""
    look, digest = Look(keys), sha256()
    last: deque[bytes] = deque()
    for number, line in enumerate(lines, 1):
        last.append(line)
        if len(last) > 2:
            first = last.popleft()
            digest.update(first)
            _line(look, number - 2, first)
    seal = _seal(look, list(last), digest.hexdigest())
    _anchors(look)
    if seal is not None:
        _heads(look, seal)
        _marks(look, str(seal["stream"]))
        if not look.problems and seal["sha256"] != digest.hexdigest():
            look.wrong("the export", "was changed where no fact and no anchor shows it")
    return look


def _line(look: Look, number: int, line: bytes) -> None:
    try:
        row = json.loads(line)
        if set(row) == {"anchor", "file"}:
            body = str(row["file"]).encode()
            anchor = int(json.loads(body.split(b"\n")[0])["number"])
            if not 0 < anchor <= number:
                raise ValueError
            look.anchors[anchor] = (str(row["anchor"]), body)
        else:
            _fact(look, {name: row[name] for name in COLUMNS})
    except (ValueError, KeyError, TypeError):
        look.wrong(f"line {number}", "cannot be read")


def _fact(look: Look, row: dict[str, Any]) -> None:
    """The first thing that is wrong with a stream is told; what follows from it is not."""
    look.facts += 1
    stream = str(row["stream_id"])
    if look.is_wrong(stream):
        return
    hashes = look.hashes.setdefault(stream, [])
    before = hashes[-1] if hashes else ""
    if row["seq"] != len(hashes) + 1:
        look.wrong(stream, "is missing", len(hashes) + 1)
    elif row["hash"] != _digest(CHAIN, before, *(str(row[name]) for name in COLUMNS[:-1])):
        look.wrong(stream, "was changed", len(hashes) + 1)
    else:
        hashes.append(row["hash"])
        if row["kind"] in DECISIONS:
            look.decisions[stream, len(hashes)] = str(row["at"])


def compare(look: Look, report: dict[str, Any]) -> None:
    """The rows of a report with the facts of an export that was verified. Erased deals are only counted there."""
    told = {(str(row["deal"]), int(row["fact"])): str(row["fact_hash"]) for row in report["rows"] if row["fact"]}
    for (stream, seq), digest in sorted(told.items()):
        hashes = look.hashes.get(stream, [])
        if (stream, seq) not in look.decisions or hashes[seq - 1] != digest:
            look.wrong(stream, "is in the report, and is no such decision in the export", seq)
    for (stream, seq), at in sorted(look.decisions.items()):
        within = str(report["first"]) <= at[:10] <= str(report["last"])
        if within and (stream, seq) not in told and stream not in report["erased"]:
            look.wrong(stream, "is a decision of these days, and the report leaves it out", seq)


def _seal(look: Look, last: list[bytes], digest: str) -> dict[str, Any] | None:
    """What it says of the streams, when its signature is good."""
    if len(last) == 2 and all(line.endswith(b"\n") for line in last):
        words, signature = (line[:-1] for line in last)
        if look.signed(words, signature):
            told: dict[str, Any] = json.loads(words)
            if (told["what"], told["version"]) == ("export", 1):
                return told
    look.wrong("the export", "has no seal that is signed with the given key: it was changed, cut, or made by others")
    return None


def _heads(look: Look, seal: dict[str, Any]) -> None:
    heads = {str(stream): (int(seq), str(hash)) for stream, seq, hash in seal["heads"]}
    for stream in sorted({*heads, *look.hashes}):
        if look.is_wrong(stream):
            continue
        hashes = look.hashes.get(stream, [])
        if stream not in heads:
            look.wrong(stream, "nobody who holds the key vouches for its end", len(hashes))
        elif len(hashes) < heads[stream][0]:
            look.wrong(stream, f"is missing: the seal says that there are {heads[stream][0]} facts", len(hashes) + 1)
        elif (len(hashes), hashes[-1]) != heads[stream]:
            look.wrong(stream, "was written anew: the seal says another end", heads[stream][0])
    for number in range(max(look.anchors, default=0) + 1, int(seal["anchors"]) + 1):
        look.wrong(f"anchor {number}", "is missing")


def _anchors(look: Look) -> None:
    """From the newest on: one that is signed vouches for the one before it, whatever key that was signed with."""
    follows = ""
    for number in range(max(look.anchors, default=0), 0, -1):
        name, body = look.anchors.get(number, (f"anchor {number}", b""))
        words, _, rest = body.partition(b"\n")
        if not body:
            look.wrong(name, "is missing")
        elif follows and sha256(body).hexdigest() != follows:
            look.wrong(name, "was changed: the anchor after it holds another hash")
        elif not follows and not (rest.endswith(b"\n") and look.signed(words, rest[:-1])):
            look.wrong(name, "is not signed with the given key, and no anchor after it vouches for it")
        else:
            told = json.loads(words)
            look.trusted.insert(0, told)
            follows = str(told["before"])
            continue
        follows = ""


def _marks(look: Look, only: str) -> None:
    """What the anchors saw must still be there; `only` names the one stream of an export that is not whole."""
    for anchor in look.trusted:
        name = f"anchor {anchor['number']} of {str(anchor['at'])[:10]}"
        for stream, seq, hash in anchor["heads"]:
            hashes = look.hashes.get(stream, [])
            if (only and stream != only) or look.is_wrong(stream):
                continue
            if seq > len(hashes):
                look.wrong(stream, f"is missing: {name} saw {seq} facts", len(hashes) + 1)
            elif hashes[seq - 1] != hash:
                look.wrong(stream, f"or an earlier one was written anew: {name} saw another", seq)


def _digest(*parts: str) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()


def _verifies(key: Ed25519PublicKey, signature: bytes, words: bytes) -> bool:
    try:
        key.verify(signature, words)
    except InvalidSignature:
        return False
    return True


def main(words: list[str] | None = None) -> int:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("file", type=Path, help="made by `countersign ledger export FILE`")
    told.add_argument("--public-key", required=True, action="append", metavar="HEX", help="may be given more than once")
    told.add_argument("--report", type=Path, metavar="JSON", help="the rows of `countersign audit report`")
    told.add_argument("--json", action="store_true", help="for a program")
    given = told.parse_args(words)
    try:
        keys = [Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) for key in given.public_key]
        with given.file.open("rb") as lines:
            look = verify(lines, keys)
        if given.report:
            compare(look, json.loads(given.report.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as no:
        sys.stderr.write(f"{given.file} was not verified: {no}\n")
        return MISUSED
    _tell(look, given.json)
    return BROKEN if look.problems else WHOLE


def _tell(look: Look, as_json: bool) -> None:
    counts = {"streams": len(look.hashes), "facts": look.facts, "anchors": len(look.trusted)}
    if as_json:
        sys.stdout.write(json.dumps({**counts, "problems": [asdict(problem) for problem in look.problems]}) + "\n")
        return
    whole = "NOT WHOLE" if look.problems else "every chain is whole"
    sys.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()) + f": {whole}\n")
    for problem in look.problems:
        sys.stdout.write(f"  {problem}\n")


if __name__ == "__main__":
    sys.exit(main())
