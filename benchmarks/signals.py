"""The rules' reader on labelled messages, beside the plain way: a search for words of agreement.

`python -m benchmarks.signals`
"""

import json
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.reasoning.closing_signal.reader import Speaker, read

EXAMPLES = Path(__file__).parents[1] / "tests" / "examples" / "signals.jsonl"
PLAIN = re.compile(r"\b(yes|agree|accept|deal|sign|approved|go ahead)\b", re.IGNORECASE)
SURE = 70


@dataclass(frozen=True, slots=True)
class Measured:
    """In words with both numbers of each ratio."""

    accuracy: str
    false_positives: str
    recall: str
    plain: str


@cache
def measured() -> Measured:
    rows: list[dict[str, Any]] = [json.loads(line) for line in EXAMPLES.read_text().splitlines()]
    truth = [row["label"] == "commit" for row in rows]
    ours = [_ours(row) for row in rows]
    plain = [bool(PLAIN.search(row["text"])) for row in rows]
    right = sum(a == b for a, b in zip(ours, truth, strict=True))
    return Measured(
        accuracy=f"{right} of {len(rows)} labelled messages ({right / len(rows):.0%}) judged rightly as a yes or not",
        false_positives=_false(ours, truth),
        recall=f"{sum(a and b for a, b in zip(ours, truth, strict=True))} of {sum(truth)} yes found",
        plain=f"a plain search for words: {_false(plain, truth)}",
    )


def _ours(row: dict[str, Any]) -> bool:
    side = {"customer": "customer", "seller": "ours"}.get(row["speaker_side"], "unknown")
    speaker = Speaker(row["speaker"]["name"], row["speaker"]["role"], "", side)  # type: ignore[arg-type]
    found = read(row["text"], (), speaker, row["channel"])
    return found.label == "commit" and found.score >= SURE


def _false(found: list[bool], truth: list[bool]) -> str:
    wrong = sum(a and not b for a, b in zip(found, truth, strict=True))
    return f"{wrong} of {truth.count(False)} messages that are no yes were taken for one"


if __name__ == "__main__":
    told = measured()
    sys.stdout.write("\n".join((told.accuracy, told.recall, told.false_positives, told.plain)) + "\n")
