"""What earlier negotiations teach the next contract: the customer's own, and those of its industry."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from sandbox.salesforce import seed
from sandbox.slack.seed import ELENA
from tests.stories.test_contracts_selection import agreed, thread
from tests.world import World

INDUSTRY = "Logistics"


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
def test_what_the_industry_objects_to_is_answered_by_the_cheapest_rung_that_was_signed(world: World) -> None:
    wanted = asked("liability_cap", "second", "first")
    lines = [told(n, asked=[wanted, asked("warranty", "first", "preferred")]) for n in range(4)]
    lines += [told(4, asked=[asked("liability_cap", "second", "second"), asked("warranty", "first", "first")])]
    lines += [told(n) for n in range(5, 9)]
    remember(world, lines)
    agreement = agreed(world, {}, {})["Master agreement"]
    assert "the one next to it, a time of 24 months" in agreement
    assert "90 days of the term" not in agreement
    said = thread(world)
    why = f"5 of 9 customers in {INDUSTRY} objected, 4 of these signed this or less"
    assert f"Liability cap: the fees of 24 months, because {why}" in said
    assert f"Foreseen: Warranty, {why}: hold ours" in said
    assert why in world.person(ELENA).reads()
