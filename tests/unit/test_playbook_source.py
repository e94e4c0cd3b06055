"""The playbook's texts become plain data, and what is wrong in them is said with its file and line."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.playbook import loader
from bot.playbook.source import read_csv, read_yaml
from bot.wiring import texts

OURS = texts(Path(__file__).parents[2] / "playbook")


def test_a_folded_text_is_one_line_without_any_mark() -> None:
    found = read_yaml("a.yaml", "notes:\n  legal: >-\n    Article 196.\n    Supplier X.\n")
    assert found.data == {"notes": {"legal": "Article 196. Supplier X."}}


def test_no_text_of_ours_holds_what_cannot_be_printed() -> None:
    assert all(said.isprintable() for said in _strings(loader.load(OURS).model_dump()))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: [1, 2", 1, "expected"),
        ("- a\n- b", 1, "the file is not a list of sections"),
        ("a: 1\nb: {x: 1", 2, "expected"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_its_line(text: str, line: int, said: str) -> None:
    (problem,) = read_yaml("rules.yaml", text).problems
    assert (problem.file, problem.line) == ("rules.yaml", line)
    assert said in problem.message


@pytest.mark.parametrize(
    ("text", "times"),
    [("a: &x 1", 1), ("a: {b: &x 1}", 1), ("a: &x {b: 1}\nc: *x", 2), ("a: &x 1\nc: *x", 2), ("a: &x [*x]", 1)],
)
def test_what_has_an_anchor_is_not_read_in_any_of_its_places(text: str, times: int) -> None:
    problems = read_yaml("rules.yaml", text).problems
    assert [problem.message for problem in problems] == ["anchors and deep nesting are not read"] * times


def test_what_is_multiplied_by_anchors_is_not_even_tried() -> None:
    lines = ["a0: &a0 [1, 1]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert len(read_yaml("rules.yaml", "\n".join(lines)).problems) == 30


def test_words_are_words_and_numbers_are_exact() -> None:
    text = "{a: yes, b: on, c: '5', d: 17:30, e: 2026-11-17, f: true, g: ~, h: 1_000, i: 0.10, j: -3, k: 09, l: 1e3}"
    assert read_yaml("a.yaml", text).data == {
        "a": "yes", "b": "on", "c": "5", "d": "17:30", "e": "2026-11-17", "f": True, "g": None,
        "h": 1000, "i": Decimal("0.10"), "j": -3, "k": 9, "l": Decimal("1e3"),
    }  # fmt: skip


def test_a_row_with_another_number_of_values_is_said_with_its_line() -> None:
    found = read_csv("prices.csv", "code,name\nFLEET,Fleet\nROUTE\n", "prices")
    assert [(one.file, one.line) for one in found.problems] == [("prices.csv", 3)]
    assert found.data == {"prices": [{"code": "FLEET", "name": "Fleet"}]}


def test_a_word_that_no_section_has_is_said_where_it_stands_with_the_nearest_one() -> None:
    wrong = {**OURS, "finance.yaml": OURS["finance.yaml"].replace("reverse_charge_legal:", "reverse_charge_legl:")}
    said = [str(problem) for problem in loader.problems(wrong)]
    assert any("finance.yaml" in one and "reverse_charge_legal" in one for one in said), said


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value.replace("\n", "").replace("\u00a0", "")]
        case dict():
            return [said for part in value.values() for said in _strings(part)]
        case list() | tuple():
            return [said for part in value for said in _strings(part)]
    return []
