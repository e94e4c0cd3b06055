"""Twelve steps from the yes to the win, each by the page's own button."""

from pathlib import Path

import pytest
from PIL import Image

from sandbox.page.stage import Stage
from sandbox.walk import WINS
from tests.browser.conftest import Visitor
from tests.browser.walking import pictures

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("browser")]


def test_the_tour_goes_from_the_yes_to_the_win(visitor: Visitor, stage: Stage, tmp_path: Path) -> None:
    pictures(visitor, stage, tmp_path)
    won = [row for row in stage.town.org.records("Opportunity") if row["Name"].startswith("Brightwater")]
    assert won[0]["StageName"] == "Closed Won"
    assert any("Welcome, Brightwater Freight!" in str(m.blocks) for m in stage.town.people.messages(WINS))
    taken = sorted(tmp_path.glob("*.png"))
    assert [path.stem for path in taken] == ["books", "desk", "night", "phone", "signing"]
    assert [path.stem for path in taken if _plain(path)] == []


def _plain(path: Path) -> bool:
    """Nearly all of one tone: nothing was drawn."""
    with Image.open(path) as picture:
        return max(picture.convert("L").histogram()) > 0.97 * picture.width * picture.height
