"""The page's server: who may come in, what is told to whom, and how heavy it is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.page.controls import month_end
from sandbox.page.seen import parts
from sandbox.page.server import CLIENT, PageServer
from sandbox.page.stage import Stage
from sandbox.wait import until
from sandbox.walk import CLARA, MAYA, SHARED, WINS

HEAVIEST = 500_000
LONGEST = 300
WAIT_S = 30.0


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageServer]:
    """The company is not opened: what is asked here needs no product."""
    stage = Stage(tmp_path_factory.mktemp("page") / "town")
    made = PageServer(stage)
    made.start()
    yield made
    made.stop()
    stage.trouble.close()
    stage.others.stop()


def act(page: PageServer, **given: object) -> requests.Response:
    return requests.post(f"{page.url}/act", json=given, timeout=WAIT_S)


def told(page: PageServer, user: str) -> dict[str, Any]:
    return {key: json.loads(value) for key, value in parts(page.stage, user).items()}


def test_the_page_is_light_and_its_modules_are_small() -> None:
    assert sum(path.stat().st_size for path in CLIENT.iterdir()) < HEAVIEST
    assert {path.name: n for path in CLIENT.glob("*.js") if (n := len(path.read_text().splitlines())) > LONGEST} == {}


def test_nothing_is_fetched_from_elsewhere(page: PageServer) -> None:
    policy = requests.get(page.url, timeout=WAIT_S).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'")
    assert "unsafe" not in policy
    assert [path.name for path in CLIENT.glob("*.js") if "innerHTML" in path.read_text()] == []


@pytest.mark.parametrize(
    "headers",
    [{"Host": "countersign.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}],
    ids=["by another name", "from another page", "from nowhere"],
)
def test_strangers_are_turned_away(page: PageServer, headers: dict[str, str]) -> None:
    assert requests.get(page.url, headers=headers, timeout=WAIT_S).status_code == 403
    assert requests.post(f"{page.url}/act", json={}, headers=headers, timeout=WAIT_S).status_code == 403


@pytest.mark.parametrize("name", ["..%2ftown.py", "%2e%2e%2ftown.py", "none.js", "inter.LICENSE"])
def test_only_the_client_is_served(page: PageServer, name: str) -> None:
    assert requests.get(f"{page.url}/client/{name}", timeout=WAIT_S).status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"act": "nothing"}, 400),
        ({"act": "say", "as": MAYA}, 400),
        ({"act": "say", "as": CLARA, "channel": WINS, "text": "hello"}, 409),
        ({"act": "say", "as": "U0", "channel": WINS, "text": "hello"}, 409),
        ({"act": "submit", "as": MAYA}, 409),
        ({"act": "turn", "by": "century"}, 400),
        ({"act": "fault", "name": "nothing", "on": True}, 400),
        ({"act": "reset", "name": "nothing"}, 400),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_done_is_said(page: PageServer, given: dict[str, object], status: int) -> None:
    answer = act(page, **given)
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)


def test_a_form_of_another_page_is_no_act(page: PageServer) -> None:
    body = json.dumps({"act": "say", "as": MAYA, "channel": SHARED, "text": "forged"})
    answer = requests.post(f"{page.url}/act", data=body, headers={"Content-Type": "text/plain"}, timeout=WAIT_S)
    assert answer.status_code == 400
    assert not any(m.text == "forged" for m in page.stage.town.people.messages(SHARED))


def test_each_person_is_told_what_that_person_sees(page: PageServer) -> None:
    assert act(page, act="say", **{"as": MAYA}, channel=WINS, text="inside only").ok
    assert act(page, act="say", **{"as": MAYA}, channel=SHARED, text="for both").ok
    hers, theirs = told(page, MAYA), told(page, CLARA)
    assert {one["name"] for key, one in theirs.items() if key.startswith("channel:")} == {"larkspur-brightwater"}
    assert "inside only" in str(hers)
    assert "inside only" not in str(theirs)
    assert "for both" in str(theirs)
    assert theirs["home"] is None


def test_the_stream_tells_everything_and_then_the_change(page: PageServer) -> None:
    with requests.get(f"{page.url}/stream", params={"as": MAYA}, stream=True, timeout=WAIT_S) as stream:
        lines = (line for line in stream.iter_lines() if line.startswith(b"data: "))
        first = json.loads(next(lines)[6:])["set"]
        assert {"people", "clock", "stage", f"channel:{SHARED}"} <= set(first)
        act(page, act="say", **{"as": CLARA}, channel=SHARED, text="a change")
        change = json.loads(next(lines)[6:])["set"]
        assert [one["text"] for key, one in change.items() if key.startswith("message:")] == ["a change"]
        assert "people" not in change


def test_a_file_is_given_only_to_who_may_see_it(page: PageServer) -> None:
    assert requests.get(f"{page.url}/files/F0/x.pdf", params={"as": MAYA}, timeout=WAIT_S).status_code == 404


def test_a_fault_ends_by_the_companys_clock(page: PageServer) -> None:
    stage = page.stage
    stage.trouble.begin("salesforce_down")
    live = next(one for one in stage.trouble.told() if one["name"] == "salesforce_down")
    assert live["live"]
    stage.town.clock.turn(timedelta(hours=3, seconds=1))
    until(lambda: not any(one["live"] for one in stage.trouble.told()), WAIT_S, "the end of the fault")
    past = next(one["past"] for one in stage.trouble.told() if one["name"] == "salesforce_down")
    assert past.startswith("Over since")


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 17, 9, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (datetime(2026, 11, 30, 17, tzinfo=UTC), datetime(2026, 12, 31, 17, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 31, 17, tzinfo=UTC)),
        (datetime(2028, 2, 1, tzinfo=UTC), datetime(2028, 2, 29, 17, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_month(now: datetime, end: datetime) -> None:
    assert month_end(now) == end


def test_the_client_names_no_other_host() -> None:
    links = [line for path in CLIENT.glob("*.*") if path.suffix in {".js", ".css", ".html"} for line in _hosts(path)]
    assert links == []


def _hosts(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if "https://" in line or "//cdn" in line]
