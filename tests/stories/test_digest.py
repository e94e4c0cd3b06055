"""The managers' channel: told once a day and once a week, in its own hours, with a picture that is also in words."""

import struct

from sandbox.slack.entities import File, Message
from sandbox.slack.seed import NORTH
from sandbox.wait import until
from sandbox.walk import JONAS
from tests.world import WAIT_S, World

EVENING = {"hours": 7, "minutes": 48}  # from 09:12 to 17:00


def pictures(world: World) -> list[File]:
    return [file for file in world.town.site.world.files.values() if file.name == "digest.png"]


def digests(world: World) -> list[Message]:
    world.settle()
    return [m for m in world.town.site.world.messages.get(NORTH, []) if m.bot]


def test_a_win_is_told_once_a_day_and_once_a_week(world: World) -> None:
    world.walk.play()
    world.turn(**EVENING)
    [told] = world.said(NORTH)
    assert told.startswith("Team North, 17 Nov 2026: 1 won (EUR 237,984.80), none open, nothing needs you.")
    assert "TEAM NORTH: TUE 17 NOV 2026" in told
    assert ":white_check_mark: *Won:* Brightwater Freight, EUR 237,984.80 (Maya Okafor)" in told
    assert "Next digest 18 Nov 2026, 17:00 UTC" in told
    world.turn(days=2, hours=23)  # Friday at 16:00 in Dublin: no evening had anything to tell
    [_, week] = world.said(NORTH)
    assert "TEAM NORTH: THE WEEK TO 20 NOV 2026" in week
    assert "*1 won (EUR 237,984.80) · 0 lost*" in week
    assert "not enough data, 1 deal signed, 5 needed" in week


def test_a_late_decision_comes_first_with_the_act_and_the_picture_says_its_numbers(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.walk.request(JONAS, "approval.approve")
    world.turn(hours=6)
    assert world.said(NORTH) == []
    world.turn(hours=1, minutes=48)
    [told] = world.said(NORTH)
    assert "*1 needs you*" in told
    assert "1. *Brightwater Freight:* Jonas Weber has not decided, late since today" in told
    assert "ask Jonas Weber, or name somebody else" in told
    assert "*Open: 1 deal, EUR 226,839.20*\nWaiting on approvals: 1, EUR 226,839.20" in told
    assert "[picture: Bar chart. Open deals by state in EUR, Team North, 17 Nov 2026, 1 deal." in told
    assert "Waiting on approvals Amount 226,839.20, Deals 1.]" in told


def test_the_picture_is_a_file_of_slack_that_the_message_shows(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.turn(**EVENING)
    [message], [picture] = digests(world), pictures(world)
    [shown] = [block for block in message.blocks if block["type"] == "image"]
    assert shown["slack_file"] == {"id": picture.id}
    width, _ = struct.unpack(">II", (picture.body or b"")[16:24])
    assert ((picture.body or b"")[:4], width) == (b"\x89PNG", 1600)
    assert len(picture.body or b"") < 200_000
    assert world.said(NORTH)


def test_nothing_to_tell_is_no_digest(world: World) -> None:
    world.walk.negotiate()
    world.turn(**EVENING)
    assert world.said(NORTH) == []


def test_after_days_of_silence_one_digest_tells_it_all(world: World) -> None:
    world.walk.play()
    world.turn(days=2, hours=13)  # past two evenings; nothing was awake
    assert world.said(NORTH) == []
    world.turn(hours=18, minutes=48)
    daily = [text for text in world.said(NORTH) if "the week to" not in text.casefold()]
    assert len(daily) == 1
    assert "Brightwater Freight, EUR 237,984.80" in daily[0]


def test_a_stop_holds_the_digest_back_until_somebody_resumes(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.run("pause", "slack")
    world.turn(**EVENING)
    assert world.said(NORTH) == []
    world.run("resume", "slack")
    world.turn(hours=2)
    until(lambda: world.said(NORTH), WAIT_S, "what was held back")  # it is looked at again every two seconds
    assert [text[:24] for text in world.said(NORTH)] == ["Team North, 17 Nov 2026:"]
