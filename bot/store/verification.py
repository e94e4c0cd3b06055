"""Is the record the one that was written? Says of each stream what is wrong, and where."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.store.anchors import Anchor, Found
from bot.store.chain import HEAD, Stored, broken
from bot.store.errors import Damaged, Erased, WrongKey
from bot.store.kinds import read_fact
from bot.store.ledger import Vouched
from bot.store.transaction import Transaction
from bot.streams.company.keeping import HeadsAnchored, StreamErased
from bot.streams.decision import Fact
from bot.streams.ids import COMPANY

NOTHING = Found()
Marks = Sequence[tuple[int, str, Anchor]]  # what anchors saw of a stream: a seq, its hash


@dataclass(frozen=True, slots=True)
class Problem:
    """`seq` is the fact at which it begins, or 0 for the stream as a whole. Of an anchor, its file stands for the
    stream."""

    stream_id: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.stream_id} fact {self.seq}: {self.what}" if self.seq else f"{self.stream_id}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    streams: int
    facts: int
    erased: int
    anchors: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Look:
    """What is found on the way; `told` are the company's facts about anchors and erased streams."""

    tx: Transaction
    facts: int = 0
    problems: list[Problem] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)


def verify(tx: Transaction, found: Found = NOTHING) -> Report:
    """With the anchors that were found, also against these."""
    look, heads, marks = Look(tx), tx.ledger.heads(), _marks(found)
    streams = sorted({*tx.ledger.streams(), *heads, *marks})
    for stream_id in streams:
        problem = _stream(look, stream_id, heads.get(stream_id), marks.get(stream_id, ()))
        look.problems += [problem] if problem else []
    erased = tx.keys.erased()
    look.problems += [Problem(name, 0, what) for name, what in found.problems]
    if found is not NOTHING:
        look.problems += _untold_anchors(look.told, found)
    look.problems += _untold_erasures(look.told, erased)
    return Report(len(streams), look.facts, len(erased), len(found.anchors), tuple(look.problems))


def _stream(look: Look, stream_id: str, head: Vouched | None, marks: Marks) -> Problem | None:
    """The first thing that is wrong with its chain, else with its head, else with what anchors saw or facts say."""
    try:
        rows = list(look.tx.ledger.stored(stream_id))
    except ValueError:
        return Problem(stream_id, 0, "was changed: a fact has a moment that is none")
    look.facts += len(rows)
    if not rows and head is None:
        seq, _, anchor = marks[-1]
        return Problem(stream_id, 1, f"is missing with the whole stream: {anchor} saw {seq} facts")
    if (wrong := broken(rows)) is not None:
        return Problem(stream_id, *wrong)
    return _head(look.tx, stream_id, rows, head) or _anchored(stream_id, rows, marks) or _read(look, stream_id, rows)


def _marks(found: Found) -> dict[str, list[tuple[int, str, Anchor]]]:
    marks = defaultdict(list)
    for anchor in found.anchors:
        for stream_id, (seq, hash) in anchor.heads.items():
            marks[stream_id].append((seq, hash, anchor))
    return marks


def _anchored(stream_id: str, rows: list[Stored], marks: Marks) -> Problem | None:
    whole = 0
    for seq, hash, anchor in marks:
        if seq > len(rows):
            return Problem(stream_id, len(rows) + 1, f"is missing: {anchor} saw {seq} facts")
        if rows[seq - 1].hash != hash:
            return Problem(stream_id, whole + 1, f"or a later one was written anew: {anchor} saw another fact {seq}")
        whole = seq
    return None


def _untold_anchors(told: list[Fact], found: Found) -> list[Problem]:
    """The ledger says which anchors were made: the newest cannot be taken away, nor any put in place of another."""
    made = {fact.number: fact.sha256 for fact in told if isinstance(fact, HeadsAnchored)}
    have = {anchor.number: anchor for anchor in found.anchors}
    gone = [Problem(f"anchor {n}", 0, "is missing: the ledger says that it was made") for n in made if n > found.last]
    other = [
        Problem(have[n].name, 0, "is not the one that the ledger says was made")
        for n, sha256 in made.items()
        if n in have and have[n].sha256 != sha256
    ]
    return gone + other


def _untold_erasures(told: list[Fact], erased: frozenset[str]) -> list[Problem]:
    recorded = {fact.erased for fact in told if isinstance(fact, StreamErased)}
    return [
        *(
            Problem(s, 0, "has lost its key: it is marked erased, and no fact says so")
            for s in sorted(erased - recorded)
        ),
        *(Problem(s, 0, "was erased, and its key is back") for s in sorted(recorded - erased)),
    ]


def _head(tx: Transaction, stream_id: str, rows: list[Stored], head: Vouched | None) -> Problem | None:
    last = rows[-1].seq if rows else 0
    if head is None:
        return Problem(stream_id, last, "the head is missing: who wrote this did not hold our key")
    if not tx.keys.keyring.vouched(head.signature, HEAD, stream_id, head.seq, head.hash):
        return Problem(stream_id, head.seq, "the head is not signed with a key of ours")
    if head.seq > last:
        return Problem(stream_id, last + 1, f"is missing: the chain was cut, its head vouches for {head.seq} facts")
    if head.seq < last:
        return Problem(stream_id, head.seq + 1, "was added by who does not hold our key")
    if head.hash != rows[-1].hash:
        return Problem(stream_id, last, "the chain was made anew: its head vouches for another")
    return None


def _read(look: Look, stream_id: str, rows: list[Stored]) -> Problem | None:
    try:
        cipher = look.tx.keys.reading(stream_id)
        look.tx.ledger.kept_fold(stream_id, cipher)
    except Erased:
        return None
    except (Damaged, WrongKey) as lost:
        return Problem(stream_id, 0, str(lost))
    for row in rows:
        try:
            body = look.tx.ledger.read(cipher, row).body
        except Damaged:
            return Problem(stream_id, row.seq, "cannot be read with the stream's key")
        if json.loads(body)["kind"] != row.kind:
            return Problem(stream_id, row.seq, "is of another kind than its body says")
        if stream_id == COMPANY:
            look.told.append(read_fact(stream_id, body))
    return None
