"""One gap: where it is in the playbook, what it is, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    path: tuple[str | int, ...]
    message: str
    fix: str
