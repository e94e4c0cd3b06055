"""The picture: the same bytes every time, small enough, and nothing that it needs is missing."""

import struct
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.blocks.digest_chart import alt_text, durations, open_deals
from bot.documents import brand
from bot.figures.chart import Chart, tick_values
from bot.figures.pipeline import DealLine
from bot.figures.timing import Step
from bot.pictures.bars import draw, font
from bot.playbook.loader import load
from bot.streams.money import Money
from bot.wiring import texts
from jobs.effects.slack_digest import look_of

FILES = texts(Path(__file__).parents[3] / "playbook")
RULE = load(FILES).team_digest
LOOK = look_of(brand.read(FILES["brand.yaml"]))
ON = date(2026, 11, 18)


def line(state: str, minor: int, currency: str = "EUR") -> DealLine:
    since = datetime(2026, 11, 16, tzinfo=UTC)
    return DealLine("deal:1", "C", "", "T:R", state, "", since, Money(minor=minor, currency=currency), "", state)


DEALS = [line("drafting", 17_155_000), line("approvals", 23_180_000), line("signing", 12_942_000)]


def opened(deals: list[DealLine], language: str = "en-IE") -> Chart:
    rule = RULE.model_copy(update={"language": language})
    return open_deals(deals, ON, rule, "3f2a91c0")


def test_the_same_chart_gives_the_same_bytes() -> None:
    png = draw(opened(DEALS), LOOK)
    assert png == draw(opened(DEALS), LOOK)
    assert len(png) < 200_000
    width, height = struct.unpack(">II", png[16:24])
    assert width == 1600
    assert 600 <= height <= 1000


def test_the_finding_is_the_title_and_the_alt_text_has_every_number() -> None:
    chart = opened(DEALS)
    assert chart.title == "EUR 532,770.00 open, most of it waiting on approvals"
    assert chart.marked == 1
    assert alt_text(chart) == (
        "Bar chart. Open deals by state in EUR, Team North, 18 Nov 2026, 3 deals. EUR 532,770.00 open, most of it "
        "waiting on approvals. Drafting Amount 171,550.00, Deals 1; Waiting on approvals Amount 231,800.00, Deals 1; "
        "Out for signature Amount 129,420.00, Deals 1."
    )


@pytest.mark.parametrize(
    ("language", "amount"),
    [("en-IE", "171,550.00"), ("de-DE", "171.550,00"), ("fr-FR", "171\u00a0550,00"), ("ja-JP", "171,550.00")],
)
def test_numbers_are_written_in_their_language(language: str, amount: str) -> None:
    assert opened(DEALS, language).bars[0].cells[0] == amount


def test_several_currencies_are_counted_and_never_added() -> None:
    chart = opened([line("drafting", 100_00), line("drafting", 7, "JPY"), line("ready", 50_00)])
    assert chart.heads == ("Deals", "EUR", "JPY")
    assert [(bar.size, bar.cells) for bar in chart.bars] == [(2, ("2", "100.00", "7")), (1, ("1", "50.00", "0"))]
    assert chart.title.startswith("EUR 150.00 + JPY 7 open")


def test_the_slowest_step_is_marked_and_compared() -> None:
    hour = timedelta(hours=1)
    steps = [Step("Drafting", hour, 6, hour), Step("Signatures", 31 * hour, 6, 28 * hour), Step("Sending", hour, 6)]
    chart = durations(steps, date(2026, 11, 16), ON, RULE, "3f2a91c0")
    assert chart.title == "Signatures take longest: 31.0\u00a0h, 3.0\u00a0h more than before"
    assert [bar.cells for bar in chart.bars] == [
        ("1.0\u00a0h", "no change"),
        ("31.0\u00a0h", "▲ 3.0\u00a0h"),
        ("1.0\u00a0h", "none"),
    ]
    assert "up 3.0" in alt_text(chart)
    assert draw(chart, LOOK)


@pytest.mark.parametrize("sign", "▲▼·€£¥äßŒœŁ")
def test_the_font_has_every_sign(sign: str) -> None:
    from matplotlib.ft2font import FT2Font

    path = font(LOOK, "Regular", 11).get_file()
    assert path is not None
    assert FT2Font(str(path)).get_char_index(ord(sign)) > 0


@pytest.mark.parametrize(
    ("sizes", "ticks"),
    [
        ([0], (0, 1)),
        ([1], (0, 1)),
        ([3], (0, 1, 2, 3)),
        ([5], (0, 2, 4, 6)),
        ([41], (0, 20, 40, 60)),
        ([231_800], (0, 100_000, 200_000, 300_000)),
    ],
)
def test_ticks_are_round_and_reach_the_largest(sizes: list[int], ticks: tuple[int, ...]) -> None:
    assert tick_values(sizes) == ticks
