"""Story 6.1.2.3: what a deal costs, whose yes it needs, and which offers are worth making."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sandbox.salesforce.seed import TWO_YEARS
from sandbox.slack.entities import Message
from sandbox.walk import CLARA, MAYA, OPPORTUNITY, SHARED, TOM, WINS, readable
from tests.played import Played, text_of
from tests.world import World

DEAL: dict[str, Any] = {
    "currency": "EUR",
    "months": 24,
    "starts_on": "2026-12-01",
    "offered_on": "2026-11-17",
    "country": "DE",
    "credit_limit": "400000",
    "credit_checked_on": "2026-11-01",
    "credit_rating": "A",
    "lines": [{"code": "FLEET", "quantity": 240, "discount": 1000}, {"code": "ONBOARD", "quantity": 1}],
}


def told(played: Played, what: str, deal: object, *words: str) -> tuple[int, str, str]:
    text = deal if isinstance(deal, str) else json.dumps(deal)
    ran = played.town.run("quote", what, *words, told=text)
    return ran.returncode, ran.stdout, ran.stderr


def test_the_command_prices_a_deal_to_the_cent(played: Played) -> None:
    code, out, _ = told(played, "price", DEAL, "--json")
    quote = json.loads(out)
    assert (code, quote["total"]["minor"]) == (0, 240 * 24 * 4200 * 9 // 10 + 950000)
    code, out, _ = told(played, "price", DEAL)
    assert "Total EUR 227,228.00, before tax" in out and "margin" in out


def test_a_customers_quote_tells_neither_cost_nor_margin_nor_floor(played: Played) -> None:
    for words in (("--customer",), ("--customer", "--json")):
        code, out, _ = told(played, "price", DEAL, *words)
        assert code == 0 and "227,228.00" in out
        assert not any(word in out.casefold() for word in ("margin", "cost", "floor", "arr "))


def test_the_check_says_whose_yes_is_needed_and_ends_accordingly(played: Played) -> None:
    code, out, _ = told(played, "check", DEAL, "--json")
    assert (code, json.loads(out)) == (0, {"ready": True, "findings": [], "approvals": []})
    deep = {**DEAL, "payment_days": 60, "lines": [{"code": "FLEET", "quantity": 240, "discount": 4600}]}
    code, out, _ = told(played, "check", deep, "--json")
    answer = json.loads(out)
    assert code == 1 and not answer["ready"]
    assert [need["rule"] for need in answer["approvals"]] == [
        "discount-director",
        "payment-finance",
        "margin-director",
        "floor-director",
    ]
    assert {found["field"] for found in answer["findings"]} == {"FLEET", "margin"}


@pytest.mark.parametrize(
    ("deal", "field"),
    [
        ("{", "the whole"),
        ({**DEAL, "currency": "euro"}, "currency"),
        ({**DEAL, "lines": [{"code": "FLEET", "quantity": 0}]}, "lines.0.quantity"),
        ({**DEAL, "lines": [{"code": "WINGS", "quantity": 1}]}, "WINGS"),
        ({**DEAL, "discuont": 1}, "discuont"),
        ({**DEAL, "asked_by": "king"}, "asked_by"),
    ],
)
def test_what_cannot_be_priced_names_field_expectation_and_fix(played: Played, deal: object, field: str) -> None:
    code, out, _ = told(played, "check", deal, "--json")
    (error,) = json.loads(out)["errors"]
    assert (code, error["field"]) == (2, field)
    assert error["expected"] and error["fix"]
    code, out, err = told(played, "check", deal)
    assert (code, out) == (2, "") and field in err and "Fix: " in err


def test_the_schema_is_printed(played: Played) -> None:
    for name, needs in (("quote", "starts_on"), ("quote-priced", "margin"), ("quote-customer", "ends_on")):
        ran = played.town.run("schema", name)
        assert ran.returncode == 0 and needs in json.loads(ran.stdout)["properties"]


@pytest.fixture
def rival(tmp_path: Path, seal_dir: Path) -> Iterator[World]:
    """The example deal beside two years of closed ones, with a competitor, and time until the decision."""
    made = World(tmp_path / "town", seal_dir, past=TWO_YEARS)
    org = made.town.org
    for row in org.records("OpportunityLineItem"):
        if row["OpportunityId"] == OPPORTUNITY and row["Discount"]:
            org.update("OpportunityLineItem", row["Id"], {"Discount": "12"})
    told = {"Main_Competitor__c": "Routewise", "CloseDate": "2027-01-31", "Payment_Days__c": 30}
    org.update("Opportunity", OPPORTUNITY, told)
    made.walk.negotiate()
    made.walk.agree()
    yield made
    made.close()
    made.told()


def offers(world: World, words: str = "") -> tuple[Message, str]:
    """The newest card of offers in the deal's thread, after Maya asked for it."""
    answer = world.person(MAYA).types(f"/deal quote {words}".strip())
    assert "come in the thread" in answer
    found = [m for m in world.walk.thread() if " offers. " in m.text][-1]
    world.looked += 1
    return found, "\n".join([found.text, *readable(found)])


def part(text: str, title: str) -> str:
    """Of the card, from that title to the next one."""
    return text.partition(f"*{title}:*")[2].partition("\n*")[0]


def choose(world: World, card: Message, offer: str) -> None:
    block = next(b for b in card.blocks if f'"about":"{offer}"' in str(b.get("block_id")))
    world.town.people.press(MAYA, card.channel, card.ts, "offer.choose", block_id=block["block_id"])
    world.settle()


@pytest.mark.story("6.1.2.3", criterion=1)
def test_the_competitor_and_their_pressure_shape_the_discount(rival: World) -> None:
    _, calm = offers(rival)
    assert "Against Routewise: 26% won (19 of 73), of all deals 49%." in calm
    best = part(calm, "The price that earns most")
    assert "other discounts against Routewise" in best and "is expected to earn most: EUR" in best
    assert "0% is expected" in best
    _, pressed = offers(rival, "pressed")
    assert "They press on the price." in pressed
    assert "15% is expected" in part(pressed, "The price that earns most")


@pytest.mark.story("6.1.2.3", criterion=2)
def test_budget_and_payment_history_shape_the_payment_terms(rival: World) -> None:
    _, easy = offers(rival)
    assert "60 days to pay, for 3% less off" in part(easy, "Paid in 60 days")
    card, tight = offers(rival, "budget 100,000 late 12")
    assert "Budget EUR 100,000.00; asks for net 30, pays 12 days late, rating A" in tight
    assert "Paid in 60 days" not in tight
    assert "EUR 32,101.60 above their budget" in part(tight, "As it stands")
    assert "EUR 99,979.98, within their budget" in part(tight, "Billed as they grow")
    choose(rival, card, "ramp")
    assert any("Invoice 1: EUR 99,979.98" in line for m in rival.walk.thread() for line in readable(m))


@pytest.mark.story("6.1.2.3", criterion=3)
def test_the_time_that_is_left_decides_the_term(rival: World) -> None:
    _, calm = offers(rival)
    assert "36 months" in part(calm, "A longer term") and "75 days to the decision" in calm
    card, urgent = offers(rival, "by 2026-11-24")
    assert "A longer term" not in urgent and "7 days to the decision" in part(urgent, "A shorter term")
    choose(rival, card, "shorter")
    record = rival.record()
    assert (record["Term_Months__c"], record["Amount"]) == (12, Decimal("134888.00"))
    assert "EUR 134,888.00 over 12 months" in rival.card()


@pytest.mark.story("6.1.2.3", criterion=4)
def test_what_they_may_want_later_is_priced_now(rival: World) -> None:
    _, told = offers(rival)
    later = part(told, "Room to grow")
    assert "Driver App, 240 more by driver (not bought yet): EUR 9.90 each a month for these 24 months" in later
    assert "at most EUR 10.40 on renewal; EUR 28,512.00 a year" in later


@pytest.mark.story("6.1.2.3", criterion=6)
def test_each_offer_says_what_it_brings_what_it_needs_and_how_likely_a_yes_is(rival: World) -> None:
    card, told = offers(rival)
    for title in ("As it stands", "The price that earns most", "A longer term", "Paid in 60 days", "Room to grow"):
        offer = part(told, title)
        assert all(word in offer for word in ("ARR EUR", "TCV EUR", "margin", "Needs "))
        assert re.search(r"Likely: (\d+% \(\d+% to \d+%\), \d+ of \d+ deals most like it were won|not enough)", offer)
    assert "points" in part(told, "The price that earns most")
    choose(rival, card, "margin")
    assert "EUR 288,140.00 over 24 months" in rival.card()
    assert rival.walk.prices() == set()
    again = rival.person(MAYA).tries("offer.choose", card)
    assert "no longer the newest" in again or "changed" in again


def test_too_few_past_deals_are_no_probability(world: World) -> None:
    world.walk.negotiate()
    _, told = offers(world)
    assert "not enough data (" in part(told, "As it stands")
    assert "% likely" not in told


def test_a_customer_sees_no_offer_and_nothing_of_one(rival: World) -> None:
    """Neither in the shared channel, nor in a document, nor by asking."""
    offers(rival, "pressed")
    said = "\n".join(rival.said(SHARED)).casefold()
    answer = rival.person(MAYA).types("/deal quote", SHARED)
    assert "out of shared channels" in answer
    papers = [text_of(f.body) for f in rival.town.site.world.files.values() if f.body]
    assert papers
    for text in (said, *(paper.casefold() for paper in papers)):
        assert not any(word in text for word in ("margin", "floor", "likely:", "deals most like"))
    assert "Only people at" in rival.person(CLARA).types("/deal quote", SHARED)


@pytest.mark.parametrize("words", ["budget", "budget ten", "late 400", "by 2026-02-30", "please", "budget 1.999"])
def test_words_that_are_not_understood_change_nothing(world: World, words: str) -> None:
    world.walk.negotiate()
    assert "I did not understand all of that." in world.person(MAYA).types(f"/deal quote {words}")
    assert not [m for m in world.walk.thread() if " offers. " in m.text]


def test_who_may_not_change_a_price_gets_no_offers(world: World) -> None:
    world.walk.negotiate()
    assert "Your role does not include this" in world.person(TOM).types("/deal quote Brightwater", WINS)
