"""The choice of a door: the better one by enough evidence, and another one at least so often as the playbook says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.doors import WHOLE, Chosen, by_mail, choose, typical
from bot.playbook.company import Told
from bot.streams.money import Money
from bot.streams.person.doors import CHOSEN, Sent
from tests.unit.people.somebody import playbook

RULES = playbook().doors
BOTH: tuple[Told, ...] = ("message", "mail")
AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def sent(door: str, minutes: int | None, no: int = 1, chose: str = "preference", how: str = "") -> Sent:
    """`minutes` None: her time passed."""
    told: Any = how or ("acted" if minutes is not None else "missed")
    where: Any = door
    why: Any = chose
    return Sent(no, f"t{no}", where, why, AT, told, minutes or 0)


def record(message: list[int | None], mail: list[int | None]) -> list[Sent]:
    return [*(sent("message", each) for each in message), *(sent("mail", each) for each in mail)]


def of(share: int) -> Any:
    return RULES.model_copy(update={"explore": share})


LEAST = RULES.least


@pytest.mark.parametrize(
    ("message", "mail", "door", "why"),
    [
        ([], [], "message", "learning"),
        ([60] * LEAST, [5] * (LEAST - 1), "message", "learning"),
        ([60] * (LEAST - 1), [5] * LEAST, "message", "learning"),
        ([60] * LEAST, [5] * LEAST, "mail", "quickest"),
        ([60] * LEAST, [59] * LEAST, "mail", "quickest"),
        ([60] * LEAST, [60] * LEAST, "message", "quickest"),
        ([60] * LEAST, [61] * LEAST, "message", "quickest"),
        ([None] * LEAST, [500] * LEAST, "mail", "quickest"),
        ([None] * LEAST, [None] * LEAST, "message", "quickest"),
        ([60] * LEAST, [1] * (LEAST // 2) + [None] * (LEAST - LEAST // 2), "message", "quickest"),
        ([60] * LEAST, [RULES.counts_minutes + 1] * LEAST, "message", "quickest"),
        ([RULES.counts_minutes + 1] * LEAST, [RULES.counts_minutes] * LEAST, "mail", "quickest"),
    ],
)
def test_the_better_door_by_enough_evidence(message: Any, mail: Any, door: str, why: str) -> None:
    assert choose(record(message, mail), BOTH, "person", RULES) == Chosen((door,), why)  # type: ignore[arg-type]


def test_what_was_overtaken_says_nothing() -> None:
    assert typical([sent("mail", 5, how="overtaken")] * 50, "mail", RULES) is None


def test_where_one_door_is_offered_there_is_no_choice() -> None:
    assert choose(record([None] * LEAST, [1] * LEAST), ("message",), "person", RULES) == Chosen(("message",), "only")


MINUTES = st.one_of(st.none(), st.integers(0, 3_000))


@given(st.text(max_size=30), st.integers(1_000, 5_000), st.lists(MINUTES, min_size=1, max_size=60))
def test_another_door_is_never_tried_less_often_than_the_playbook_says(
    key: str, share: int, minutes: list[int | None]
) -> None:
    """After any number of choices: at least the share, of all whole rounds; each of them another door than the best."""
    rules, turns = of(share), WHOLE // share
    found: list[Sent] = []
    explored = 0
    for no, each in enumerate(minutes, 1):
        chosen = choose(found, BOTH, key, rules)
        assert chosen == choose(tuple(found), BOTH, key, rules), "the same record, the same choice"
        explored += chosen.why == "exploring"
        found.append(sent(chosen.doors[0], each, no, chosen.why))
        assert explored >= no // turns
        assert explored <= no // turns + 1
        if no % turns == 0:
            assert explored * WHOLE >= share * no
    assert all(each.chose in CHOSEN for each in found)


def test_over_many_people_a_tenth_or_more_is_tried_and_none_begins_with_it() -> None:
    keys, turns = [f"person:{no}" for no in range(500)], WHOLE // RULES.explore
    tried = 0
    for key in keys:
        found: list[Sent] = []
        for no in range(1, turns + 1):
            chosen = choose(found, BOTH, key, RULES)
            tried += chosen.why == "exploring"
            found.append(sent(chosen.doors[0], 30, no, chosen.why))
            assert chosen.why != "exploring" or no > turns // 2
    assert tried * WHOLE >= RULES.explore * len(keys) * turns


@pytest.mark.parametrize(
    ("worth", "may"),
    [
        (Money(minor=5_000_000, currency="EUR"), True),
        (Money(minor=5_000_001, currency="EUR"), False),
        (Money(minor=5_500_000, currency="USD"), True),
        (Money(minor=4_300_001, currency="GBP"), False),
        (Money(minor=1, currency="CHF"), False),
        (Money(minor=0, currency="EUR"), True),
        (None, False),
    ],
)
def test_how_much_may_be_decided_by_mail(worth: Money | None, may: bool) -> None:
    assert by_mail(worth, RULES) is may


def test_the_playbook_tries_at_least_a_tenth() -> None:
    assert RULES.explore >= 1_000
    with pytest.raises(ValueError, match="explore"):
        type(RULES).model_validate(RULES.model_dump() | {"explore": 999})
