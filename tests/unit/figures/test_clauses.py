"""The ladder of the clauses, literally; which rung a deal stands on; and what the law says of it."""

from decimal import Decimal
from typing import Any

import pytest

from bot.agents.contracts.lawful import check_law, check_terms
from bot.agents.contracts.missing import MissingDetail
from bot.figures.clauses import choose, grants, law_notes, risk_of
from bot.playbook.conditions import FactName
from bot.streams.deal.contract import ClauseUse, LawNote
from tests.unit.figures.deal import playbook

DIRECTOR = "managing-director"  # in the place of a general counsel
LADDER: dict[str, list[tuple[str, str | None, str]]] = {
    "liability_exceptions": [("intent, gross negligence, fraud, death and injury stay unlimited", None, "low")],
    "liability_cap": [
        ("the fees of 12 months", None, "low"),
        ("the fees of 24 months", "legal", "medium"),
        ("the fees of 24 months, for data protection 36 months", DIRECTOR, "high"),
    ],
    "indirect_loss": [
        ("excluded", None, "low"),
        ("excluded, but not for a breach of data protection", "legal", "medium"),
    ],
    "indemnity": [
        ("for infringement of rights by us", None, "low"),
        ("and for third parties' data claims, within the cap", "legal", "medium"),
        ("and for third parties' data claims, within twice the cap", DIRECTOR, "high"),
    ],
    "warranty": [
        ("as documented", None, "low"),
        ("as documented, and 90 days of correction at no cost", "legal", "medium"),
    ],
    "payment": [
        ("net 30", None, "low"),
        ("up to net 60", "finance", "low"),
        ("up to net 90 and beyond", "finance", "medium"),
    ],
    "renewal": [
        ("12 months at a time, notice 60 days", None, "low"),
        ("12 months at a time, notice 30 days", "rep", "low"),
        ("no automatic renewal", "sales-manager", "low"),
    ],
    "data_location": [
        ("in the EU", None, "low"),
        ("in the EU, with support from the UK", "legal", "medium"),
        ("in the US, on request", "legal", "medium"),
    ],
    "termination": [
        ("none", None, "low"),
        ("after 12 months, with 90 days' notice", "sales-manager", "medium"),
        ("when the budget of a public body ends", "legal", "medium"),
    ],
    "price_change": [
        ("by at most 5%", None, "low"),
        ("by at most 3%", "sales-manager", "low"),
        ("by the consumer price index", "finance", "medium"),
    ],
    "audit": [
        ("a report once a year", None, "low"),
        ("and on site once a year, with 30 days' notice", "legal", "medium"),
        ("and regulators of finance at any time", "legal", "medium"),
    ],
    "breach_notice": [("within 48 hours", None, "low"), ("within 24 hours", "legal", "medium")],
    "intellectual_property": [
        ("ours stays ours", None, "low"),
        ("the customer owns its configuration", "legal", "medium"),
    ],
    "publicity": [("with consent", None, "low"), ("none", "rep", "low")],
}
CALM: dict[FactName, Any] = {
    FactName.COUNTRY: "DE",
    FactName.REGIONS: frozenset({"eu", "eea", "home"}),
    FactName.SECTORS: frozenset(),
    FactName.PAYMENT_DAYS: 30,
    FactName.TOTAL: Decimal(1),
    FactName.PERSONAL_DATA: False,
    FactName.HAS_DATA_AGREEMENT: False,
    FactName.HOSTING: "eu",
}


def clauses(wishes: dict[str, str] | None = None, **facts: Any) -> dict[str, ClauseUse]:
    known = {**CALM, **{FactName(name): value for name, value in facts.items()}}
    return {use.clause: use for use in choose(wishes or {}, known, playbook())}


def notes(*documents: str, **facts: Any) -> dict[str, LawNote]:
    known = {**CALM, **{FactName(name): value for name, value in facts.items()}}
    used = choose({}, known, playbook())
    return {note.source: note for note in law_notes(used, frozenset(documents), known, playbook())}


def test_the_ladder_is_the_companys() -> None:
    assert {c.key: [(r.says, r.granted_by, r.risk) for r in c.rungs] for c in playbook().clauses} == LADDER


def test_every_row_of_the_law_has_its_source_and_its_day() -> None:
    rows = {row.id: (row.kind, row.source, str(row.as_of)) for row in playbook().regulation}
    day = "2026-11-26"
    assert rows == {
        "de-intent": ("forbidden", "BGB section 276(3)", day),
        "uk-death-and-injury": ("forbidden", "Unfair Contract Terms Act 1977, section 2(1)", day),
        "ch-gross-negligence": ("forbidden", "Code of Obligations, art. 100(1)", day),
        "eu-finance-access": ("required", "Regulation (EU) 2022/2554, art. 30", day),
        "eu-late-payment": ("risky", "Directive 2011/7/EU, art. 3(5)", day),
        "eu-public-payment": ("forbidden", "Directive 2011/7/EU, art. 4(3)", day),
        "gdpr-processor": ("required", "Regulation (EU) 2016/679, art. 28(3)", day),
        "gdpr-transfer": ("required", "Regulation (EU) 2016/679, art. 46; Implementing Decision (EU) 2021/914", day),
        "hipaa-associate": ("required", "45 CFR 164.504(e)", day),
        "public-budget": ("required", "policies/contracting.md, documents, line 9: public law of budgets", day),
        "public-renewal": ("required", "policies/contracting.md, documents, line 9: public law of budgets", day),
        "fr-public-renewal": ("risky", "policies/contracting.md, on France", day),
    }


def test_nothing_is_conceded_that_nobody_asked_for() -> None:
    assert {use.rung for use in clauses().values()} == {"preferred"}
    assert grants(clauses().values()) == frozenset()


def test_only_what_the_customers_terms_ask_for_is_conceded_and_says_whose_yes_it_needs() -> None:
    made = clauses({"liability_cap": "second", "warranty": "first", "publicity": "first"})
    lower = {key: (use.rung, use.granted_by) for key, use in made.items() if use.rung != "preferred"}
    assert lower == {
        "liability_cap": ("second", DIRECTOR), "warranty": ("first", "legal"), "publicity": ("first", "rep"),
    }  # fmt: skip
    assert risk_of(made.values(), ()) == "high"


@pytest.mark.parametrize(
    ("sectors", "clause", "wished"),
    [({"finance"}, "audit", "preferred"), ({"finance"}, "audit", "first"), ({"public"}, "termination", "first")],
)
def test_the_law_goes_lower_than_the_customer_asks(sectors: set[str], clause: str, wished: str) -> None:
    use = clauses({clause: wished}, sectors=frozenset(sectors))[clause]
    assert use.rung == "second"
    assert "art. 30" in use.why or "budget" in use.why


@pytest.mark.parametrize(
    ("days", "sectors", "found"),
    [(60, set(), {}), (61, set(), {"Directive 2011/7/EU, art. 3(5)": "risky"}),
     (30, {"public"}, {}), (31, {"public"}, {"Directive 2011/7/EU, art. 4(3)": "forbidden"})],
)  # fmt: skip
def test_days_to_pay_are_held_against_the_directive(days: int, sectors: set[str], found: dict[str, str]) -> None:
    made = notes(payment_days=days, sectors=frozenset(sectors))
    assert {source: note.kind for source, note in made.items() if not note.met} == found


def test_what_is_forbidden_stops_the_package_and_what_is_risky_does_not() -> None:
    check_law(notes(payment_days=61).values())
    with pytest.raises(MissingDetail, match="public bodies pay within 30 days"):
        check_law(notes(payment_days=31, sectors=frozenset({"public"})).values())


@pytest.mark.parametrize(
    ("document", "source", "facts"),
    [
        ("data-processing-agreement", "Regulation (EU) 2016/679, art. 28(3)", {"personal_data": True}),
        (
            "scc-module-three",
            "Regulation (EU) 2016/679, art. 46; Implementing Decision (EU) 2021/914",
            {"personal_data": True, "hosting": "us"},
        ),
        (
            "business-associate-agreement",
            "45 CFR 164.504(e)",
            {"personal_data": True, "country": "US", "regions": frozenset({"na"}), "sectors": frozenset({"health"})},
        ),
    ],
)
def test_a_document_that_the_law_asks_for_is_missed(document: str, source: str, facts: dict[str, Any]) -> None:
    assert not notes(**facts)[source].met
    assert notes(document, **facts)[source].met


@pytest.mark.parametrize(
    ("country", "word"),
    [("DE", "intent"), ("GB", "death or personal injury"), ("GB", "fraud"), ("CH", "gross negligence")],
)
def test_a_text_that_loses_the_word_that_the_law_needs_breaks_it(country: str, word: str) -> None:
    facts = {**CALM, FactName.COUNTRY: country, FactName.REGIONS: frozenset()}
    used = choose({}, facts, playbook())
    cut = [use.model_copy(update={"text": use.text.replace(word, "it")}) for use in used]
    assert all(note.met for note in law_notes(used, frozenset(), facts, playbook()))
    assert not all(note.met for note in law_notes(cut, frozenset(), facts, playbook()))


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"liability": "first"}, "we have no clause liability"),
        ({"liability_cap": "unlimited"}, "we never agree to liability without any cap"),
        ({"warranty": "second"}, "we never agree to fitness for a purpose"),
    ],
)
def test_terms_that_the_ladder_does_not_have_are_refused_in_words(wishes: dict[str, str], told: str) -> None:
    with pytest.raises(MissingDetail) as caught:
        check_terms(wishes, playbook())
    assert told in caught.value.args[2]
