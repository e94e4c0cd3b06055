"""Stories 6.2.4.1 to 6.2.4.4: what approvers are shown to decide by, and what is remembered of their decisions."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from sandbox.slack import seed
from sandbox.walk import JONAS, MAYA, NO, WINS
from tests.world import World

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
PRIYA = seed.PRIYA
SHOWN = (
    "*From past deals:* Counter.",
    "As asked: 13 of 20 like that were won",
    "15% off: 27 of 40 like that were won",
    "keeps about EUR 19,504.80",
    "% alike, logistics: EUR 226,",
    "won in 5",
    "Practice: Up to 15% off is enough for most.",
    "13 of 20 beyond it: no clear difference. VP Sales",
    "checks before you were asked: all passed. Discounts, list prices and taxes are right; The products exist",
    "The terms follow the policy; The customer and those who sign are as in Salesforce",
    "*Risk:* low. *Law:* 2 points looked at, all met",
    "Not our standard: Payment: up to net 60 (way back: ",
    "Approve at 15% off",
)


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


def history_of(world: World, folder: Path) -> None:
    """Twenty deals much like Brightwater's at 12% off, 14 of them won, and twenty at 22%, 13 of them won."""
    rows = ["id,customer,currency,amount,won,opened_on,closed_on,industry,discount,payment_days,term_months"]
    for discount, won in ((12, 14), (22, 13)):
        for no in range(20):
            told = f"old-{discount}-{no},Somebody Ltd,EUR,{226_000 + no}.00,{'yes' if no < won else 'no'}"
            rows.append(f"{told},2025-01-0{1 + no % 9},2025-03-01,Logistics,{discount}%,60,24")
    (folder / "past.csv").write_text("\n".join(rows))
    world.run("history", "import", "--csv", str(folder / "past.csv"))
    world.settle()


@pytest.mark.story("6.2.4.1", criterion=1)
@pytest.mark.story("6.2.4.1", criterion=2)
@pytest.mark.story("6.2.4.1", criterion=3)
@pytest.mark.story("6.2.4.1", criterion=4)
@pytest.mark.story("6.2.4.1", criterion=5)
@pytest.mark.story("6.2.4.1", criterion=6)
@pytest.mark.story("6.2.4.2", criterion=1)
@pytest.mark.story("6.2.4.2", criterion=2)
@pytest.mark.story("6.2.4.2", criterion=3)
@pytest.mark.story("6.2.4.2", criterion=4)
@pytest.mark.story("6.2.4.2", criterion=5)
@pytest.mark.story("6.2.4.3", criterion=1)
@pytest.mark.story("6.2.4.3", criterion=3)
def test_who_decides_sees_the_past_what_was_checked_and_the_cheapest_way_out(world: World, tmp_path: Path) -> None:
    history_of(world, tmp_path)
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    jonas = world.person(JONAS)
    told = jonas.reads()
    for part in SHOWN:
        assert part in told, part
    assert "Somebody Ltd" not in told.partition("From past deals")[2]
    jonas.presses("approval.at")
    assert "'initial_value': '15'" in str(jonas.modal())
    assert jonas.fills(reason=NO) == {}
    assert "a yes at 15% off" in world.person(MAYA).reads("counter.take").lower()
