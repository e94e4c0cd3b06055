"""The labelled sets of contracting are well-formed. How the rules do against them is measured elsewhere."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests/examples/contracting"
DOCUMENTS = {
    "quote",
    "order-form",
    "master-agreement",
    "statement-of-work",
    "service-level-agreement",
    "data-processing-agreement",
    "scc-module-three",
    "scc-module-four",
    "uk-addendum",
    "swiss-amendments",
    "business-associate-agreement",
    "security-exhibit",
    "pupils-data-rider",
    "public-sector-rider",
    "customer-paper",
}
INDUSTRIES = {
    "general",
    "finance",
    "health",
    "public",
    "education",
    "pharma",
    "logistics",
    "retail",
    "manufacturing",
}
CLAUSES = {
    "breach_notice",
    "data_location",
    "data_protection",
    "entire_agreement",
    "financial_entities",
    "governing_law",
    "health_data",
    "indemnity",
    "intellectual_property",
    "liability",
    "payment",
    "price_change",
    "publicity",
    "pupils_data",
    "renewal",
    "service_change",
    "warranty",
}


def lines(name: str) -> list[dict[str, Any]]:
    """The objects of one set, in the order of its lines."""
    text = (SETS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def plans() -> set[str]:
    """The codes of the plans that are sold."""
    text = (ROOT / "playbook/products.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"- \{code: ([A-Z-]+),", text))


def days(profile: dict[str, Any]) -> Iterator[date]:
    """The days a profile names; the deal's own comes first."""
    for text in (profile["deal"]["on"], *profile["customer"]["standing"].values()):
        if text is not None:
            yield date.fromisoformat(text)


PROFILES = lines("profiles.jsonl")
PACKAGES = lines("conflicts.jsonl")


def test_the_profiles_are_150_with_numbers_in_order() -> None:
    assert [profile["id"] for profile in PROFILES] == [f"P{n:03}" for n in range(1, 151)]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile["id"])
def test_a_profile_uses_known_names(profile: dict[str, Any]) -> None:
    customer, deal, expected = profile["customer"], profile["deal"], profile["expected"]
    assert customer["industry"] in INDUSTRIES
    assert customer["public_body"] or customer["industry"] != "public"
    assert set(customer["asks_for"]) <= {"sla", "dpa", "security"}
    assert deal["currency"] in {"EUR", "GBP", "USD"} and deal["hosting"] in {"EU", "US"}
    assert set(deal["products"]) <= plans()
    assert {"quote", "order-form"} <= set(expected["documents"]) <= DOCUMENTS
    assert len(set(expected["documents"])) == len(expected["documents"])
    assert expected["governing_law"] and profile["note"] and profile["why"]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile["id"])
def test_a_profile_adds_up(profile: dict[str, Any]) -> None:
    deal = profile["deal"]
    recurring = Decimal(deal["annual_recurring"]) * deal["months"] / 12
    assert Decimal(deal["total"]) == recurring + Decimal(deal["one_off"])
    deal_day, *signed = days(profile)
    assert all(day <= deal_day for day in signed)


@pytest.mark.parametrize("profile", [p for p in PROFILES if "precedence" in p["expected"]], ids=lambda p: p["id"])
def test_a_precedence_ranks_the_whole_package_but_the_quote(profile: dict[str, Any]) -> None:
    expected = profile["expected"]
    assert sorted([*expected["precedence"], "quote"]) == sorted(expected["documents"])


def test_the_packages_are_100_of_which_40_are_clean() -> None:
    assert [package["id"] for package in PACKAGES] == [f"C{n:03}" for n in range(1, 101)]
    planted = [len(package["planted"]) for package in PACKAGES]
    assert planted.count(0) == 40
    assert set(planted) == {0, 1, 2}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["id"])
def test_a_package_uses_known_names(package: dict[str, Any]) -> None:
    customer, deal = package["customer"], package["deal"]
    assert customer["industry"] in INDUSTRIES
    assert customer["public_body"] or customer["industry"] != "public"
    assert deal["hosting"] in {"EU", "US"} and set(deal["products"]) <= plans()
    assert deal["auto_renewal"] == (deal["renewal_months"] > 0) and deal["payment_days"] > 0
    assert {"quote", "order-form"} <= set(package["documents"]) <= DOCUMENTS
    assert set(package["clauses"]) <= CLAUSES and all(package["clauses"].values())


@pytest.mark.parametrize("package", [p for p in PACKAGES if p["planted"]], ids=lambda package: package["id"])
def test_a_planted_conflict_is_in_a_clause_or_in_what_is_missing(package: dict[str, Any]) -> None:
    shown = {*package["clauses"], *package["documents"]}
    for planted in package["planted"]:
        assert planted["kind"] in {"forbidden", "required", "risky"}
        assert planted["clause"] in shown or planted["kind"] == "required"
        assert planted["clause"] in CLAUSES | DOCUMENTS
        assert re.search(r"\d", planted["law"]) and planted["because"]
