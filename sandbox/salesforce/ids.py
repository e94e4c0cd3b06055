"""Record ids: a prefix for the object, fifteen characters, and three that check their case."""

import re

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
INSTANCE = "Hn0000"
FIRST = 62**4
ID = re.compile(r"[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?", re.ASCII)


def checksum(id15: str) -> str:
    """One letter for each block of five: bit i says that character i is a capital."""
    blocks = (id15[start : start + 5] for start in (0, 5, 10))
    return "".join(CHECKS[sum(1 << i for i, c in enumerate(block) if "A" <= c <= "Z")] for block in blocks)


def full(id15: str) -> str:
    return id15 + checksum(id15)


def key(record_id: str) -> str:
    """What two ways to write one id have in common."""
    return record_id[:15]


def well_formed(record_id: str) -> bool:
    return ID.fullmatch(record_id) is not None


def _base62(number: int) -> str:
    digits = ""
    for _ in range(6):
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits


class Ids:
    """Deterministic: the same calls give the same ids."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        number = self._last.get(prefix, FIRST) + 1
        self._last[prefix] = number
        return full(prefix + INSTANCE + _base62(number * 37))
