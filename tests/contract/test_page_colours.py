"""Every pair of colours on the page can be read, in light and in dark (WCAG 2.2, AA)."""

import re

import pytest

from sandbox.page.server import CLIENT

LEAST = 4.5
GROUNDS = ("bg", "panel", "raised", "hover", "selected")
PAIRS = [
    *((words, ground) for words in ("text", "muted", "link") for ground in GROUNDS),
    *((words, ground) for words in ("good", "warning", "bad") for ground in ("bg", "panel", "raised")),
    ("text", "mention"), ("on-accent", "accent"), ("on-bad", "bad"), ("top-text", "top"), ("top-muted", "top"),
]  # fmt: skip


def themes() -> list[dict[str, str]]:
    """Light; dark, which says only what differs."""
    blocks = re.findall(r":root \{(.*?)\}", (CLIENT / "tokens.css").read_text(), re.DOTALL)
    light, dark = (dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", block)) for block in blocks)
    return [light, light | dark]


def luminance(colour: str) -> float:
    whole = "".join(digit * 2 for digit in colour) if len(colour) == 3 else colour
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("words", "ground"), PAIRS)
@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_words_stand_out_from_their_ground(theme: dict[str, str], words: str, ground: str) -> None:
    assert contrast(theme[words], theme[ground]) >= LEAST


def test_black_on_white_is_the_most() -> None:
    assert contrast("000", "ffffff") == pytest.approx(21)
