"""A whole deal, and no word of the customer, no name and no secret in any log, however talkative the libraries are."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import JsonLines, secrets_of
from sandbox.slack.seed import OURS, THEIRS
from sandbox.walk import NO, PROMISE, YES, YES_IF
from tests.played import Played
from tests.world import World

SAID = [part for text in (YES, NO, PROMISE, YES_IF) for part in text.split(". ")]
NAMES = ["Brightwater", *(name for told in (*OURS, *THEIRS) for name in told[1].split())]
LIKE_SECRETS = ["xoxb-", "Bearer ", "@", "/p/"]


def guilty(logged: str, secrets: list[str]) -> list[str]:
    return [word for word in (*SAID, *NAMES, *LIKE_SECRETS, *secrets) if word in logged]


@pytest.fixture
def overheard(world: World) -> Iterator[StringIO]:
    """Everything that any logger of this very process says, down to its debugging."""
    said = StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLines("world", secrets_of(dict(world.settings))))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.attack(38)
def test_a_whole_deal_leaves_no_word_no_name_and_no_secret_in_the_logs(world: World, overheard: StringIO) -> None:
    world.town.mail.refuse("nobody@brightwater.example")
    world.town.site.faults.add("users.list", "fatal_misconfiguration")
    world.look()
    world.walk.play()
    assert world.record()["StageName"] == "Closed Won"
    lines = [json.loads(line) for line in overheard.getvalue().splitlines()]
    heard = {line["logger"].partition(".")[0] for line in lines}
    assert {"jobs", "slack_sdk", "urllib3"} <= heard
    secrets = secrets_of(dict(world.settings))
    assert len(secrets) > 5
    assert guilty(overheard.getvalue(), secrets) == []


@pytest.mark.attack(38)
def test_the_processes_write_json_and_nothing_of_the_deal(played: Played) -> None:
    folder = played.town.folder / "run" / "log"
    secrets = [*played.town.keys.values(), played.town.site.app.bot_token, played.town.site.app.signing_secret]
    for name in ("web", "worker", "worker-long", "clock"):
        text = (folder / f"{name}.log").read_text()
        assert guilty(text, secrets) == [], name
        assert all(json.loads(line)["process"].startswith(name[:6]) for line in text.splitlines()), name
    queue = (folder / "queue.log").read_text()
    assert set(guilty(queue, secrets)) <= {"@"}, "Valkey's own words"
