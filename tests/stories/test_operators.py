"""Who keeps Countersign running is told once of each trouble, and sees in the same message when it is over."""

import requests

from sandbox.salesforce import seed
from sandbox.walk import CHANNEL
from tests.played import Played
from tests.world import World

OPS = "countersign-ops"


def told(world: World) -> list[str]:
    """In the operators' channel, after the clock has looked."""
    world.look_out()
    return [said.replace("*", "") for said in world.said(OPS)]


def test_refused_credentials_are_told_at_once_and_once_and_the_same_card_says_when_it_is_over(world: World) -> None:
    """Two who are refused are enough; a third finds the door shut."""
    sessions = world.town.salesforce.sessions
    secret, sessions.client_secret = sessions.client_secret, "another"
    sessions.by_token.clear()
    world.look()
    assert told(world) == [], "once may be a mishap"
    seed.negotiate(world.town.org)
    world.settle()
    (card,) = told(world)
    assert "Salesforce does not accept our sign-in" in card
    assert "Renew the credentials in the settings and restart" in card
    assert told(world) == [card]
    sessions.client_secret = secret
    world.passes(minutes=6)
    (card,) = told(world)
    assert "over since" in card
    assert "Nothing to do" in card
    assert world.town.site.world.channel_named(CHANNEL) is not None, "what was owed went out"


def test_a_provider_that_is_down_is_told_after_the_playbooks_minutes_and_not_before(world: World) -> None:
    world.town.salesforce.fault("busy", 100_000)
    seed.negotiate(world.town.org)
    for _ in range(8):
        world.passes(seconds=13)
        assert told(world) == []
    for _ in range(4):
        world.passes(minutes=1)
    (card,) = told(world)
    assert "Salesforce does not answer as it should" in card
    world.town.salesforce.mend()
    world.passes(minutes=10)
    (card,) = told(world)
    assert "over since" in card


def test_what_is_parked_is_one_card_a_system_that_counts_and_never_names_a_customer(world: World) -> None:
    world.town.site.faults.add("users.list", "fatal_misconfiguration")
    world.look()
    assert "Waiting for a person: 1 step for Slack" in told(world)[0]
    world.town.site.faults.add("conversations.create", "restricted_action")
    seed.negotiate(world.town.org)
    world.settle()
    (card,) = told(world)
    assert "Waiting for a person: 2 steps for Slack" in card
    assert "countersign effects list" in card
    for key in [row.split()[-1] for row in world.run("effects", "list").splitlines()]:
        world.run("effects", "skip", key)
    (card,) = told(world)
    assert "over since" in card
    assert "Brightwater" not in card


def test_without_the_channel_nothing_is_parked_for_it(world: World) -> None:
    channel = world.town.site.world.channel_named(OPS)
    assert channel is not None
    channel.archived = True
    world.town.site.faults.add("users.list", "fatal_misconfiguration")
    world.look()
    world.look_out()
    assert [row.split()[-1].rpartition(":")[2] for row in world.run("effects", "list").splitlines()] == ["people.read"]


def test_the_real_processes_beat_and_are_ready(played: Played) -> None:
    told = requests.get(f"{played.town.url}/readyz", timeout=30).json()
    assert (told["ready"], told["database"], told["queue"]) == (True, "ok", "ok")
    assert told["clock_beat_s"] < 30
    assert requests.get(f"{played.town.url}/metrics", timeout=30).status_code == 404, "no METRICS_TOKEN is set"
