"""Stories 6.2.4.1 to 6.2.4.4: what approvers are shown to decide by, and what is remembered of their decisions."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from sandbox.slack import seed
from sandbox.walk import JONAS, NO, WINS
from tests.world import World

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
PRIYA = seed.PRIYA


@pytest.fixture
def asked(world: World) -> World:
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    return world


def checked(export: Path, report: Path, key: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-I", str(TOOL), str(export), "--public-key", key, "--report", str(report), "--json"]
    return subprocess.run(line, env={}, capture_output=True, text=True, check=False, timeout=60)


def report_of(world: World, pdf: Path) -> str:
    told = world.run("audit", "report", "--from", "2026-11-01", "--to", "2026-12-31", "--pdf", str(pdf))
    assert "Nobody decides what she asked for herself: 2 tested, 0 exceptions" in told
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def card_of(world: World, row: dict[str, Any]) -> dict[str, Any]:
    """As it was put before who decided."""
    told: dict[str, Any] = json.loads(world.run("audit", "card", row["deal"], row["card"]))
    return told


@pytest.mark.story("6.2.4.4", criterion=4)
@pytest.mark.story("6.2.4.4", criterion=6)
@pytest.mark.story("6.2.4.2", criterion=6)
def test_decisions_are_found_again_and_an_auditor_checks_a_report_of_them_without_us(
    asked: World, tmp_path: Path
) -> None:
    asked.walk.reject()
    asked.person(PRIYA).presses("approval.approve")
    found = asked.person(JONAS).types("/deal find volume carries", WINS)
    assert "Brightwater Freight, Discount: Jonas Weber said no" in found
    assert "said no" not in asked.person(seed.NOOR).types("/deal find volume carries", WINS)
    pdf, export, rows = (tmp_path / name for name in ("q4.pdf", "q4.ledger", "q4.json"))
    words = report_of(asked, pdf)
    for part in ("Separation of duties", "rejected by Jonas Weber", NO, "every chain of the ledger is whole"):
        assert part in words
    asked.run("ledger", "export", str(export))
    key = asked.run("ledger", "public-key").strip()
    assert checked(export, rows, key).returncode == 0
    report = json.loads(rows.read_text())
    first, second = report["rows"]
    assert card_of(asked, first)["text"].startswith("Your approval, please: 22% off for Brightwater Freight?")
    assert "margin 61.2%" in json.dumps(card_of(asked, first)["blocks"])
    rows.write_text(json.dumps(report | {"rows": [second]}))
    short = checked(export, rows, key)
    assert (short.returncode, "the report leaves it out" in short.stdout) == (1, True)
