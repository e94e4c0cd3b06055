"""Story 6.1.2.3: what a deal costs, whose yes it needs, and which offers are worth making."""

import json
from typing import Any

import pytest

from tests.played import Played

DEAL: dict[str, Any] = {
    "currency": "EUR",
    "months": 24,
    "starts_on": "2026-12-01",
    "offered_on": "2026-11-17",
    "country": "DE",
    "credit_limit": "400000",
    "credit_checked_on": "2026-11-01",
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
