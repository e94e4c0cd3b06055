"""Story 6.1.3.3: when, by whom and in which words a package reaches the customer, and what follows."""

import json
import re
from typing import Any

import pytest
import requests

from sandbox.mail.server import MailServer
from sandbox.slack.entities import Message
from sandbox.walk import CLARA, HENRIK, MAYA, OPPORTUNITY, SHARED, readable
from tests.world import World

CLARAS = "clara.vogt@brightwater.example"
GERMAN = "Könnten Sie uns bitte das Angebot schicken? Wir brauchen eine Schnittstelle für unser ERP."
MORE = "Das ist für uns wichtig, und wir reden mit dem Einkauf: bitte schreiben Sie uns das mit allen Zahlen."
SUBJECT = "Unser Angebot für Brightwater Freight"


def approved(world: World, *said: str) -> None:
    """The customer has said yes, and the package is approved."""
    world.town.org.update("Opportunity", OPPORTUNITY, {"Main_Competitor__c": "Routewise"})
    world.walk.negotiate()
    world.settle()
    for words in said:
        world.person(CLARA).says(words, SHARED)
    world.walk.agree()
    for step in (world.walk.reject, world.walk.reprice, world.walk.approve):
        world.settle()
        step()
    world.settle()


def card(world: World) -> tuple[Message, str]:
    """The delivery's card, as it stands."""
    world.settle()
    world.looked += 1
    found = [m for m in world.walk.thread() if "Two minutes" in "".join(readable(m)) or "best time" in m.text]
    return found[-1], "\n".join([found[-1].text, *readable(found[-1])])


def press(world: World, button: str) -> None:
    message, _ = card(world)
    world.town.people.press(MAYA, message.channel, message.ts, button)
    world.settle()


def event(world: World, what: str, who: str, no: int) -> int:
    letter = world.town.mail.wait_for(CLARAS, SUBJECT)
    told: list[dict[str, Any]] = [
        {
            "event": what,
            "email": who,
            "timestamp": int(world.town.clock.now().timestamp()),
            "smtp-id": letter.message_id,
            "sg_event_id": f"event-{no}",
        }
    ]
    headers = {"Authorization": f"Bearer {world.town.keys['MAIL_INBOUND_TOKEN']}", "Content-Type": "application/json"}
    answered = requests.post(f"{world.town.url}/mail/events", json.dumps(told), headers=headers, timeout=30)
    world.settle()
    return answered.status_code


@pytest.mark.story("6.1.3.3", criterion=1)
@pytest.mark.story("6.1.3.3", criterion=2)
@pytest.mark.story("6.1.3.3", criterion=6)
@pytest.mark.story("6.1.3.2", criterion=3)
def test_the_mail_is_drafted_as_they_write_and_goes_at_their_best_time_on_a_click(world: World) -> None:
    approved(world, GERMAN, MORE)
    _, told = card(world)
    assert "Written German, as they write, formal, as they write" in told
    assert "not enough data of theirs (3 moments)" in told and "09:00 there" in told
    press(world, "delivery.us")
    form = json.dumps(world.person(MAYA).modal(), ensure_ascii=False)
    assert "Sehr geehrte Frau Vogt," in form and f"To Clara Vogt, {CLARAS}" in form
    assert not [x for x in world.town.mail.letters if x.to == CLARAS]
    world.person(MAYA).fills(when="later")
    assert not [x for x in world.town.mail.letters if x.to == CLARAS]
    assert "about to be mailed" in card(world)[1]
    world.turn(hours=24)
    letter = world.town.mail.wait_for(CLARAS, SUBJECT)
    assert "237.984,80 EUR über 24 Monate" in letter.text and "Es gilt bis zum 17. Dezember 2026." in letter.text
    assert "- Ihre eigenen Daten: Jede Fahrt" in letter.text and "Im Anhang: Angebot, " in letter.text
    assert "Es liegt ein niedrigerer Preis je Fahrzeug vor. Worin liegt der Unterschied? Vergleichen Sie" in letter.text
    assert "Mit freundlichen Grüßen\nMaya Okafor" in letter.text.replace("\r", "")
    assert "Routewise" not in letter.text and "25%" not in letter.text
    assert letter.raw.count(b"Content-Type: application/pdf") == 3
    assert "delivered" in card(world)[1]


@pytest.mark.story("6.1.3.3", criterion=4)
@pytest.mark.story("6.1.3.3", criterion=5)
def test_opened_passed_on_and_ignored_are_noticed_and_a_follow_up_is_proposed(world: World) -> None:
    approved(world, GERMAN, MORE)
    press(world, "delivery.us")
    world.person(MAYA).fills(when="now")
    assert event(world, "open", CLARAS, 1) == event(world, "open", CLARAS, 1) == 200
    _, told = card(world)
    assert re.search(f"opened by {CLARAS}, last", told)
    world.turn(hours=30)
    assert "Because it was opened, and nobody answered" in card(world)[1]
    assert len([x for x in world.town.mail.letters if x.to == CLARAS]) == 1
    press(world, "follow_up.send")
    again = world.town.mail.wait_for(CLARAS, "Re: Unser Angebot")
    assert "Welche Frage darf ich beantworten?" in again.text
    assert event(world, "open", "einkauf@brightwater.example", 2) == 200
    _, told = card(world)
    assert "passed on; read by einkauf@brightwater.example" in told and "somebody else reads it by now" in told
    token = world.town.keys["MAIL_INBOUND_TOKEN"]
    assert answer(world, again.message_id, token) == 200 and answer(world, again.message_id, "wrong") == 401
    world.settle()
    assert f"answered by {CLARAS}" in card(world)[1]
    world.turn(hours=24 * 10)
    assert len([x for x in world.town.mail.letters if x.to == CLARAS]) == 2


def answer(world: World, message_id: str, token: str) -> int:
    raw = f"From: Clara Vogt <{CLARAS}>\r\nIn-Reply-To: {message_id}\r\nSubject: Re\r\n\r\nDanke.\r\n"
    told = {"from": CLARAS, "to": "contracts@larkspur.example", "raw": raw}
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{world.town.url}/mail/inbound", json=told, headers=headers, timeout=30).status_code


@pytest.mark.story("6.1.3.3", criterion=3)
def test_the_rep_presents_with_a_slot_and_two_minutes_or_sends_it_herself(world: World) -> None:
    approved(world)
    press(world, "delivery.present")
    form = json.dumps(world.person(MAYA).modal(), ensure_ascii=False)
    assert "Wed 18 Nov, 09:" in form or "Wed 18 Nov, 10:" in form
    assert "Which of these suits you: Wednesday, 18 November" in form
    world.person(MAYA).fills(slot="0")
    message, told = card(world)
    assert "to be shown" in told and "0:00 to 0:20" in told and "1:45 to 2:00" in told and "EUR 237,984.80" in told
    assert "still to come" in world.person(MAYA).tries("delivery.presented", message)
    world.turn(hours=30)
    press(world, "delivery.presented")
    assert "Shown in person" in card(world)[1]
    assert not [x for x in world.town.mail.letters if x.to in (CLARAS, HENRIK)]


def test_a_mail_door_takes_nothing_strange(world: World) -> None:
    token = world.town.keys["MAIL_INBOUND_TOKEN"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    world.looked += 1
    for body in ("{", "[]" * 9, '{"raw": 1}', "7", '"x"'):
        assert requests.post(f"{world.town.url}/mail/inbound", body, headers=headers, timeout=30).status_code == 400
    for body in ("{}", "7", "{"):
        assert requests.post(f"{world.town.url}/mail/events", body, headers=headers, timeout=30).status_code == 400
    strange = [7, {"event": "open"}, {"event": "open", "timestamp": True, "sg_event_id": "x"}, {"event": {}}]
    sent = requests.post(f"{world.town.url}/mail/events", json.dumps(strange), headers=headers, timeout=30)
    assert sent.status_code == 200
    url = f"{world.town.url}/mail/inbound"
    assert MailServer.send_in(url, token, "eve@evil.example", "contracts@larkspur.example", "Re", "hello") == 200
