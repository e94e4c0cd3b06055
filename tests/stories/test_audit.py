"""Stories 6.2.4.4, 6.2.2.1 and NFR-6.2: the trail of approvals, what is kept, who is told how often, who may."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import pytest

from sandbox.slack import seed
from sandbox.slack.admins import Admins
from sandbox.walk import JONAS, MAYA, NO, SHARED, YES_IF
from tests.world import World

PRIYA, DANA, KOFI = seed.PRIYA, seed.DANA, seed.KOFI
RIGHTLESS = (MAYA, seed.SAM, KOFI, seed.NOOR, seed.TOM, seed.RAVI)


def trail(world: World, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(world.run("audit", "approvals", *words, "--json"))
    return found


@pytest.fixture
def waiting(world: World) -> World:
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    return world


@pytest.fixture
def decided(waiting: World) -> World:
    """Jonas Weber says no to 22% and yes to 18%; Priya Raman says yes."""
    waiting.walk.reject()
    waiting.walk.reprice()
    waiting.settle()
    waiting.turn(minutes=20)
    waiting.person(JONAS).presses("approval.approve")
    waiting.person(PRIYA).presses("approval.approve")
    return waiting


@pytest.mark.story("6.2.4.4", criterion=1)
def test_every_decision_is_on_the_trail_with_its_reason_and_the_package_it_was_taken_on(decided: World) -> None:
    rows = trail(decided)
    told = [(r["package"], r["request"], r["outcome"], r["decided_by"]) for r in rows]
    assert told == [
        (1, "Discount", "rejected", "Jonas Weber"),
        (1, "Payment terms", "replaced", ""),
        (2, "Discount", "granted", "Jonas Weber"),
        (2, "Payment terms", "granted", "Priya Raman"),
    ]
    assert (rows[0]["reason"], rows[0]["yes_if"]) == (NO, YES_IF)
    assert len({rows[0]["package_hash"], rows[2]["package_hash"]}) == 2
    assert all(len(r["package_hash"]) == len(r["playbook"]) == 64 for r in rows if r["decided_by"])
    assert "every chain is whole" in decided.run("ledger", "verify")


@pytest.mark.story("6.2.4.4", criterion=2)
def test_the_trail_says_who_asked_whom_by_which_rule_and_why_that_person(decided: World) -> None:
    first = trail(decided)[0]
    assert (first["asked_by"], first["asked"], first["role"]) == ("Maya Okafor", "Jonas Weber", "sales-vp")
    assert first["rule"] == "Discounts, line 3: above 15% and up to 25%, the VP Sales decides"
    assert "22%" in first["why"]
    told = decided.run("audit", "approvals", "brightwater")
    assert "Maya Okafor asks Jonas Weber (sales-vp)" in told
    assert f"rejected by Jonas Weber, {first['decided_at']}: {NO}" in told


@pytest.mark.story("6.2.4.4", criterion=3)
def test_the_trail_has_times_what_was_late_and_to_whom_a_request_went(world: World) -> None:
    priya = world.person(PRIYA)
    priya.home()
    priya.presses_home("away.open")
    priya.fills(from_on="2026-11-17", until_on="2026-11-20")
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    world.turn(hours=5)
    world.person(JONAS).presses("approval.approve")
    discount, payment = trail(world)
    assert (discount["minutes"], discount["late"]) == (300, True)
    assert datetime.fromisoformat(discount["decided_at"]) > datetime.fromisoformat(discount["by_when"])
    [went] = payment["went_to"]
    assert (went["to"], went["reason"]) == ("Dana Lindqvist", "the one who was asked is away")
    assert (payment["asked"], payment["outcome"], payment["minutes"]) == ("Priya Raman", "open", None)


def test_the_trail_is_found_by_words_and_days(decided: World) -> None:
    assert [r["request"] for r in trail(decided, "priya")] == ["Payment terms", "Payment terms"]
    assert len(trail(decided, "volume carries")) == 1
    assert trail(decided, "nobody of this name") == []
    assert len(trail(decided, "--from", "2026-11-17", "--to", "2026-11-17")) == 4
    assert trail(decided, "--from", "2026-11-18") == []


@pytest.mark.story("6.2.4.4", criterion=5)
def test_decisions_are_kept_their_years_heard_words_die_on_their_day_and_both_are_reported(decided: World) -> None:
    decided.person(seed.CLARA).says("Nice weather in Hamburg today.", SHARED)
    before = kept(decided)
    assert before["approval decisions"]["count"] == 4
    assert before["approval decisions"]["rule"] == "10 years, to the end of the year"
    decided.turn(days=31)
    after = kept(decided)
    assert before["heard texts"]["count"] - after["heard texts"]["count"] == 1
    assert {each["overdue"] for each in after.values()} == {0}
    rows = list(csv.DictReader(io.StringIO(decided.run("audit", "approvals", "--csv"))))
    assert [row["kept_until"] for row in rows] == ["2036-12-31"] * 4
    assert (rows[0]["decided_by"], rows[0]["reason"]) == ("Jonas Weber", NO)


def kept(world: World) -> dict[str, dict[str, Any]]:
    return {each["what"]: each for each in json.loads(world.run("audit", "retention", "--json"))}


@pytest.mark.story("6.2.2.1", criterion=6)
def test_what_is_above_my_budget_comes_together_next_morning(world: World) -> None:
    jonas = world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    assert jonas.fills(per_day="1") == {}
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    assert len(world.town.people.dm(JONAS)) == 1
    world.walk.reject()
    world.walk.reprice()
    world.settle()
    assert len(world.town.people.dm(JONAS)) == 1
    assert "1 THING WAITS ON YOU" in jonas.home()
    world.turn(hours=22)
    assert len(world.town.people.dm(JONAS)) == 2
    assert "Good morning, Jonas." in jonas.reads()


@pytest.mark.story("6.2.2.1", criterion=6)
def test_nobody_is_told_in_quiet_hours(world: World) -> None:
    jonas = world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    assert jonas.fills(quiet_from="10:00", quiet_until="16:00") == {}
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    assert world.town.people.dm(JONAS) == []
    world.turn(hours=6)
    assert "1 came in while you were off" in jonas.reads()


@pytest.mark.story("NFR-6.2", criterion=3)
def test_a_right_that_was_lost_is_lost_for_what_is_owed_too(waiting: World) -> None:
    waiting.person(JONAS).presses("approval.approve")
    waiting.person(PRIYA).presses("approval.approve")
    waiting.walk.send()
    Admins(waiting.town.site).deactivate(MAYA)
    waiting.settle()
    assert waiting.town.mail.letters == []
    assert "permission" in waiting.run("effects", "list")


@pytest.mark.story("NFR-6.2", criterion=3)
def test_nobody_reads_a_margin_a_floor_or_a_customer_that_is_not_hers(waiting: World) -> None:
    for user in RIGHTLESS:
        person = waiting.person(user)
        told = person.home()
        assert not any(secret in told.casefold() for secret in ("margin", "floor", "61.2"))
        assert ("Brightwater" in told) is (user in (MAYA, seed.SAM))
    waiting.person(MAYA).presses_home("deal.open")
    shown = [str(waiting.person(MAYA).modal()), waiting.card(), "\n".join(waiting.said(waiting.walk.channel().id))]
    assert not any(secret in text.casefold() for text in shown for secret in ("margin 6", "floor", "61.2"))
    assert "margin 61.2%" in waiting.person(JONAS).reads()


@pytest.mark.story("NFR-6.2", criterion=3)
def test_the_table_of_rights_is_printed_and_holds(world: World) -> None:
    rows = json.loads(world.run("people", "table", "--json"))
    assert rows["SetAutonomy"] == {"permission": "autonomy.set", "roles": ["administrator"]}
    assert rows["CounterSign"]["roles"] == ["sales-vp", "managing-director"]
    assert rows["RecordClosed"]["roles"] == []
