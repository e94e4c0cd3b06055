"""Names that are nearly the same: how far, and where in a text."""

import pytest

from bot.figures.near import distance, near_names


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1), ("abc", "ab", 1), ("abcd", "xbyd", 2), ("abc", "xyz", 3)],
)
def test_letters_are_changed_added_dropped_or_swapped(one: str, other: str, far: int) -> None:
    assert distance(one, other, 2) == far
    assert distance(other, one, 2) == far


def test_a_great_difference_in_length_is_not_measured() -> None:
    assert distance("a", "abcdefgh", 2) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("between Brightwater Freight GmbH and us", []),
        ("BRIGHTWATER FREIGHT GMBH's trucks", []),
        ("between Brigthwater Freight GmbH, and us", ["Brigthwater Freight GmbH"]),
        ("Brightwater Frieght GmbH", ["Brightwater Frieght GmbH"]),
        ("Brightwater Freight AG", []),
        ("Northwater Freight GmbH", []),
    ],
)
def test_a_misspelt_name_is_found_and_another_name_is_not(text: str, found: list[str]) -> None:
    assert list(near_names("Brightwater Freight GmbH", text)) == found
