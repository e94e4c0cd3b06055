"""Home: what waits on me, my deals, my team, and how I want to be told; published for who looks, and kept true."""

import pytest

from sandbox.slack import seed
from sandbox.slack.submitting import NotSubmitted
from sandbox.walk import CHANNEL, JONAS, MAYA
from tests.world import Person, World

SAM, PRIYA, KOFI = seed.SAM, seed.PRIYA, seed.KOFI


@pytest.fixture
def waiting(world: World) -> World:
    """Two approvals wait: Jonas Weber's on the discount, Priya Raman's on the payment terms."""
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    return world


def published(world: World) -> int:
    world.settle()
    return len(world.town.site.journal.calls("views.publish"))


def reading(view: dict[str, object]) -> str:
    return str(view["blocks"])


def test_who_has_nothing_to_do_reads_kind_words(world: World) -> None:
    told = world.person(JONAS).home()
    assert "NOTHING WAITS ON YOU" in told
    assert "Nothing to do now." in told
    assert "Welcome." in told
    assert "Welcome." not in world.person(JONAS).home()


def test_an_approval_is_decided_in_home_and_home_says_so(waiting: World) -> None:
    jonas = waiting.person(JONAS)
    told = jonas.home()
    assert "1 THING WAITS ON YOU" in told
    assert "Discount: Brightwater Freight" in told
    assert "EUR 226,839.20 · new · by 17 Nov 2026, 13:12 UTC" in told
    jonas.presses_home("approval.approve")
    assert "NOTHING WAITS ON YOU" in jonas.at_home()
    assert "Jonas Weber approved" in waiting.card()


def test_a_rep_sees_where_her_deal_stands_and_what_comes_next(waiting: World) -> None:
    told = waiting.person(MAYA).home()
    assert "Your deals: 1 open, EUR 226,839.20" in told
    assert "Brightwater Freight:* waiting on approvals (" in told
    assert "Next: It is ready to send." in told
    waiting.person(MAYA).presses_home("deal.open")
    assert "WAITING ON APPROVALS" in str(waiting.person(MAYA).modal()).upper()


def test_home_follows_what_happens_while_somebody_may_be_looking(waiting: World) -> None:
    waiting.person(MAYA).home()
    waiting.walk.request(JONAS, "approval.approve")
    waiting.person(JONAS).presses("approval.approve")
    waiting.person(PRIYA).presses("approval.approve")
    assert "ready to send" in waiting.person(MAYA).at_home()


def test_home_is_published_for_nobody_who_does_not_look(waiting: World) -> None:
    before = published(waiting)
    waiting.person(PRIYA).presses("approval.approve")
    assert published(waiting) == before
    waiting.person(PRIYA).home()
    waiting.turn(hours=13)
    before = published(waiting)
    waiting.person(JONAS).presses("approval.approve")
    assert published(waiting) == before


def test_a_manager_sees_what_is_late_first_and_what_to_do(waiting: World) -> None:
    sam = waiting.person(SAM)
    told = sam.home()
    assert "Your team: 1 open deal, EUR 226,839.20" in told
    assert ":white_check_mark: Nothing is late." in told
    assert "Brightwater Freight: waiting on approvals (" in told
    assert "Maya Okafor: 1 deal, EUR 226,839.20" in told
    waiting.turn(hours=7)
    told = sam.home()
    assert "1 OF YOUR TEAM'S DEALS NEEDS YOU" in told
    assert ":warning: *Brightwater Freight:* Jonas Weber has not decided, late since today" in told
    assert "ask Jonas Weber, or name somebody else" in told
    assert ":warning: Jonas Weber: 1 open, 1 late" in told


def test_my_settings_are_filled_in_kept_and_hold(world: World) -> None:
    jonas = world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    assert "A message for each, in Slack" in reading(jonas.modal())
    told = jonas.fills(door="digest", quiet_from="18:30", quiet_until="07:30", per_day="3", numbers="de_DE")
    assert told == {}
    jonas.presses_home("settings.open")
    assert all(held in reading(jonas.modal()) for held in ("'digest'", "'18:30'", "'07:30'", "'3'", "'de_DE'"))
    world.walk.negotiate()
    world.walk.agree()
    assert "EUR 226.839,20" in jonas.home()
    assert world.town.people.dm(JONAS) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("per_day", "many", "Use a whole number from 1 on, such as 12."),
        ("per_day", "0", "Use a whole number from 1 on, such as 12."),
        ("per_day", "61", "Use a number from 1 to 60, such as 12."),
        ("quiet_until", "19:00", "Choose two different times, such as 19:00 and 08:00."),
        ("quiet_from", "25:00", "Use hours and minutes, such as 19:00."),
    ],
)
def test_what_does_not_hold_is_said_at_its_field(world: World, field: str, value: str, words: str) -> None:
    jonas = world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    told = jonas.fills(**{field: value})
    assert words in told[field]
    assert list(told) == [field]


def test_a_field_that_is_empty_never_leaves_slack(world: World) -> None:
    jonas = world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    with pytest.raises(NotSubmitted):
        jonas.fills(per_day="")


def test_the_command_opens_the_same_form(world: World) -> None:
    told = world.person(MAYA).types("/deal settings")
    assert "Your settings are open." in told
    assert "Messages a day, at most" in reading(world.person(MAYA).modal())


def test_who_is_away_is_not_asked(world: World) -> None:
    priya = world.person(PRIYA)
    priya.home()
    priya.presses_home("away.open")
    assert priya.fills(from_on="2026-11-17", until_on="2026-11-20") == {}
    world.walk.negotiate()
    world.walk.agree()
    assert "Payment terms: Dana Lindqvist" in world.card()
    priya.presses_home("away.open")
    assert "You said: away from 17 Nov 2026 to 20 Nov 2026." in reading(priya.modal())


def test_somebody_elses_settings_cannot_be_saved_by_a_forged_form(world: World) -> None:
    maya, jonas = world.person(MAYA), world.person(JONAS)
    jonas.home()
    jonas.presses_home("settings.open")
    theirs = jonas.modal()["private_metadata"]
    maya.home()
    maya.presses_home("settings.open")
    forged(maya, theirs)
    maya.fills(per_day="1")
    assert "These are somebody else's settings." in reading(maya.modal())


def forged(person: Person, metadata: str) -> None:
    """What a hostile client would send: her own form, with another one's route."""
    site = person.world.town.site
    with site.lock:
        site.world.views[site.world.modals[person.user][-1]].body["private_metadata"] = metadata


def test_no_home_is_shown_to_a_customer(waiting: World) -> None:
    with pytest.raises(PermissionError):
        waiting.town.people.open_home(seed.CLARA)
    assert waiting.said(CHANNEL)
