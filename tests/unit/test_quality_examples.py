"""The packages with known faults: every kind is made, and one of each part is found; the benchmark tries all."""

import json
import random  # noqa: TID251
from pathlib import Path

import pytest

from bot.questions.package_checks import checks_of
from bot.streams.deal.finding import GROUPS, Finding
from tests.examples.quality.every import FAULTS
from tests.examples.quality.packages import Draft, book, bound, draft, house

KINDS = [
    json.loads(row)
    for row in (Path(__file__).parents[1] / "examples" / "quality" / "faults.jsonl").read_text().splitlines()
]
FEW = ("discount-twice", "quantity", "days-in-form", "mail-lookalike", "unknown-written", "colour")
SEED = 4711


def found(made: Draft) -> list[Finding]:
    checks = checks_of(bound(made), book(), house())
    return [finding for check in checks for finding in check.findings if finding.severity != "notes"]


def test_every_kind_of_fault_is_made() -> None:
    assert {row["id"] for row in KINDS} == set(FAULTS)
    assert {row["criterion"] for row in KINDS} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("kind", FEW)
def test_a_fault_is_found_in_its_part_with_place_and_fix(kind: str) -> None:
    criterion = next(row["criterion"] for row in KINDS if row["id"] == kind)
    mine = [f for f in found(FAULTS[kind](random.Random(SEED))) if f.group == GROUPS[criterion - 1]]
    assert mine
    assert all(finding.place and finding.expected and finding.fix for finding in mine)


@pytest.mark.parametrize(("seed", "land", "whole"), [(1, "JP", False), (2, "DE", True), (3, "US", False)])
def test_a_right_package_raises_no_alarm(seed: int, land: str, whole: bool) -> None:
    """`whole`: with the agreements of a new customer."""
    assert found(draft(random.Random(seed), whole, land=land)) == []


def test_the_same_seed_makes_the_same_package() -> None:
    one, other = (bound(draft(random.Random(9))) for _ in range(2))
    assert one.model_dump_json() == other.model_dump_json()
