"""Story 6.2.2.1: by which door somebody is told of a request, and how it is decided by mail: with a code, or not."""

import json
import re
from typing import Any

import pytest
import requests

from sandbox.slack.seed import JONAS, MAYA, PRIYA
from sandbox.walk import readable
from tests.stories.conftest import Changed
from tests.stories.test_delegation import agreed, asked
from tests.world import World

APPROVE = "approval.approve"
PRIYAS, JONASES = "priya.raman@larkspur.example", "jonas.weber@larkspur.example"
LINK = re.compile(r"https?://\S+/p/ask/[0-9A-Za-z-]+")
CODE = re.compile(r"Your code: (\d{6})\.")
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)"}


@pytest.fixture
def far(company: Changed) -> World:
    """The example company, which lets larger deals be decided by mail, and needs one decision a door to judge it."""
    return company(doors=[("EUR: 50000", "EUR: 300000"), ("least: 8", "least: 1")])


def chooses(world: World, user: str, door: str) -> None:
    world.person(user).home()
    world.person(user).presses_home("settings.open")
    assert world.person(user).fills(door=door) == {}


def link(world: World, subject: str = "Payment terms", to: str = PRIYAS) -> str:
    """The address in the newest letter, to Priya unless told."""
    world.settle()
    world.looked += 1
    found = LINK.search(world.town.mail.wait_for(to, subject).text)
    assert found is not None
    return found[0]


def opens(world: World, url: str) -> requests.Response:
    world.looked += 1
    return requests.get(url, timeout=30, headers=PHONE)


def sends(world: World, url: str, **form: str) -> requests.Response:
    """A form of the page, as a phone sends it."""
    world.looked += 1
    answer = requests.post(url, data=form, timeout=30, headers=PHONE)
    world.settle()
    return answer


def asks_code(world: World, url: str, user: str = PRIYA) -> str:
    """Presses the page's button; the code as it stands in her newest message."""
    asked_ = re.search(r'name="asked" value="(\d+)"', opens(world, url).text)
    assert asked_ is not None
    sends(world, f"{url}/code", asked=asked_[1])
    found = codes(world, user)
    assert found
    return found[-1]


def codes(world: World, user: str) -> list[str]:
    world.settle()
    texts = [m.text for m in world.town.people.dm(user)]
    return [found[1] for text in texts if (found := CODE.search(text))]


def decisions(world: World) -> list[dict[str, Any]]:
    rows = json.loads(world.run("audit", "approvals", "--json"))
    return [row for row in rows if row["request"] == "Payment terms"]


def another_price(world: World, days: int) -> None:
    world.person(MAYA).presses("price.change")
    assert world.person(MAYA).fills(discount="22", payment_days=str(days)) == {}
    world.settle()


def a_letter_without_figures(world: World) -> None:
    letter = world.town.mail.wait_for(PRIYAS, "Payment terms")
    assert not any(word in letter.text + letter.html for word in ("226,839", "<form", "<script"))
    assert re.search(r"asked by Maya \w+, by 17 Nov 2026, \d\d:\d\d UTC:\s+http", letter.text)
    assert "You asked for mail instead of messages." in letter.text


def a_page_without_margin_or_script(page: requests.Response) -> None:
    assert page.status_code == 200
    assert "Net 60 for Brightwater Freight?" in page.text and "EUR 226,839.20" in page.text
    assert not any(word in page.text.partition("</style>")[2] for word in ("argin", "<script"))
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.story("6.2.2.1", criterion=1)
def test_who_chose_mail_opens_the_request_on_a_phone_and_decides_it_with_a_code_from_slack(far: World) -> None:
    chooses(far, PRIYA, "mail")
    agreed(far)
    assert asked(far, JONAS) and not asked(far, PRIYA), "Jonas chose nothing: a message"
    url = link(far)
    a_letter_without_figures(far)
    page = opens(far, url)
    a_page_without_margin_or_script(page)
    assert "Approve</button>" not in page.text, "not before a code is on its way"
    code = asks_code(far, url)
    assert "Approve</button>" in opens(far, url).text
    wrong = sends(far, f"{url}/decide", verb="reject", code=str((int(code) + 1) % 10**6).zfill(6), reason="too <long>")
    assert wrong.status_code == 409 and "That is not the code." in wrong.text and "too &lt;long&gt;" in wrong.text
    done = sends(far, f"{url}/decide", verb="approve", code=f"{code[:3]} {code[3:]}")
    assert "You approved: Payment terms: Brightwater Freight." in done.text
    again = sends(far, f"{url}/decide", verb="approve", code=code)
    assert (again.status_code, again.text) == (200, done.text), "pressed twice, the same answer"
    assert "Payment terms: Priya Raman approved" in far.card()
    (row,) = decisions(far)
    assert (row["outcome"], row["decided_by"], row["door"]) == ("granted", "Priya Raman", "mail")
    seen = far.run("audit", "card", row["deal"], row["card"])
    assert "EUR 226,839.20" in seen and "Net 60 for Brightwater Freight?" in seen


@pytest.mark.story("6.2.2.1", criterion=1)
def test_by_mail_one_may_say_no_and_says_why(far: World) -> None:
    chooses(far, PRIYA, "mail")
    agreed(far)
    url = link(far)
    code = asks_code(far, url)
    told = sends(far, f"{url}/decide", verb="reject", code=code, reason="")
    assert (told.status_code, "Reject</button>" in told.text) == (409, True), "a no without a reason costs nothing"
    told = sends(far, f"{url}/decide", verb="reject", code=code, reason="too long", yes_if="net 45")
    assert "You said no: Payment terms: Brightwater Freight." in told.text
    asked_again = "\n".join(line for m in far.town.people.dm(MAYA) for line in readable(m))
    assert "Priya Raman said no" in asked_again and "too long" in asked_again and "net 45" in asked_again
    (row,) = decisions(far)
    assert (row["outcome"], row["reason"], row["yes_if"], row["door"]) == ("rejected", "too long", "net 45", "mail")


def no_link_of_ours(world: World, url: str) -> None:
    """With another signature, for another request, or longer."""
    for broken in (url[:-1] + ("0" if url[-1] != "0" else "1"), url.replace("-0-", "-1-"), f"{url}0"):
        assert opens(world, broken).status_code == 404
        assert sends(world, f"{broken}/code", asked="0").status_code == 404


@pytest.mark.attack(32)
@pytest.mark.story("6.2.2.1", criterion=1)
def test_anothers_code_decides_nothing(far: World) -> None:
    chooses(far, PRIYA, "mail")
    chooses(far, JONAS, "mail")
    agreed(far)
    mine, his = link(far), link(far, "Discount", JONASES)
    code = asks_code(far, his, JONAS)
    known = asks_code(far, mine)
    if code != known:
        assert "That is not the code." in sends(far, f"{mine}/decide", verb="approve", code=code).text
    assert [row["outcome"] for row in decisions(far)] == ["open"]
    assert sends(far, f"{mine}/decide", verb="approve", code=known).status_code == 200
    replayed = sends(far, f"{mine}/decide", verb="reject", code=known, reason="after all")
    assert replayed.status_code == 409 and "You approved" in replayed.text
    assert "22% off for Brightwater Freight?" in opens(far, his).text
    (row,) = decisions(far)
    assert row["outcome"] == "granted"


@pytest.mark.attack(32)
@pytest.mark.story("6.2.2.1", criterion=1)
def test_a_forwarded_link_an_old_code_or_anothers_code_decides_nothing(far: World) -> None:
    chooses(far, PRIYA, "mail")
    agreed(far)
    url = link(far)
    assert "You need a code first." in sends(far, f"{url}/decide", verb="approve", code="000000").text
    no_link_of_ours(far, url)
    first = asks_code(far, url)
    second = asks_code(far, url)
    assert len(codes(far, PRIYA)) == 2 and codes(far, JONAS) == []
    if first != second:
        assert "That is not the code." in sends(far, f"{url}/decide", verb="approve", code=first).text
    far.turn(minutes=11)
    assert "This code has ended." in sends(far, f"{url}/decide", verb="approve", code=second).text
    third = asks_code(far, url)
    sends(far, f"{url}/code", asked="2")
    assert len(codes(far, PRIYA)) == 3, "pressed twice, one code"
    none = str((int(third) + 1) % 10**6).zfill(6)
    for _ in range(5):
        assert "That is not the code." in sends(far, f"{url}/decide", verb="approve", code=none).text
    assert "This code was tried too often." in sends(far, f"{url}/decide", verb="approve", code=third).text
    refused = sends(far, f"{url}/code", asked="3")
    assert (refused.status_code, "There were many codes already." in refused.text) == (409, True)
    assert sends(far, f"{url}/decide", verb="void", code=third).status_code == 400
    assert [row["outcome"] for row in decisions(far)] == ["open"]
    far.turn(hours=73)
    assert opens(far, url).status_code == 410
    assert "Brightwater" not in opens(far, url).text


@pytest.mark.story("6.2.2.1", criterion=1)
def test_nothing_is_decided_by_mail_above_the_playbooks_amount_or_after_the_decision(world: World) -> None:
    chooses(world, PRIYA, "mail")
    agreed(world)
    url = link(world)
    page = opens(world, url)
    assert "Decide in Slack" in page.text and "<form" not in page.text
    assert "too large to be decided by mail" in sends(world, f"{url}/code", asked="0").text
    assert codes(world, PRIYA) == []
    sends(world, f"{url}/decide", verb="approve", code="000000")
    assert [row["outcome"] for row in decisions(world)] == ["open"]
    another_price(world, 75)
    assert "This request no longer waits on you." in opens(world, url).text
    assert "EUR" not in opens(world, url).text.partition("</style>")[2]


def figures_of_both_doors(far: World) -> None:
    (priya,) = [row for row in json.loads(far.run("approvals", "channels", "--json")) if row["name"] == "Priya Raman"]
    assert (priya["next"], priya["why"], priya["choices"], priya["explored"]) == (["mail"], "quickest", 2, 0)
    found = {row["door"]: (row["sent"], row["acted"], row["minutes"]) for row in priya["doors"]}
    assert found["message"][:2] == (1, 1) and 120 <= found["message"][2] < 140
    assert found["mail"][:2] == (2, 1) and 12 <= found["mail"][2] < 40


@pytest.mark.story("6.2.2.1", criterion=5)
@pytest.mark.story("6.2.2.1", criterion=1)
def test_the_door_through_which_she_decides_sooner_is_taken_and_the_figures_say_why(far: World) -> None:
    agreed(far)
    assert asked(far, PRIYA), "nothing is known yet: a message"
    far.turn(hours=2)
    far.person(PRIYA).presses(APPROVE)
    chooses(far, PRIYA, "mail")
    another_price(far, 75)
    url = link(far)
    far.turn(minutes=12)
    sends(far, f"{url}/decide", verb="approve", code=asks_code(far, url))
    chooses(far, PRIYA, "quickest")
    another_price(far, 90)
    letter = far.town.mail.wait_for(PRIYAS, "Payment terms")
    assert "By mail, because so far you decided sooner by mail than in Slack." in letter.text
    assert link(far) != url and not asked(far, PRIYA)
    figures_of_both_doors(far)
    chooses(far, PRIYA, "message")
    assert "Priya Raman: the next one by message, her own choice" in far.run("approvals", "channels")
