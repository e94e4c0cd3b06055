"""A contract as its numbered clauses, and two of them compared clause by clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

CLAUSE = re.compile(r"(?P<number>\d{1,2}\.\d{1,2})(?:\s+(?P<text>.*))?")
ARTICLE = re.compile(r"(?P<number>\d{1,2}) (?P<text>[A-Z][^.;:]{0,70})")
END = re.compile(r"(?:Signatures?|Signed by both parties)\b.{0,60}", re.IGNORECASE)
LEAP = 3  # clauses that may be missing between two, without the next number being a mere reference at a line's start
AKIN, ALIKE = 0.2, 0.55  # of the words: of a clause at its place, and of one that is moved and changed at once
MOST_PASSAGES = 600
MOST_WORDS = 3_000  # of a clause that is compared word by word
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Passage:
    """`number` is empty for what stands before the first clause."""

    number: str
    text: str

    @property
    def bare(self) -> str:
        """For comparison: no spaces, no difference between kinds of quotes and dashes."""
        return "".join(self.text.translate(_SAME).split())


@dataclass(frozen=True, slots=True)
class Difference:
    kind: Kind
    number: str
    ours: str
    theirs: str


def passages(lines: Iterable[str]) -> tuple[Passage, ...]:
    """By the numbers that stand at the start of lines and go up; what follows the last clause's end is left out."""
    found: list[tuple[str, list[str]]] = [("", [])]
    last = (0, 0)
    for line in lines:
        if last > (0, 0) and END.fullmatch(line):
            break
        if (heading := ARTICLE.fullmatch(line)) and int(heading["number"]) == last[0] + 1:
            last = (int(heading["number"]), 0)
        elif (clause := CLAUSE.fullmatch(line)) and _follows(last, clause["number"]):
            last = _pair(clause["number"])
            found.append((clause["number"], [clause["text"] or ""]))
        else:
            found[-1][1].append(line)
    return tuple(Passage(number, " ".join(filter(None, texts))) for number, texts in found)


def differences(ours: Iterable[Passage], theirs: Iterable[Passage]) -> tuple[Difference, ...]:
    """In our order, what they added at its end. A clause that only has another number is no difference."""
    mine, others = list(ours), list(theirs)
    same = {passage.bare for passage in mine} & {passage.bare for passage in others}
    left = [passage for passage in mine if passage.bare not in same]
    new = [passage for passage in others if passage.bare not in same]
    pairs = _pairs(left, new)
    taken = {id(their) for _, their in pairs}
    changed = (_difference(our, their) for our, their in pairs)
    added = (Difference("added", their.number, "", their.text) for their in new if id(their) not in taken)
    return (*(each for each in changed if each.ours or each.theirs), *(each for each in added if each.theirs))


def words(ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    """What was taken out and what came in, piece by piece; a clause as a whole when it is very long."""
    old, new = ours.split(), theirs.split()
    if len(old) + len(new) > MOST_WORDS:
        return ((ours, theirs),)
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return tuple((" ".join(old[a:b]), " ".join(new[c:d])) for step, a, b, c, d in steps if step != "equal")


def _difference(our: Passage, their: Passage | None) -> Difference:
    if their is None:
        return Difference("removed", our.number, our.text, "")
    return Difference("changed", our.number, our.text, their.text)


def _pairs(left: list[Passage], new: list[Passage]) -> list[tuple[Passage, Passage | None]]:
    """The same number first, when the words are akin; then the most alike of those that nobody has; then the same
    number after all: a clause that was written anew."""
    free = list(new)
    pairs: dict[int, Passage] = {}
    for partner in (_akin, _most_alike, _at_its_place):
        for at, our in enumerate(left):
            if at not in pairs and (found := partner(our, free)) is not None:
                pairs[at] = found
                free.remove(found)
    return [(our, pairs.get(at)) for at, our in enumerate(left)]


def _akin(our: Passage, free: list[Passage]) -> Passage | None:
    found = _at_its_place(our, free)
    return found if found is not None and _alike(our, found) > AKIN else None


def _most_alike(our: Passage, free: list[Passage]) -> Passage | None:
    best = max(free, key=lambda each: _alike(our, each), default=None)
    return best if best is not None and _alike(our, best) >= ALIKE else None


def _at_its_place(our: Passage, free: list[Passage]) -> Passage | None:
    return next((each for each in free if each.number == our.number), None)


def _alike(one: Passage, other: Passage) -> float:
    """The share of words that both have."""
    mine, others = _vocabulary(one.text), _vocabulary(other.text)
    return 2 * len(mine & others) / (len(mine) + len(others)) if mine or others else 1.0


@lru_cache(maxsize=2 * MOST_PASSAGES)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def _follows(last: tuple[int, int], number: str) -> bool:
    major, minor = _pair(number)
    if last == (0, 0):
        return minor == 1
    if major == last[0]:
        return last[1] < minor <= last[1] + LEAP
    return last[0] < major <= last[0] + 2 and 1 <= minor <= LEAP - 1


def _pair(number: str) -> tuple[int, int]:
    major, _, minor = number.partition(".")
    return int(major), int(minor)
