"""/deal, Home and the managers' digest, for this deal."""

from datetime import timedelta

import pytest

from sandbox.slack.entities import Message
from sandbox.wait import until
from sandbox.walk import CLARA, JONAS, MAYA, SHARED, readable
from tests.played import RAVI, Played


def ask(played: Played, user: str, channel: str, words: str) -> str:
    before = len(played.town.people.ephemerals(user))
    reply = played.town.people.command(user, channel, "/deal", words)
    assert reply.status == 200
    new: list[Message] = until(lambda: played.town.people.ephemerals(user)[before:], 30, f"an answer to /deal {words}")
    return "\n".join([new[-1].text, *readable(new[-1])])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("help", "What /deal can do"),
        ("", "What /deal can do"),
        ("status", "closed won"),
        ("why", "because Clara Vogt wrote"),
        ("find bright", "Brightwater Freight"),
        ("find nobody", "No deal has"),
        ("statsu", "Did you mean /deal status?"),
    ],
)
def test_a_rep_asks_in_the_deals_channel(played: Played, words: str, expected: str) -> None:
    assert expected in ask(played, MAYA, played.walk.channel().id, words)


def test_nothing_internal_is_answered_where_the_customer_reads(played: Played) -> None:
    assert "I keep that out of shared channels." in ask(played, MAYA, SHARED, "status")


def test_a_customer_who_asks_learns_nothing(played: Played) -> None:
    told = ask(played, CLARA, SHARED, "status")
    assert "Only people at" in told
    assert "EUR" not in told


def test_pause_and_resume(played: Played) -> None:
    channel = played.walk.channel().id
    assert "stopped" in ask(played, MAYA, channel, "pause wrong start date")
    assert "This deal is paused already." in ask(played, MAYA, channel, "pause")
    assert "closed won" in ask(played, MAYA, channel, "resume")
    assert "This deal is not paused." in ask(played, MAYA, channel, "resume")


def test_a_command_without_a_deal_says_how_to_name_one(played: Played) -> None:
    told = ask(played, RAVI, "C07WINS0001", "pause nobody-here")
    assert "This channel belongs to no deal." in told


def home(played: Played, user: str) -> str:
    played.town.people.open_home(user)
    found = until(lambda: played.town.people.home(user), 30, f"the Home of {user}")
    return "\n".join(readable(Message("", "", "", "", list(found["blocks"]))))


def test_home_shows_my_deals(played: Played) -> None:
    """The Home of an earlier moment may still stand when she opens it: it is made anew."""
    shown = until(lambda: found if "EUR 237,984.80" in (found := home(played, MAYA)) else None, 30, "the signed amount")
    assert "Brightwater Freight" in shown


def test_home_says_when_nothing_waits(played: Played) -> None:
    assert "NOTHING WAITS ON YOU" in home(played, JONAS)


def test_the_managers_digest_comes_at_its_hour(played: Played) -> None:
    before = len(played.said("C07NORTH001"))
    played.town.clock.turn(timedelta(hours=9))
    until(lambda: len(played.said("C07NORTH001")) > before, 30, "the digest")
    assert "17 Nov 2026" in played.said("C07NORTH001")[-1]
    assert "Brightwater Freight" in played.said("C07NORTH001")[-1]
