"""Which acceptance criteria are shown by a passing test: collected while pytest runs, then made a page.

A plugin for pytest, and a command: `python -m tests.stories_report [--check]`.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import pytest

ROOT = Path(__file__).parents[1]
CRITERIA = ROOT / "tests" / "criteria.json"
SHOWN = ROOT / "docs" / "stories.json"
PAGE = ROOT / "docs" / "stories.md"
DONE = ROOT / "tests" / "finished.json"
CLAIM = "story"
FINISHED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)

Shown = dict[str, dict[str, list[str]]]
"""Story -> criterion -> tests."""


class Story(TypedDict):
    title: str
    criteria: list[str]


def criteria() -> dict[str, Story]:
    found: dict[str, Story] = json.loads(CRITERIA.read_text())
    return found


def shown() -> Shown:
    found: Shown = json.loads(SHOWN.read_text()) if SHOWN.exists() else {}
    return found


@dataclass(eq=False)  # pytest keeps its plugins in a set
class Collector:
    """A test with parameters shows its criterion when all of them pass. Claims travel with each test's report, so
    that the one process that writes the page hears them of all processes that run tests."""

    claims: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    outcomes: dict[str, set[str]] = field(default_factory=dict)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        known = criteria()
        for item in items:
            for marker in item.iter_markers("story"):
                claim = claimed(*marker.args, **marker.kwargs)
                if claim[0] not in known or not 1 <= int(claim[1]) <= len(known[claim[0]]["criteria"]):
                    raise pytest.UsageError(f"{item.nodeid}: there is no criterion {claim[1]} of {claim[0]}")
                item.user_properties.append((CLAIM, " ".join(claim)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = plain(report.nodeid)
        for name, value in report.user_properties:
            if name == CLAIM:
                story, _, criterion = str(value).partition(" ")
                self.claims.setdefault(test, set()).add((story, criterion))
        if report.when == "call" or report.outcome != "passed":
            self.outcomes.setdefault(test, set()).add(report.outcome)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if whole(session) and exitstatus in FINISHED:
            SHOWN.parent.mkdir(exist_ok=True)
            SHOWN.write_text(json.dumps(self.found(shown()), indent=1) + "\n")

    def found(self, before: Shown) -> Shown:
        """A test that this machine had to skip keeps what an earlier run said of it."""
        kept: Shown = {}
        for test, claims in sorted(self.claims.items()):
            for story, criterion in sorted(claims):
                was = test in before.get(story, {}).get(criterion, [])
                if self.outcomes.get(test) == {"passed"} or (was and self._only_skipped(test)):
                    kept.setdefault(story, {}).setdefault(criterion, []).append(test)
        return {story: dict(sorted(kept[story].items())) for story in sorted(kept)}

    def _only_skipped(self, test: str) -> bool:
        outcomes = self.outcomes.get(test, set())
        return "skipped" in outcomes and "failed" not in outcomes


def whole(session: pytest.Session) -> bool:
    """Every test was to run, and this is the process that hears of all."""
    config = session.config
    part = (
        config.option.keyword or config.option.markexpr or config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    )
    stopped = session.shouldstop or session.shouldfail or config.option.collectonly
    return not (part or stopped or hasattr(config, "workerinput"))


def claimed(id: str, criterion: int) -> tuple[str, str]:
    return id, str(criterion)


def plain(nodeid: str) -> str:
    return nodeid.partition("[")[0]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Collector(), "stories")


def render(stories: dict[str, Story], shown: Shown) -> str:
    told = sum(len(by) for by in shown.values())
    total = sum(len(story["criteria"]) for story in stories.values())
    lines = [
        "# Stories",
        "",
        "Made from the last whole test run by `make stories`. A criterion counts when a test that enters through an",
        "outside door, and looks at the outside, passes.",
        "",
        f"{told} of {total} criteria are shown, in {len(shown)} of {len(stories)} stories.",
    ]
    for id, story in stories.items():
        lines += ["", f"## {id} {story['title']}", "", "| | Criterion | Shown by |", "|---|---|---|"]
        for number, words in enumerate(story["criteria"], 1):
            tests = shown.get(id, {}).get(str(number), [])
            lines.append(f"| {number} | {_cell(words)} | {_links(tests)} |")
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;")


def _links(tests: Iterable[str]) -> str:
    named = (nodeid.partition("::") for nodeid in tests)
    links = [f"[{name.removeprefix('test_').replace('_', ' ')}](../{path})" for path, _, name in named]
    return "<br>".join(links) or "not yet"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.stories_report", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the page is current")
    check = parser.parse_args(arguments).check
    page, lost = render(criteria(), shown()), unshown(finished(), shown())
    if not check:
        PAGE.write_text(page)
        return 0
    current = PAGE.exists() and PAGE.read_text() == page
    sys.stdout.write(f"{PAGE.name} is {'current' if current else 'stale: run `make stories` and commit it'}\n")
    sys.stdout.writelines(f"no passing test shows criterion {criterion} of {story}\n" for story, criterion in lost)
    return 0 if current and not lost else 1


def finished() -> dict[str, list[int]]:
    """Story -> criteria of the issues that are finished: each must have a passing test."""
    found: dict[str, list[int]] = json.loads(DONE.read_text())
    return found


def unshown(finished: dict[str, list[int]], shown: Shown) -> list[tuple[str, int]]:
    owed = [(story, criterion) for story, criteria in finished.items() for criterion in criteria]
    return [(story, criterion) for story, criterion in owed if str(criterion) not in shown.get(story, {})]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
