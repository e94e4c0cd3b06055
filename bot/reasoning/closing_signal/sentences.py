"""A message as its own sentences with their places: what is quoted from others, and greetings of mail, is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTED = re.compile(r"^\s*(?:>|&gt;)")
WROTE = re.compile(r"^.{0,120}\b(?:wrote|schrieb)\b.{0,60}:\s*$", re.IGNORECASE)
FORWARDED = re.compile(r"^-{2,}\s*(?:original|forwarded|ursprüngliche|weitergeleitete)", re.IGNORECASE)
SUBJECT = re.compile(r"^subject:", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\w)[^.!?\n]+)*[.!?]*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """text[start:end] of the message."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Evidence]:
    """The speaker's own, in order; each stripped of the spaces around it."""
    for start, line in _own_lines(text):
        for found in SENTENCE.finditer(line):
            words = found.group()
            stripped = words.strip()
            if stripped:
                at = start + found.start() + words.index(stripped)
                yield Evidence(at, at + len(stripped), stripped)


def _own_lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if WROTE.match(line) or FORWARDED.match(line):
            return
        if not QUOTED.match(line) and not SUBJECT.match(line):
            yield at, line
        at += len(line) + 1
