"""Text that came from outside, made fit to be set: nothing in it is markup, nothing turns the line around."""

import re
from unicodedata import category, normalize

NBSP = "\u00a0"
# Neither font has the non-breaking hyphen, and the serif lacks the narrow space.
_SWAPS = str.maketrans({"\u2011": "-", "\u202f": NBSP, "\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "})
# Controls, direction marks, halves of pairs, private and unassigned letters.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TIED_BEFORE = re.compile(r"\b([Cc]lauses?|[Aa]rticles?|Art\.|Annex|Schedule) (?=\d)")
_TIED_AFTER = re.compile(r"(?<=[\d\ue001]) (?=(?:days?|months?|hours?|years?)\b)")
_LAST_WORD = re.compile(r" (\S{1,7})$")


def clean(text: str) -> str:
    """One line, composed letters, no letter that is not seen."""
    shown = (c for c in normalize("NFC", text.translate(_SWAPS)) if category(c) not in _DROPPED)
    return " ".join(filter(None, "".join(shown).split(" "))).strip()


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def letters(text: str) -> str:
    """A value as paragraph markup."""
    return escape(clean(text))


def tie(text: str) -> str:
    """Of our own wording: what belongs together stays on one line, and no short word stands on a line alone."""
    tied = _TIED_AFTER.sub(NBSP, _TIED_BEFORE.sub(rf"\1{NBSP}", text.replace("'", "’")))
    return _LAST_WORD.sub(rf"{NBSP}\1", tied)


def plain(text: str) -> str:
    """For comparison: as `clean` makes it, with every run of spaces one space."""
    return " ".join(clean(text).split())


def squeezed(text: str) -> str:
    """For comparison where a line may break anywhere: without any space."""
    return "".join(clean(text).split())
