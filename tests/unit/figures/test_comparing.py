"""What differs between two versions: nothing is lost, nothing is invented, a new number is not a new clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.comparing import Kind, changes, pairs, pieces
from bot.streams.deal.outline import Clause, Outline

WORDS = st.lists(st.sampled_from(["net", "30", "60", "days", "18%", "22%", "the", "fees"]), min_size=1, max_size=6)
CLAUSES = st.builds(Clause, anchor=st.sampled_from(["1", "1.1", "1.2", "2", "2.1"]), text=WORDS.map(" ".join))
OUTLINES = st.lists(CLAUSES, max_size=8).map(tuple)


def outline(*rows: tuple[str, str]) -> Outline:
    return tuple(Clause(anchor=anchor, text=text) for anchor, text in rows)


@given(OUTLINES, OUTLINES)
def test_both_versions_can_be_made_again_from_the_comparison(old: Outline, new: Outline) -> None:
    made = pairs(old, new)
    assert tuple(pair.old for pair in made if pair.old) == old
    assert tuple(pair.new for pair in made if pair.new) == new


@given(OUTLINES, OUTLINES)
def test_there_are_changes_exactly_when_they_differ(old: Outline, new: Outline) -> None:
    assert bool(changes(old, new)) == (old != new)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_both_texts_can_be_made_again_from_the_pieces(old: str, new: str) -> None:
    made = pieces(old, new)
    assert " ".join(piece.words for piece in made if piece.kind != "added") == old
    assert " ".join(piece.words for piece in made if piece.kind != "removed") == new


OLD = outline(("1", "Services"), ("1.1", "Seats are counted."), ("1.2", "Due in 30 days."))


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD, []),
        (outline(("1", "Services"), ("1.1", "Seats are counted."), ("1.2", "Due in 60 days.")), [("1.2", "changed")]),
        (
            outline(("1", "Services"), ("1.1", "Trials are free."), ("1.2", OLD[1].text), ("1.3", OLD[2].text)),
            [("1.1", "added"), ("1.2", "moved"), ("1.3", "moved")],
        ),
        (outline(("1", "Services"), ("1.1", "Seats are counted.")), [("1.2", "removed")]),
        ((), [("1", "removed"), ("1.1", "removed"), ("1.2", "removed")]),
    ],
)
def test_each_kind_of_change_is_named(new: Outline, found: list[tuple[str, Kind]]) -> None:
    assert [(pair.anchor, pair.kind) for pair in changes(OLD, new)] == found
