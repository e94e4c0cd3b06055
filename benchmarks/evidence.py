"""Makes docs/evidence.md: every Definition-of-Done number of the specification, measured where it can be.

`python -m benchmarks.evidence`
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.signals import measured as signals

ROOT = Path(__file__).parents[1]
DONE = ROOT / "tests" / "done.json"
PAGE = ROOT / "docs" / "evidence.md"
LOOKED_AT = ROOT / "benchmarks" / "results" / "page.json"
NOT_YET = "not measured yet"
HEAD = """# Evidence

Made by `make evidence`. Each row is a number that the specification asks for. *measured*: a machine showed it, here.
*not measured yet*: nothing is claimed. A number that falls short is printed as it is.
"""

# (story, number of the row) -> what makes the figure.
MEASURED: dict[tuple[str, int], Callable[[], str]] = {
    ("6.1.1.1", 1): lambda: f"measured, falls short: {signals().accuracy}",
    ("6.1.1.1", 3): lambda: f"measured: {signals().false_positives}",
}


def main() -> int:
    lines = [HEAD]
    done: dict[str, list[str]] = json.loads(DONE.read_text())
    for story, rows in done.items():
        lines += [f"## {story}", "", "| asked for | found |", "|---|---|"]
        for number, asked in enumerate(rows, 1):
            found = MEASURED.get((story, number))
            lines.append(f"| {asked.replace('|', '/').replace('<', '&lt;')} | {found() if found else NOT_YET} |")
        lines.append("")
    PAGE.write_text("\n".join(lines + sandbox_page()))
    total = sum(map(len, done.values()))
    sys.stdout.write(f"{len(MEASURED)} of {total} numbers measured\n")
    return 0


def sandbox_page() -> list[str]:
    """What `python -m benchmarks.page` found last; nothing when it was never asked."""
    if not LOOKED_AT.exists():
        return []
    told: dict[str, int] = json.loads(LOOKED_AT.read_text())
    rows = [
        ("from nothing to a usable page, Chromium's start included", f"{told['usable_ms']} ms"),
        (f"from a commit to the card's pixels, {told['changes']} changes",
         f"p50 {told['shown_p50_ms']} ms, p95 {told['shown_p95_ms']} ms"),
        ("the same while twenty people act", f"p95 {told['acting_p95_ms']} ms"),
        ("what the page weighs", f"{told['page_kb']} KB"),
        ("memory of the whole world, without the browser", f"{told['world_mb']} MB"),
    ]  # fmt: skip
    head = ["## The sandbox's page", "", "| asked for | found |", "|---|---|"]
    return [*head, *(f"| {asked} | measured: {found} |" for asked, found in rows), ""]


if __name__ == "__main__":
    sys.exit(main())
