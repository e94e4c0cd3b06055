"""A person's own settings: hers alone, and never outside of what the playbook leaves open."""

from datetime import date, time
from typing import Any

import pytest

from bot.agents.people import wishes
from bot.streams.decision import Refuse
from bot.streams.person.settings import ChangeSettings, Preferences, SayAway, settled
from tests.unit.people.somebody import JONAS, accepted, after, context, jonas, playbook

MOST = playbook().notifications.most_per_day


def change(actor: str = JONAS, **own: Any) -> ChangeSettings:
    return ChangeSettings(stream_id=jonas().id, actor=actor, preferences=Preferences(**own))


def test_who_chose_nothing_has_the_playbooks() -> None:
    settings = settled(jonas().wishes.preferences, playbook().notifications)
    assert (settings.door, settings.quiet_from, settings.per_day) == ("quickest", time(19), 12)


def test_a_choice_holds_and_leaves_the_rest() -> None:
    person = after(jonas(), wishes.change(jonas(), change(door="mail", per_day=3), context()))
    settings = settled(person.wishes.preferences, playbook().notifications)
    assert (settings.door, settings.per_day, settings.quiet_until) == ("mail", 3, time(8))


def test_nobody_changes_somebody_elses() -> None:
    assert wishes.change(jonas(), change("T07LARK:U07KOFI0001", per_day=1), context()) == Refuse("settings.not_yours")
    away = SayAway(stream_id=jonas().id, actor="T07LARK:U07KOFI0001", from_on=date.max, until_on=date.max)
    assert wishes.say_away(jonas(), away, context()) == Refuse("settings.not_yours")


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ({"per_day": MOST}, None),
        ({"per_day": MOST + 1}, "per_day"),
        ({"quiet_from": time(8)}, "quiet_until"),
        ({"quiet_from": time(8, 1)}, None),
        ({"numbers": "de_DE"}, None),
        ({"numbers": "xx_XX"}, "numbers"),
    ],
)
def test_the_playbooks_bounds(own: dict[str, Any], field: str | None) -> None:
    decision = wishes.change(jonas(), change(**own), context())
    assert (decision.field if isinstance(decision, Refuse) else None) == field


def test_the_same_again_is_nothing() -> None:
    person = after(jonas(), wishes.change(jonas(), change(per_day=3), context()))
    assert accepted(wishes.change(person, change(per_day=3), context())).facts == ()


@pytest.mark.parametrize(("day", "away"), [(8, False), (9, True), (11, True), (12, False)])
def test_away_from_the_first_to_the_last_day(day: int, away: bool) -> None:
    said = SayAway(stream_id=jonas().id, actor=JONAS, from_on=date(2026, 12, 9), until_on=date(2026, 12, 11))
    person = after(jonas(), wishes.say_away(jonas(), said, context()))
    assert person.wishes.is_away(date(2026, 12, day)) is away
