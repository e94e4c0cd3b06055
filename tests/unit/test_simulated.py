"""The simulation of approvals: the same seed is the same company, and where nothing can help nothing does."""

from dataclasses import replace

from benchmarks import bottlenecks_simulated
from benchmarks.approvals_simulated import compared, ways
from benchmarks.office_simulated import Parameters
from tests.unit.figures.deal import playbook

BOOK = playbook()


def test_the_same_seed_is_the_same_company() -> None:
    assert ways(3, Parameters(), BOOK) == ways(3, Parameters(), BOOK)


def test_where_nothing_can_help_nothing_does() -> None:
    found = compared(replace(Parameters(), alike=True), 2, BOOK)
    assert (found["less_low"], found["less_high"]) == (0.0, 0.0)


def test_everybody_is_asked_and_answers_once() -> None:
    ours, plain, present = ways(5, Parameters(), BOOK)
    assert plain.told == present.told == 1.0 <= ours.told


def test_where_nothing_waits_no_relief_wins_anything() -> None:
    found = bottlenecks_simulated.compared(replace(Parameters(), alike=True), 2, BOOK)
    assert found["less_percent_of_all"] == found["relieved"]["reassign"] == 0


def test_the_same_company_has_the_same_bottlenecks() -> None:
    one, other = (bottlenecks_simulated.compared(Parameters(), 1, BOOK) for _ in range(2))
    assert one == other and one["bottlenecks"]
