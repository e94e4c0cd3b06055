"""Cost and return: exact, by year, and silent where the playbook has no source."""

from bot.figures.returns import returns
from tests.unit.documents.example import QUOTE, eur
from tests.unit.documents.papers_example import playbook


def test_years_add_up_to_the_term() -> None:
    found = returns(QUOTE, playbook())
    assert found is not None
    assert [year.cost for year in found.years] == [eur("123742.40"), eur("114242.40")]
    assert [year.returned for year in found.years] == [eur("140160"), eur("178560")]
    assert (found.cost, found.returned, found.net) == (eur("237984.80"), eur("318720"), eur("80735.20"))
    assert sum(a.amount.minor for a in found.assumptions) == found.returned.minor


def test_the_month_is_the_first_in_which_all_of_the_cost_has_come_back() -> None:
    found = returns(QUOTE, playbook())
    assert found is not None
    # After month 18: 140,160 + 6 x 14,880 = 229,440; after month 19: 244,320.
    assert (found.share, found.month) == (3_392, 19)


def test_a_benefit_counts_only_while_its_line_runs() -> None:
    late = QUOTE.lines[1].model_copy(update={"from_month": 12, "months": 12})
    found = returns(QUOTE.model_copy(update={"lines": (late,)}), playbook())
    assert found is not None
    assert found.returned == eur("34560")  # 60 vehicles x 48.00 x 12 months


def test_what_does_not_come_back_in_the_term_has_no_month() -> None:
    found = returns(QUOTE.model_copy(update={"lines": QUOTE.lines[1:2]}), playbook())
    assert found is not None
    assert found.month is None
    assert found.net.minor < 0


def test_no_source_in_the_currency_is_not_enough_data() -> None:
    assert returns(QUOTE.model_copy(update={"lines": QUOTE.lines[2:]}), playbook()) is None
    assert returns(QUOTE.model_copy(update={"currency": "CHF"}), playbook()) is None
