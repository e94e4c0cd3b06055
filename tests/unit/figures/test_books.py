"""Invoices, schedules, journals and commission add up to the contract, whatever it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.commission import commission, credits
from bot.figures.invoices import invoices
from bot.figures.journal import journals
from bot.figures.schedule import schedule
from bot.figures.tax import treatment
from bot.streams.deal.quote import AskedLine
from bot.streams.money import Money, total
from tests.unit.figures.deal import OFFERED, asked, contract, playbook

codes = st.sampled_from(["FLEET", "ROUTE", "COLDCHAIN", "ONBOARD", "ONBOARD-XL", "INTEGR", "PREMSUP"])
lines = st.lists(st.tuples(codes, st.integers(10, 400)), min_size=1, max_size=5)


@settings(max_examples=60)
@given(lines, st.integers(1, 50), st.integers(0, 9_000), st.sampled_from(["DE", "IE", "US", "CH"]))
def test_every_book_adds_up(chosen: list[tuple[str, int]], months: int, discount: int, country: str) -> None:
    wanted = tuple(AskedLine(code=code, quantity=quantity, discount=0) for code, quantity in chosen)
    made = contract(asked(discount, months, wanted), country, "")
    billed, earned = invoices(made, playbook()), schedule(made, playbook())
    assert total((i.net for i in billed), "EUR") == made.quote.total
    assert total((part.amount for part in earned), "EUR") == made.quote.total
    assert all(i.gross == i.net + total((t.tax for t in i.taxes), "EUR") for i in billed)
    for journal in journals(made, billed, earned, playbook()):
        debit = total((p.debit for p in journal.postings), "EUR")
        assert debit == total((p.credit for p in journal.postings), "EUR")
        assert all(p.debit.minor >= 0 and p.credit.minor >= 0 for p in journal.postings)


def test_the_example_is_earned_over_its_service() -> None:
    parts = schedule(contract(asked(1800)), playbook())
    onboarding = [part.month for part in parts if part.code == "ONBOARD"]
    assert onboarding == ["2026-12", "2027-01"]
    assert len([part for part in parts if part.code == "FLEET"]) == 24


@pytest.mark.parametrize(
    ("country", "vat_id", "kind", "rate"),
    [
        ("IE", "IE6388047V", "domestic", 2300),
        ("DE", "DE136695976", "reverse_charge", 0),
        ("DE", "DE136695975", "destination", 1900),
        ("DE", "", "destination", 1900),
        ("DE", "FR40303265045", "destination", 1900),
        ("GR", "EL094259216", "reverse_charge", 0),
        ("FI", "", "destination", 2550),
        ("US", "", "export", 0),
        ("GB", "GB980780684", "export", 0),
    ],
)
def test_tax_follows_the_customer(country: str, vat_id: str, kind: str, rate: int) -> None:
    found = treatment(country, vat_id, OFFERED, "standard", playbook())
    assert (found.kind, found.rate) == (kind, rate)
    assert bool(found.legal_note) == (kind in ("reverse_charge", "export"))


@pytest.mark.parametrize(
    ("attained", "expected"),
    [("0.00", "EUR 8,000.00"), ("800000.00", "EUR 8,000.00"), ("850000.00", "EUR 9,000.00"),
     ("900000.00", "EUR 10,000.00"),
     ("1075000.00", "EUR 11,000.00"), ("1125000.00", "EUR 12,000.00")],
)  # fmt: skip
def test_what_lies_above_the_quota_is_paid_at_its_own_rate(attained: str, expected: str) -> None:
    plan = playbook().compensation.plan("rep")
    assert plan is not None
    base = Money.parse("100000.00", "EUR")
    assert str(commission(plan, base, Money.parse(attained, "EUR"))) == expected


def test_the_example_credits_rep_and_manager() -> None:
    people = {"rep": ("T:U1", "Maya"), "sales-manager": ("T:U2", "Sam")}
    given_ = credits(contract(asked(1800)), people, Money.zero("EUR"), playbook())
    assert [(c.name, str(c.amount)) for c in given_] == [("Maya", "EUR 19,038.78"), ("Sam", "EUR 2,379.85")]
