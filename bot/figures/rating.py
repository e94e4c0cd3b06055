"""Which clause of the ladder a wording is, and on which rung it stands: known, below all, or for legal to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.playbook.clauses import Clause, Risk, RungKey
from bot.playbook.reading import Measure, Reading
from bot.playbook.schema import Playbook
from bot.streams.customer.negotiation import BELOW

ORDER: tuple[RungKey, ...] = ("second", "first", "preferred")
ENOUGH = 25  # letters of a rung's text, without spaces: a shorter one stands in other clauses as well
NUMBERS = {
    **{"three": "3", "five": "5", "six": "6", "ten": "10", "twelve": "12", "fourteen": "14", "fifteen": "15"},
    **{"eighteen": "18", "twenty-four": "24", "thirty": "30", "thirty-six": "36", "forty-five": "45"},
    **{"forty-eight": "48", "sixty": "60", "seventy-two": "72", "ninety": "90"},
}
_NUMBER = re.compile(rf"\b({'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b(?: ?\(\d+\))?")
_NOT_BARE = re.compile(r"[^a-z0-9%]+")

Standing = Literal["preferred", "first", "second", "below", "unread"]
UNREAD: Standing = "unread"


@dataclass(frozen=True, slots=True)
class Rating:
    """`clause` is empty for what the ladder does not have; `granted_by` a role whose yes the rung needs."""

    clause: str
    standing: Standing
    risk: Risk
    granted_by: str = ""


def rate(ours: str, theirs: str, playbook: Playbook) -> Rating:
    """Of a changed clause; `theirs` is empty when they took it out, `ours` when they added it. A change that leaves the
    rung where it was changes something else: what that is, legal reads."""
    clause = topic(ours, playbook) or topic(theirs, playbook)
    if clause is None:
        return Rating("", UNREAD, "medium")
    standing = standing_of(theirs, ours, clause, playbook) if theirs else UNREAD
    if ours and standing == standing_of(ours, ours, clause, playbook):
        standing = UNREAD
    rung = clause.rung(standing)
    if rung is None:
        return Rating(clause.key, standing, "high" if standing == BELOW else "medium")
    return Rating(clause.key, standing, rung.risk, rung.granted_by or "")


def topic(text: str, playbook: Playbook) -> Clause | None:
    """By the words of one of its rungs; else by what it is about."""
    if not text:
        return None
    exact = [(len(bare(r.text)), c) for c in playbook.clauses for r in c.rungs if _holds(text, r.text)]
    if exact:
        return max(exact, key=lambda each: each[0])[1]
    said = said_as(text)
    about = next((each.clause for each in playbook.reading if _any(each.about, said)), "")
    return next((clause for clause in playbook.clauses if clause.key == about), None)


def standing_of(theirs: str, ours: str, clause: Clause, playbook: Playbook) -> Standing:
    """The words of a rung hold as they are, when nothing else of the clause changed; any other wording is read by the
    playbook's patterns."""
    rung = next((rung for rung in clause.rungs if _around(theirs, rung.text) == _around_any(ours, clause)), None)
    if rung is not None and _holds(theirs, rung.text):
        return rung.key
    reading = next((each for each in playbook.reading if each.clause == clause.key), None)
    return _read(said_as(theirs), clause, reading) if reading else UNREAD


def _around(text: str, rung: str) -> str:
    """What stands beside the rung's words."""
    return bare(text).replace(bare(rung), "", 1)


def _around_any(ours: str, clause: Clause) -> str:
    held = next((rung.text for rung in clause.rungs if _holds(ours, rung.text)), "")
    return _around(ours, held) if held else ""


def _read(said: str, clause: Clause, reading: Reading) -> Standing:
    if _any(reading.never, said):
        return "below"
    for key in ORDER:
        if clause.rung(key) is not None and _any(reading.rungs.get(key, ()), said):
            return key
    return _measured(said, reading.measure) if reading.measure else UNREAD


def _measured(said: str, measure: Measure) -> Standing:
    """The number that is worst for us."""
    numbers = [int(number) for number in re.findall(measure.pattern, said)]
    if not numbers:
        return UNREAD
    return measure.rung(max(numbers) if measure.more_is_worse else min(numbers)) or "below"


def bare(text: str) -> str:
    return _NOT_BARE.sub("", text.casefold())


def _holds(text: str, rung: str) -> bool:
    return len(bare(rung)) > ENOUGH and bare(rung) in bare(text)


def said_as(text: str) -> str:
    """Lower case, one space between words, number words as digits."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    return _NUMBER.sub(lambda found: NUMBERS[found[1]], plain)


def _any(patterns: Iterable[str], said: str) -> bool:
    return any(re.search(pattern, said) for pattern in patterns)
