"""The legal summary says what the clauses of this contract say, on whatever rung they stand."""

from typing import Any

from bot.documents.papers.making import make
from bot.documents.reading import text
from bot.figures.clauses import choose
from bot.playbook.conditions import FactName
from bot.streams.deal.contract import DocumentUse
from tests.unit.documents.example import CONTRACT, our_brand
from tests.unit.documents.papers_example import OPPORTUNITY, playbook

RIDER = DocumentUse(template="public-sector-rider", title="Public sector rider", number="PSR-1", why="public")


def papers(wishes: dict[str, str], facts: dict[FactName, Any], *more: DocumentUse) -> dict[str, str]:
    used = choose(wishes, {FactName.PAYMENT_DAYS: 60, FactName.HOSTING: "eu", **facts}, playbook())
    note = next(use.text for use in used if use.clause == "renewal")
    changed = {"clauses": used, "renewal_note": note, "documents": (*CONTRACT.documents, *more)}
    made = make(CONTRACT.model_copy(update=changed), OPPORTUNITY, playbook(), our_brand())
    return {each.paper.file.template: text(each.body) for each in made}


def test_each_fallback_is_told_beside_our_standard_and_in_plain_words() -> None:
    said = papers(
        {"liability_cap": "first", "indemnity": "first", "breach_notice": "first", "price_change": "first"}, {}
    )
    legal = said["legal-summary"]
    for words in (
        "Liability cap The fees of 24 months The fees of 12 months",
        "Our standard, and for third parties' data claims, within the cap",
        "for at most the fees of 24 months",
        "Fees rise by at most 3%",
        "Told within 24 hours after it becomes known",
    ):
        assert words in legal
    for wrong in ("twelve months", "48 hours after", "at most 5%, and"):
        assert wrong not in legal.replace("renews for twelve months at a time", "")
    assert "unauthorised access within 24 hours after it becomes known" in said["technical-appendix"]


def test_beside_a_public_sector_rider_our_usual_renewal_is_not_told() -> None:
    legal = papers({}, {FactName.SECTORS: frozenset({"public"})}, RIDER)["legal-summary"]
    assert "a renewal needs a written order of the customer" in legal
    assert "renews for twelve months" not in legal
    assert "12 months at a time" not in legal
