"""Stories 6.1.2.4 and 6.1.3.4: papers for each kind of reader, all documents agreeing, and what becomes of them."""

import pytest

from sandbox.walk import CHANNEL, readable
from tests.played import text_of
from tests.world import World

TITLES = {"Executive summary", "Technical appendix", "Legal summary", "Talking points"}


def agreed(world: World) -> dict[str, str]:
    """Title -> text of what lies in the deal's thread once the customer has said yes."""
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    world.looked += 1
    files = [f for f in world.town.site.world.files.values() if f.body]
    return {file.title: text_of(file.body or b"") for file in files}


def thread(world: World) -> str:
    world.looked += 1
    return "\n".join(line for m in world.walk.thread() for line in [m.text, *readable(m)])


@pytest.mark.story("6.1.2.4", criterion=1)
def test_who_decides_gets_one_page_with_cost_return_and_sources(world: World) -> None:
    said = agreed(world)["Executive summary"]
    # 22% off: EUR 226,839.20; 240 seats x (36.00 x 21 + 14.00 x 22) + 60 vehicles x 48.00 x 22 = 318,720.00
    for words in ("226,839.20", "318,720.00", "91,880.80", "40.5% of the cost", "Cost and return", "What this assumes"):
        assert words in said
    assert "Larkspur customer study, June 2026, table 2: median of 41 fleets" in said
    assert "Page 1 of 1" in said


@pytest.mark.story("6.1.2.4", criterion=2)
def test_it_and_security_get_products_connections_hosting_and_protection(world: World) -> None:
    said = agreed(world)["Technical appendix"]
    for words in ("240 seats", "REST API 2026-04", "SAML 2.0", "Frankfurt am Main, Germany", "AES-256", "35 days"):
        assert words in said


@pytest.mark.story("6.1.2.4", criterion=3)
def test_procurement_and_legal_get_the_clauses_in_plain_words_and_what_differs(world: World) -> None:
    said = agreed(world)["Legal summary"]
    assert "Payment 60 days from the invoice date 30 days from the invoice date" in said
    assert "clause 9.2 MSA-2026-" in said
    assert "Governed by the laws of Germany" in said


@pytest.mark.story("6.1.2.4", criterion=4)
def test_all_documents_are_read_again_and_say_what_was_agreed(world: World) -> None:
    found = agreed(world)
    assert set(found) >= TITLES | {"Quote", "Order form", "Master agreement"}
    assert "say what was agreed: amounts, dates, terms, names and numbers" in thread(world)
    for title in ("Quote", "Order form", "Executive summary"):
        assert "226,839.20" in found[title]
    for title in ("Order form", "Master agreement", "Legal summary", "Talking points"):
        assert "60 days from the invoice date" in found[title]


@pytest.mark.story("6.1.2.4", criterion=5)
def test_the_rep_gets_statements_with_evidence_and_answers_for_each_person(world: World) -> None:
    said = agreed(world)["Talking points"]
    for words in ("Clara Vogt, Chief operating officer", "Henrik Brandt, Chief financial officer"):
        assert words in said
    assert said.count("What shows it") == said.count("They may say") == 2
    assert "INTERNAL · NOT FOR THE CUSTOMER" in said
    told = thread(world)
    assert "For us alone, not for the customer" in told
    assert "Talking points, TP-2026-" in told.partition("For us alone")[2]
    ours = world.town.site.world.channel_named(CHANNEL)
    assert ours is not None
    assert {where for f in world.town.site.world.files.values() for where, _ in f.shares} == {ours.id}
