"""The database crashes under the running company, again and again: the doors say so, and nothing is lost."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from sandbox.salesforce import seed
from sandbox.slack.people import People
from sandbox.wait import until
from sandbox.walk import CLARA, JONAS, SHARED, TOTAL, YES
from tests import engines
from tests.chaos import shaking
from tests.chaos.invariants import INVARIANTS
from tests.chaos.shaking import Shaken
from tests.chaos.walks import ShakenWalk
from tests.store.desk import opened

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(400)]
WAIT_S = 60.0
LASTING = {"max_connections": "100"}  # what is committed is on the disk
AWAY = 503


@contextmanager
def crashed(server: engines.Server) -> Iterator[None]:
    server.stop("immediate")
    try:
        yield
    finally:
        server.start()


@pytest.fixture(scope="module")
def shaken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaken]:
    with engines.postgres(secrets.token_hex(4), LASTING) as server, engines.database(server.url) as url:
        opened(url).close()
        with shaking.shaky(tmp_path_factory.mktemp("restarted"), url) as (house, walk):
            house.open()
            _salesforce_tells(server, walk)
            _clara_says_yes(server, walk)
            _jonas_approves(server, walk)
            _clara_signs(server, walk)
            walk.from_signing()
            walk.sleep(house.store)
            yield house, walk


def _salesforce_tells(server: engines.Server, walk: ShakenWalk) -> None:
    outbound = walk.town.outbound
    assert outbound is not None
    with crashed(server):
        seed.negotiate(walk.town.org)
        until(lambda: AWAY in [status for _, status in outbound.sent], WAIT_S, "Salesforce hears that we cannot")
        assert 200 not in [status for _, status in outbound.sent]
    walk.introduction()
    walk.promise()


def _clara_says_yes(server: engines.Server, walk: ShakenWalk) -> None:
    journal = walk.town.site.journal
    with crashed(server):
        walk.stamps["yes"] = walk.people.say(CLARA, SHARED, YES)
        until(lambda: AWAY in [told.status for told in journal.deliveries()], WAIT_S, "Slack hears that we cannot")
    walk.signal()
    walk.reject()
    walk.reprice()


def _jonas_approves(server: engines.Server, walk: ShakenWalk) -> None:
    asked = walk.asked(JONAS, TOTAL)
    with crashed(server):
        pressed = People.press(walk.people, JONAS, asked.channel, asked.ts, "approval.approve")
        assert pressed.status == AWAY
    walk.approve()


def _clara_signs(server: engines.Server, walk: ShakenWalk) -> None:
    walk.send()
    mail = walk.town.mail
    letter = mail.wait_for(walk.town.site.world.users[CLARA].email, timeout=WAIT_S)
    link = next(link for link in mail.links(letter) if "/p/" in link)
    with crashed(server):
        assert requests.get(link, timeout=30).status_code == AWAY
        assert requests.get(f"{walk.town.url}/readyz", timeout=30).status_code == AWAY


def test_no_process_died_of_it(shaken: Shaken) -> None:
    assert set(shaking.deaths(shaken[0]).values()) == {0}


@pytest.mark.parametrize("name", INVARIANTS)
def test_it_holds(shaken: Shaken, name: str) -> None:
    INVARIANTS[name](*shaken)
