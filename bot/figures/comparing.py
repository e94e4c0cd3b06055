"""What differs between two versions of a document: each clause of either side once, in the order of reading.

The old sides of all pairs, in their order, are the old document, and the new sides the new one: nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from bot.streams.deal.outline import Clause, Outline

Kind = Literal["same", "added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Without `old` the clause is new, without `new` it is gone."""

    old: Clause | None
    new: Clause | None

    @property
    def kind(self) -> Kind:
        if self.old is None or self.new is None:
            return "removed" if self.old else "added"
        if self.old.text != self.new.text:
            return "changed"
        return "same" if self.old.anchor == self.new.anchor else "moved"

    @property
    def anchor(self) -> str:
        clause = self.new or self.old
        return clause.anchor if clause else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A document that is in either version. `whole` says that it is in only one of them, or cannot be compared."""

    title: str
    number: str
    changes: tuple[Pair, ...]
    whole: str = ""

    @property
    def count(self) -> int:
        return len(self.changes) or bool(self.whole)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both, in the old one alone, or in the new one alone."""

    kind: Literal["same", "added", "removed"]
    words: str


def pairs(old: Outline, new: Outline) -> tuple[Pair, ...]:
    """By their words first, so that a clause that only got another number is not a new one; then by their place."""
    made: list[Pair] = []
    for tag, *span in _steps([c.text for c in old], [c.text for c in new]):
        before, after = old[span[0] : span[1]], new[span[2] : span[3]]
        if tag == "equal":
            made += [Pair(one, other) for one, other in zip(before, after, strict=True)]
        else:
            made += _by_place(before, after)
    return tuple(made)


def changes(old: Outline, new: Outline) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs(old, new) if pair.kind != "same")


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word. The words of all pieces but the added ones are the old text, of all but the removed the new."""
    before, after = old.split(), new.split()
    made: list[Piece] = []
    for tag, *span in _steps(before, after):
        gone, come = " ".join(before[span[0] : span[1]]), " ".join(after[span[2] : span[3]])
        if tag == "equal":
            made.append(Piece("same", gone))
            continue
        made += [Piece("removed", gone)] if gone else []
        made += [Piece("added", come)] if come else []
    return tuple(made)


def _by_place(before: Outline, after: Outline) -> list[Pair]:
    made: list[Pair] = []
    for tag, *span in _steps([c.anchor for c in before], [c.anchor for c in after]):
        gone, come = before[span[0] : span[1]], after[span[2] : span[3]]
        if tag == "equal":
            made += [Pair(one, other) for one, other in zip(gone, come, strict=True)]
        else:
            made += [*(Pair(one, None) for one in gone), *(Pair(None, one) for one in come)]
    return made


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
