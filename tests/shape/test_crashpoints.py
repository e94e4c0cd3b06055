"""Every place at which a kill is dangerous is listed, and every listed one stands in the code."""

import re
from pathlib import Path

from bot.crashpoints import POINTS

ROOT = Path(__file__).parents[2]
PASSED = re.compile(r'\b(?:crashpoint|at)\("([a-z.]+)"\)')
MUTATING = ("receive", "dispatch", "store", "lease", "call", "settle", "deadline", "project", "file", "ring")


def passed() -> set[str]:
    paths = (path for top in ("bot", "jobs", "integrations") for path in (ROOT / top).rglob("*.py"))
    return {name for path in paths for name in PASSED.findall(path.read_text())}


def test_the_list_and_the_code_name_the_same_points() -> None:
    assert passed() == set(POINTS)


def test_each_stage_of_a_change_has_one() -> None:
    assert {name.partition(".")[0] for name in POINTS} >= set(MUTATING)
