"""The page of the stories says what was shown, and no more."""

from tests.stories_report import Collector, Shown, criteria, finished, render, unshown

TEST = "tests/stories/test_a.py::test_a_yes_is_heard"
SHOWN: Shown = {"6.1.1.1": {"2": [TEST]}}


def test_every_criterion_of_the_specification_is_listed() -> None:
    assert len(criteria()) == 86
    assert sum(len(story["criteria"]) for story in criteria().values()) == 516


def test_only_what_passed_is_shown() -> None:
    claims = {TEST: {("6.1.1.1", "2")}}
    assert Collector(claims, {TEST: {"passed"}}).found({}) == SHOWN
    assert Collector(claims, {TEST: {"passed", "failed"}}).found(SHOWN) == {}
    assert Collector(claims).found(SHOWN) == {}


def test_what_this_machine_skips_keeps_what_was_said_before() -> None:
    claims = {TEST: {("6.1.1.1", "2")}}
    assert Collector(claims, {TEST: {"skipped"}}).found(SHOWN) == SHOWN
    assert Collector(claims, {TEST: {"skipped"}}).found({}) == {}


def test_a_finished_criterion_without_a_passing_test_is_named() -> None:
    assert unshown({"6.1.1.1": [2]}, SHOWN) == []
    assert unshown({"6.1.1.1": [1, 2], "6.1.1.2": [1]}, SHOWN) == [("6.1.1.1", 1), ("6.1.1.2", 1)]


def test_what_is_finished_stands_in_the_specification() -> None:
    known = criteria()
    assert all(1 <= number <= len(known[story]["criteria"]) for story, told in finished().items() for number in told)


def test_the_page_links_tests_and_says_what_is_not_yet_there() -> None:
    page = render({"6.1.1.1": {"title": "Signals", "criteria": ["Reads <mail>", "Hears a | b"]}}, SHOWN)
    assert "1 of 2 criteria are shown, in 1 of 1 stories." in page
    assert "| 1 | Reads &lt;mail> | not yet |" in page
    assert "| 2 | Hears a \\| b | [a yes is heard](../tests/stories/test_a.py) |" in page
