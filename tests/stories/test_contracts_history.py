"""What earlier negotiations teach the next contract: the customer's own, and those of its industry."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.salesforce import seed
from sandbox.slack.seed import ELENA
from tests.played import text_of
from tests.stories.test_contracts_selection import agreed, thread
from tests.world import World

INDUSTRY = "Logistics"
WHY = f"5 of 9 customers in {INDUSTRY} objected, 4 of these signed this or less"


def metrics(world: World) -> str:
    world.looked += 1
    answer = requests.get(f"{world.town.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
    return answer.text


def told(number: int, **more: Any) -> dict[str, Any]:
    """A deal of somebody else in the industry, signed."""
    return {"account": f"001OTHER{number:010d}", "deal": f"earlier-{number}", "on": "2026-03-02", "industry": INDUSTRY,
            "signed": True, **more}  # fmt: skip


def asked(clause: str, wanted: str, given: str) -> dict[str, str]:
    return {"clause": clause, "asked": wanted, "given": given}


def remember(world: World, lines: Iterable[dict[str, Any]]) -> None:
    text = "\n".join(json.dumps(line) for line in lines)
    ran = world.town.run("contract", "remember", "--json", told=text)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["bad"] == []
    world.settle()


TOKEN = "c5d2" * 16


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[tuple[World, dict[str, str]]]:
    """Nine of the industry have signed before; the documents of the next deal, by title."""
    world = World(tmp_path_factory.mktemp("taught") / "town", seal_dir, more={"METRICS_TOKEN": TOKEN})
    wanted = asked("liability_cap", "second", "first")
    lines = [told(n, asked=[wanted, asked("warranty", "first", "preferred")]) for n in range(4)]
    lines += [told(4, asked=[asked("liability_cap", "second", "second"), asked("warranty", "first", "first")])]
    remember(world, [*lines, *(told(n) for n in range(5, 9))])
    yield world, agreed(world, {}, {})
    world.close()


@pytest.mark.story("6.1.2.1", criterion=2)
def test_what_the_customer_did_before_chooses_its_terms_and_documents_and_the_package_says_so(world: World) -> None:
    own = told(0, account=seed.ACCOUNT, asked=[asked("audit", "second", "first")], own_paper=True)
    remember(world, [{**own, "documents": ["security-exhibit"]}])
    documents = agreed(world, {}, {})
    assert "lets it inspect on site, with 30 days' notice" in documents["Master agreement"]
    assert "Security exhibit" in documents
    said = thread(world)
    assert (
        "Audit: and on site once a year, with 30 days' notice, because they signed it in their deal of 2 Mar 2026"
        in said
    )
    assert "they asked for it in their deal of 2 Mar 2026" in said
    assert "Before: own paper in 1 of 1 earlier deal" in said


@pytest.mark.story("6.1.2.2", criterion=2)
@pytest.mark.story("6.1.2.2", criterion=5)
def test_what_the_industry_objects_to_is_answered_by_the_cheapest_rung_that_was_signed(
    taught: tuple[World, dict[str, str]],
) -> None:
    world, documents = taught
    assert "the one next to it, a time of 24 months" in documents["Master agreement"]
    assert "90 days of the term" not in documents["Master agreement"]
    said = thread(world)
    assert f"Liability cap: the fees of 24 months, because {WHY}" in said
    assert f"Foreseen: Warranty, {WHY}: hold ours" in said
    assert WHY in world.person(ELENA).reads("approval.approve")


@pytest.mark.story("6.1.2.2", criterion=6)
def test_legal_alone_gets_the_reasoning_and_says_whether_it_holds(
    taught: tuple[World, dict[str, str]], tmp_path: Path
) -> None:
    world, _ = taught
    elena, files = world.person(ELENA), world.town.site.world.files.values()
    asked_of_her = elena.sees("memo.accept")
    memo = next(file for file in files if file.title == "Legal memo")
    assert {where for where, _ in memo.shares} == {asked_of_her.channel}
    world.run("contract", "memo", seed.OPPORTUNITY, "--out", str(tmp_path / "memo.pdf"))
    assert (tmp_path / "memo.pdf").read_bytes() == memo.body
    said = text_of(memo.body or b"")
    for words in (
        "INTERNAL · FOR LEGAL ONLY",
        "Deviation: Liability cap",
        "Ladder of liability cap, first fallback: Legal counsel grants it",
        f"Precedent {WHY}",
        "The fees of 24 months, for data protection 36 months (Managing director grants it, risk high)",
        "never liability without any cap",
        "BGB section 276(3)",
        "hold: as documented. If they insist: as documented, and 90 days of correction at no cost",
    ):
        assert words in said
    elena.presses("memo.amend")
    elena.fills(reason="Say which precedent.")
    assert "Elena Rossi would change the legal memo of package 1: Say which precedent." in thread(world)
    assert any("Elena Rossi asked for changes" in message.text for message in world.town.people.dm(ELENA))
    assert 'countersign_memos{answer="amended"} 1.0' in metrics(world)
