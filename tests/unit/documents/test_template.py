"""Templates: their structure is read from our text alone, and their values are only values."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.documents.lettering import clean
from bot.documents.template import Block, TemplateProblem, blocks

NBSP = "\u00a0"


def of(text: str, **values: str) -> list[tuple[str, str, str]]:
    return [(block.kind, block.number, block.text) for block in blocks("t/body.md", text, values)]


@pytest.mark.parametrize(
    ("line", "kind", "number", "text"),
    [
        ("# Order form", "title", "", "Order form"),
        ("> Under it", "subtitle", "", "Under it"),
        ("## Signatures", "section", "", "Signatures"),
        ("## 9 Liability", "article", "9", "Liability"),
        ("9.1 Nothingness", "clause", "9.1", "Nothingness"),
        ("(a) something", "item", "(a)", "something"),
        ("  (ii) something", "subitem", "(ii)", "something"),
        ("- somewhere", "point", "", "somewhere"),
        (": somewhere", "under", "", "somewhere"),
        ("[[prices]]", "directive", "", "prices"),
        ("Plain words", "paragraph", "", "Plain words"),
    ],
)
def test_each_line_says_what_it_is(line: str, kind: str, number: str, text: str) -> None:
    assert [(k, n, t.replace(NBSP, " ")) for k, n, t in of(line)] == [(kind, number, text)]


def test_lines_go_on_until_an_empty_one() -> None:
    assert of("1.1 First\nsecond somewhere\n\nAnotherparagraph") == [
        ("clause", "1.1", "First second somewhere"),
        ("paragraph", "", "Anotherparagraph"),
    ]


def test_rows_with_and_without_a_head() -> None:
    plain, headed = blocks("t", "| A | {{ x }} |\n| B | 2 |\n\n| H | I |\n|---|--:|\n| 1 | 2 |", {"x": "a|b"})
    assert (plain.rows, plain.right) == ((("A", "a|b"), ("B", "2")), ())
    assert (headed.rows, headed.right) == ((("H", "I"), ("1", "2")), (False, True))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("[[prices]]", "[[prices]]"),
        ("# Title", "# Title"),
        ("a\n\n# Title", "a # Title"),
        ("{{ y }}", "{{ y }}"),
        ("**a** & <b>", "**a** &amp; &lt;b&gt;"),
        ("\ue0000\ue001", "0"),
        ("| a | b", "| a | b"),
    ],
)
def test_a_value_is_never_read_as_structure(value: str, shown: str) -> None:
    assert of("{{ x }}", x=value, y="secret") == [("paragraph", "", shown)]


@given(text())
def test_any_value_stays_one_escaped_line(value: str) -> None:
    (block,) = blocks("t", "before {{ x }} afterwards", {"x": value})
    assert block.kind == "paragraph"
    assert unescape(block.text.replace(NBSP, " ")) == f"before {clean(value).replace(NBSP, ' ')} afterwards"


def test_our_own_markup_is_escaped_but_for_bold() -> None:
    assert of("**“Fees”** <b>are</b> R&D's {{ x }}", x="due") == [
        ("paragraph", "", f"<b>“Fees”</b> &lt;b&gt;are&lt;/b&gt; R&amp;D’s{NBSP}due")
    ]


def test_numbers_stay_with_what_they_count() -> None:
    assert of("see clause 9.1 within 30 days and {{ x }} months afterwards", x="24")[0][2] == (
        f"see clause{NBSP}9.1 within 30{NBSP}days and 24{NBSP}months afterwards"
    )


@pytest.mark.attack(23)
@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ customer|center(1000000000) }}",
        "{{ customer.__class__.__mro__ }}",
        "{{ customer['__class__'] }}",
        "{{ customer.format }}{{ customer.format(1) }}",
        "{% set x = 1 %}",
        "{% include 'other' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
    ],
)
def test_a_template_can_neither_compute_nor_call(text: str) -> None:
    with pytest.raises(TemplateProblem, match="t/body.md"):
        blocks("t/body.md", text, {"customer": "x"})


@pytest.mark.parametrize(
    ("text", "field", "advice"),
    [
        ("{{ custmer }}", "custmer", "or write customer"),
        ("{{ customer.__class__.__mro__ }}", "t/body.md", "correct it"),
        ("{% if %}", "t/body.md", "correct it"),
        ("[[price]]", "[[price]]", "use one of [[facts]]"),
        ("[[{{ customer }}]]", "[[", "use one of"),
    ],
)
def test_a_problem_names_its_field_and_what_to_do(text: str, field: str, advice: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        blocks("t/body.md", text, {"customer": "x"})
    assert caught.value.field.startswith(field)
    assert advice in caught.value.advice


def test_a_condition_may_ask_whether_a_value_is_there() -> None:
    text = "{% if other is defined %}{{ other }}{% else %}nothing{% endif %}"
    assert blocks("t", text, {}) == (Block("paragraph", "nothing"),)
