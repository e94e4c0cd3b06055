"""One thing wrong with a block or view, where the JSON pointer says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    pointer: str
    text: str

    def __str__(self) -> str:
        return f"[ERROR] {self.text} [json-pointer:{self.pointer}]"
