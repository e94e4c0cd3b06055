"""Attacks 27 to 30: XML that explodes, reads files or never ends; messages of others, and of yesterday."""

import resource

import pytest

from sandbox.walk import OPPORTUNITY
from tests.hostile.knock import Knock

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n > 1 else b"&a;" * 10) for n in range(1, 10))
    + b"]><l>&a9;</l>"
)


@pytest.mark.attack(27)
@pytest.mark.attack(28)
@pytest.mark.parametrize(
    "body",
    [
        LAUGHS,
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:1/">]><x>&a;</x>',
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]><x/>',
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
    ],
)
def test_entities_are_refused_before_they_are_read(knock: Knock, body: bytes) -> None:
    before = knock.written()
    answer = knock.outbound(body)
    assert (answer.status_code, answer.text) == (400, "not taken: not the XML of an outbound message")
    assert knock.written() == before


@pytest.mark.attack(29)
def test_a_huge_or_deep_message_is_refused_and_takes_no_memory(knock: Knock) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert knock.outbound(b"<a>" + b"x" * 50_000_000).status_code == 413
    assert knock.outbound(b"<a>" * 300_000).status_code == 400
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


@pytest.mark.attack(29)
@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-7", "latin-1"])
def test_another_encoding_is_read_rightly_or_refused(knock: Knock, codec: str) -> None:
    told = knock.notice().decode().replace("UTF-8", codec.upper())
    answer = knock.outbound(told.encode(codec))
    assert answer.status_code in (200, 400)


@pytest.mark.attack(29)
@pytest.mark.parametrize(("number", "status"), [(0, 400), (1, 200), (100, 200), (101, 400)])
def test_a_message_has_one_to_a_hundred_notifications(knock: Knock, number: int, status: int) -> None:
    body = knock.notice().decode()
    a, b = body.index("<Notification>"), body.index("</notifications>")
    made = "".join(_notification(body[a:b], index) for index in range(number))
    assert knock.outbound((body[:a] + made + body[b:]).encode()).status_code == status
    knock.world.settle()


def _notification(one: str, number: int) -> str:
    start = one.index("<Id>") + 4
    return f"{one[:start]}04lHn00009{number:05d}AAA{one[start + 18 :]}"


@pytest.mark.attack(30)
def test_another_organisations_message_is_refused(knock: Knock) -> None:
    body = knock.notice().replace(knock.world.town.org.id.encode(), b"00D000000000001AAA")
    answer = knock.outbound(body)
    assert (answer.status_code, answer.text) == (400, "not taken: it comes from another organisation")


@pytest.mark.attack(30)
def test_a_notification_that_comes_again_is_acknowledged_and_changes_nothing(knock: Knock) -> None:
    body = knock.notice(number=77)
    assert b"<Ack>true</Ack>" in knock.outbound(body).content
    knock.world.settle()
    before = knock.written()
    assert b"<Ack>true</Ack>" in knock.outbound(body).content
    knock.world.settle()
    assert knock.written() == before


@pytest.mark.attack(30)
def test_an_old_message_is_only_a_hint_and_turns_nothing_back(knock: Knock) -> None:
    """It says Proposal, as it was yesterday; the record is read again."""
    body = knock.notice().replace(b"Negotiation", b"Proposal")
    assert knock.outbound(body).status_code == 200
    assert knock.world.record(id=OPPORTUNITY)["StageName"] == "Negotiation"
    assert "Proposal" not in knock.world.card()


@pytest.mark.attack(30)
@pytest.mark.parametrize("record", ["", "x", "006Hn00001NOSUCHAA1", "001Hn00001BWaccIAA", "006Hn00001';DELETE"])
def test_a_record_that_is_none_makes_no_deal(knock: Knock, record: str) -> None:
    body = knock.notice().replace(f"<sf:Id>{OPPORTUNITY}</sf:Id>".encode(), f"<sf:Id>{record}</sf:Id>".encode())
    channels = len(knock.world.town.site.world.channels)
    assert knock.outbound(body).status_code in (200, 400)
    knock.world.settle()
    assert len(knock.world.town.site.world.channels) == channels
