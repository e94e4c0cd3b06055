"""Makes docs/evidence.md: every Definition-of-Done number of the specification, measured where it can be.

`python -m benchmarks.evidence`
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import kernel_rows as kernel
from benchmarks import results
from benchmarks import simulated_rows as simulated
from benchmarks.signals import measured as signals

ROOT = Path(__file__).parents[1]
DONE = ROOT / "tests" / "done.json"
PAGE = ROOT / "docs" / "evidence.md"
NOT_YET = "not measured yet"
HEAD = """# Evidence

Made by `make evidence`. Each row is a number that the specification asks for. *measured*: a machine showed it, here.
*simulated*: a seeded company of our own showed it, by the product's own rules; what was assumed stands below.
*not measured yet*: nothing is claimed. A number that falls short is printed as it is.
"""

# (story, number of the row) -> what makes the figure.
MEASURED: dict[tuple[str, int], Callable[[], str]] = {
    ("6.1.1.1", 1): lambda: f"measured, falls short: {signals().accuracy}",
    ("6.1.1.1", 2): lambda: waited("yes to signal card"),
    ("6.1.1.1", 3): lambda: f"measured: {signals().false_positives}",
    ("6.1.1.2", 2): lambda: waited("yes to package in the thread"),
    ("6.1.1.3", 1): lambda: waited("yes to both approvers' requests", "last signature to the handoff's offer"),
    ("6.1.2.1", 1): lambda: told(
        "selection",
        "{documents_right} of {deals} deals get the documents, {law_right} the law, that a judge chose who saw the "
        "policy alone; at first {documents_right_at_first} and {law_right_at_first}; no second set",
    ),
    ("6.1.2.1", 2): lambda: waited("yes to package in the thread"),
    ("6.1.2.1", 4): lambda: told("documents", "{lost} of {compared} random pairs of versions lost by a comparison"),
    ("6.1.3.1", 1): lambda: checked("caught", "faulty", "packages with one known fault each caught"),
    ("6.1.3.1", 2): lambda: f"{waited('yes to package in the thread')}; {checks_took()}",
    ("6.1.3.1", 3): lambda: checked("alarms", "clean", "right packages with an alarm"),
    ("6.1.3.1", 4): lambda: checked("brand_caught", "brand_faulty", "packages with a fault of the brand caught"),
    ("6.1.2.2", 4): lambda: told(
        "conflicts",
        "{planted_found} of {planted} planted conflicts found, {clean_blamed} of {clean} clean packages blamed; "
        "at first, before the misses were read, {planted_found_at_first} and {clean_blamed_at_first}; no second set",
    ),
    ("6.1.3.4", 1): lambda: told("documents", "{lost} of {compared} random pairs of versions lost by a comparison"),
    ("6.1.3.4", 2): lambda: told(
        "documents", "a page p95 {page_p95_ms} ms, its PDF {pdf_p95_ms} ms, a picture of it {picture_p95_ms} ms"
    ),
    ("6.1.3.4", 3): lambda: told("documents", "{admitted} of {attempts} forged, cut or misled links let in"),
    ("6.1.3.4", 4): lambda: told(
        "documents", "{synced} of {asked} documents in Salesforce exactly once, with a fault on every third call"
    ),
    ("6.2.1.1", 2): lambda: waited("yes to both approvers' requests"),
    ("6.2.1.2", 1): lambda: (
        told(
            "plans",
            "simulated, one seed: {less_than_one_after_the_other_percent}% less time than the same people one after "
            "the other; a plan p95 {plan_p95_ms} ms",
        )
        + f"; {simulated.time_saved()}"
    ),
    ("6.2.1.2", 2): lambda: told(
        "plans",
        "simulated: {side_by_side_where_several_percent}% of the plans that need several have steps side by side",
    ),
    ("6.2.1.3", 1): simulated.foreseen,
    ("6.2.1.4", 1): simulated.while_away,
    ("6.2.3.1", 1): lambda: simulated.chances("day", "twenty-four hours", 80),
    ("6.2.3.1", 4): lambda: simulated.chances("due", "its own deadline", 85),
    ("6.2.1.2", 3): lambda: told("plans", "simulated: {stuck} of {deals} plans have nobody to ask"),
}


def told(name: str, words: str) -> str:
    """What `python -m benchmarks.NAME` found last."""
    found = results.found(name)
    return f"measured: {words.format(**found)}" if found is not None else NOT_YET


def waited(*stages: str) -> str:
    """What people waited for these stages when `python -m benchmarks.walked` looked last."""
    found = results.found("walked")
    if found is None:
        return NOT_YET
    said = [f"{stage}: p50 {_s(found[stage]['p50_ms'])}, p95 {_s(found[stage]['p95_ms'])}" for stage in stages]
    return f"measured, {found[stages[0]]['number']} deals: {'; '.join(said)}"


def checked(count: str, of: str, words: str) -> str:
    """As `python -m benchmarks.quality` found last."""
    found = results.found("quality")
    if found is None:
        return NOT_YET
    share = 100 * found[count] / found[of]
    return f"measured on generated packages: {found[count]} of {found[of]} {words} ({share:.1f}%)"


def checks_took() -> str:
    found = results.found("quality")
    return f"checks of data and text p95 {found['p95_ms']} ms" if found else "checks not measured yet"


def _s(ms: float) -> str:
    return f"{ms / 1000:.1f} s"


def main() -> int:
    lines, measured = [HEAD], 0
    done: dict[str, list[str]] = json.loads(DONE.read_text())
    for story, rows in done.items():
        lines += [f"## {story}", "", "| asked for | found |", "|---|---|"]
        for number, asked in enumerate(rows, 1):
            found = MEASURED.get((story, number), lambda: NOT_YET)()
            measured += found != NOT_YET
            lines.append(f"| {asked.replace('|', '/').replace('<', '&lt;')} | {found} |")
        lines.append("")
    PAGE.write_text("\n".join(lines + kernel.rows() + simulated.rows() + sandbox_page()))
    total = sum(map(len, done.values()))
    sys.stdout.write(f"{measured} of {total} numbers measured\n")
    return 0


def sandbox_page() -> list[str]:
    """What `python -m benchmarks.page` found last; nothing when it was never asked."""
    found = results.found("page")
    if found is None:
        return []
    rows = [
        ("from nothing to a usable page, Chromium's start included", f"{found['usable_ms']} ms"),
        (f"from a commit to the card's pixels, {found['changes']} changes",
         f"p50 {found['shown_p50_ms']} ms, p95 {found['shown_p95_ms']} ms"),
        ("the same while twenty people act", f"p95 {found['acting_p95_ms']} ms"),
        ("what the page weighs", f"{found['page_kb']} KB"),
        ("memory of the whole world, without the browser", f"{found['world_mb']} MB"),
    ]  # fmt: skip
    head = ["## The sandbox's page", "", "| asked for | found |", "|---|---|"]
    return [*head, *(f"| {asked} | measured: {said} |" for asked, said in rows), ""]


if __name__ == "__main__":
    sys.exit(main())
