"""The same deal when Slack is called instead of calling: one setting, nothing lost, nothing twice."""

from collections.abc import Iterator
from contextlib import closing
from fcntl import LOCK_EX, flock
from pathlib import Path
from sqlite3 import connect

import pytest

from sandbox.slack.seed import MAYA, SHARED
from sandbox.wait import until
from sandbox.walk import CLARA
from tests.world import WAIT_S, World

YES = "Yes, let's go ahead. We accept the offer with the 22% and 60 days, please send us the contract."


@pytest.fixture
def line(tmp_path: Path, seal_dir: Path) -> Iterator[World]:
    """A company whose Slack app is in Socket Mode: it has no address of ours at all."""
    made = World(tmp_path / "town", seal_dir, socket_mode=True)
    made.town.site.app.request_url = ""
    yield made
    made.close()
    made.told()


def test_a_whole_deal_walks_over_the_line_though_every_event_is_told_twice(line: World) -> None:
    line.town.site.faults.duplicate_events = True
    line.walk.play()
    assert line.record()["StageName"] == "Closed Won"
    assert {"events_api", "interactive"} <= set(line.town.site.socket.told)
    assert {entry.status for entry in line.town.site.journal.deliveries()} == {200}
    shown = line.run("ledger", "show", str(line.record()["Countersign_Deal__c"]))
    for once in ("signal.detected", "win.posted"):
        assert shown.count(once) == 1, shown
    assert "every chain is whole" in line.run("ledger", "verify")


def test_a_command_is_answered_over_the_line(line: World) -> None:
    line.walk.negotiate()
    assert "BRIGHTWATER FREIGHT: LISTENING" in line.person(MAYA).types("/deal status")
    assert "slash_commands" in line.town.site.socket.told


def test_slacks_word_to_change_the_line_is_followed_and_what_it_told_meanwhile_is_not_lost(line: World) -> None:
    line.walk.negotiate()
    before = line.town.site.socket.opened
    line.town.site.socket.ask_to_leave()
    line.person(CLARA).says(YES, SHARED)
    until(lambda: line.town.site.socket.opened > before, WAIT_S, "a new line")
    assert "yes" in line.card().casefold()


def test_a_line_that_is_cut_is_opened_anew_and_slack_tells_again(line: World) -> None:
    line.walk.negotiate()
    line.town.site.deliveries.retry_spacing = (1, 2, 4)
    before = line.town.site.socket.opened
    line.town.site.socket.drop()
    line.town.people.say(CLARA, SHARED, YES)
    until(lambda: line.town.site.socket.opened > before, WAIT_S, "a new line")
    line.town.site.queue.idle(WAIT_S)
    assert "yes" in line.card().casefold()
    assert line.town.site.journal.deliveries()[-1].status == 200


def test_nothing_is_acknowledged_before_it_is_committed(line: World) -> None:
    """The database is held by somebody else longer than Slack waits."""
    line.walk.negotiate()
    site = line.town.site
    site.deliveries.retry_spacing = (0, 1, 2)
    before = len(site.journal.deliveries())
    with (line.town.folder / "countersign.db.lock").open("a") as held:
        flock(held, LOCK_EX)
        line.town.people.say(CLARA, SHARED, YES)
        until(lambda: len(site.journal.deliveries()) > before, WAIT_S, "Slack gives up on its first try")
    site.queue.idle(WAIT_S)
    first, *_, last = site.journal.deliveries()[before:]
    assert (first.failed, last.status, first.body) == ("http_timeout", 200, last.body)
    assert "yes" in line.card().casefold()


def test_what_the_database_does_not_take_is_told_again(line: World, caplog: pytest.LogCaptureFixture) -> None:
    line.walk.negotiate()
    site = line.town.site
    site.deliveries.retry_spacing = (0, 1, 2)
    with closing(connect(line.town.folder / "countersign.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line.town.people.say(CLARA, SHARED, YES)
        until(lambda: "an envelope was not taken" in caplog.text, WAIT_S, "our word that it was not taken")
        other.execute("ROLLBACK")
    site.queue.idle(WAIT_S)
    assert site.journal.deliveries()[-1].status == 200
    assert "yes" in line.card().casefold()
