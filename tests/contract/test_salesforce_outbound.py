"""The sandbox's outbound messages against Salesforce's schema, by zeep; and our reader against zeep and a recording."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from zeep import Client
from zeep.transports import Transport

from integrations.salesforce.outbound import ACK, BadNotice, parse
from sandbox.salesforce.ids import checksum
from sandbox.salesforce.org import Org
from sandbox.salesforce.outbound import Outbound
from sandbox.wait import until
from tests.contract.salesforce_wire import DEAL, ORG_ID, Standing

ORACLES = Path(__file__).parents[1] / "oracles/salesforce"
WSDL = ORACLES / "outbound_message.wsdl"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
NOTIFICATIONS = "{http://soap.sforce.com/2005/09/outbound}notifications"
WAIT_S = 30.0
Answer = tuple[int, bytes]


@dataclass
class Listener:
    """Takes messages and answers as it is told, message by message; the last answer stays."""

    answers: list[Answer] = field(default_factory=lambda: [(200, ACK)])
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def take(self, body: bytes, headers: dict[str, str]) -> Answer:
        self.bodies.append(body)
        self.headers.append(headers)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def notices(self, number: int) -> tuple[str, ...]:
        return tuple(own for own, _ in parse(self.bodies[number], ORG_ID).notifications)


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = {name.lower(): value for name, value in self.headers.items()}
            status, body = made.take(self.rfile.read(int(told["content-length"])), told)
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.url = f"http://127.0.0.1:{http.server_address[1]}/salesforce/outbound/token"
    yield made
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def org() -> Org:
    return Org(ORG_ID, Standing())


Open = Callable[..., Outbound]


@pytest.fixture
def opened(org: Org, listener: Listener) -> Iterator[Open]:
    made: list[Outbound] = []

    def start(**how: Any) -> Outbound:
        made.append(Outbound(org, listener.url, spacings=(0.0,), **how))
        return made[-1]

    yield start
    for each in made:
        each.close()


def by_the_schema(body: bytes) -> Any:
    """What zeep reads in a message; it refuses an element that is unknown, missing or out of its place."""
    client = Client(str(WSDL))
    message = etree.fromstring(body).find(f"{SOAP}Body/{NOTIFICATIONS}")
    assert message is not None
    return client.wsdl.types.get_element(NOTIFICATIONS).parse(message, client.wsdl.types)


def said(ack: str) -> bytes:
    return ACK.replace(b"<Ack>true</Ack>", ack.encode())


def wait_for(listener: Listener, messages: int) -> None:
    until(lambda: len(listener.bodies) >= messages, WAIT_S, f"{messages} messages")


def test_a_message_holds_to_the_vendors_schema(org: Org, listener: Listener, opened: Open) -> None:
    opened()
    deal = org.create("Opportunity", {**DEAL, "Name": "Köhl & Söhne <GmbH>", "Amount": "120000"})
    wait_for(listener, 1)
    read = by_the_schema(listener.bodies[0])
    assert (read.OrganizationId, read.SessionId) == (ORG_ID, None)
    assert read.EnterpriseUrl.endswith(f"/services/Soap/c/66.0/{ORG_ID[:15]}")
    assert read.PartnerUrl.endswith(f"/services/Soap/u/66.0/{ORG_ID[:15]}")
    shown = read.Notification[0].sObject
    assert (shown.Id, shown.Name, shown.Amount) == (deal, "Köhl & Söhne <GmbH>", 120000.0)
    assert (shown.StageName, shown.CloseDate.isoformat()) == ("Proposal", "2026-11-30")
    assert (listener.headers[0]["content-type"], listener.headers[0]["soapaction"]) == ("text/xml; charset=utf-8", '""')
    for told in (read.ActionId, read.Notification[0].Id):
        assert told[15:] == checksum(told[:15])


def test_it_is_written_as_salesforce_writes_it(org: Org, listener: Listener, opened: Open) -> None:
    """The Id first, then the chosen fields by the alphabet, an empty one not at all."""
    opened()
    org.create("Opportunity", DEAL)
    wait_for(listener, 1)
    record = etree.fromstring(listener.bodies[0]).find(".//{*}sObject")
    assert record is not None
    names = [etree.QName(child).localname for child in record]
    assert names == ["Id", "CloseDate", "Name", "StageName"]
    assert record.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "sf:Opportunity"


@pytest.mark.parametrize(
    "no",
    [
        (200, said("<Ack>false</Ack>")),
        (200, b"<Ack>true</Ack>"),
        (200, b"<html>sign in</html>"),
        (200, b""),
        (500, ACK),
        (503, b"busy"),
    ],
    ids=["false", "no envelope", "a page", "nothing", "500", "503"],
)
def test_what_is_not_acknowledged_comes_again_with_the_same_id(
    org: Org, listener: Listener, opened: Open, no: Answer
) -> None:
    listener.answers = [no, no, (200, ACK)]
    made = opened()
    org.create("Opportunity", DEAL)
    wait_for(listener, 3)
    assert len({listener.notices(n) for n in range(3)}) == 1
    until(lambda: [status for _, status in made.sent][2:] == [200], WAIT_S, "the third is taken")


def test_an_acknowledgement_with_other_prefixes_is_one(org: Org, listener: Listener, opened: Open) -> None:
    other = (ORACLES / "recorded_NotificationResponse.xml").read_bytes()
    listener.answers = [(200, other)]
    made = opened()
    org.create("Opportunity", DEAL)
    org.create("Opportunity", DEAL)
    until(lambda: len(made.sent) == 2, WAIT_S, "both are sent once")
    assert len({notice for notice, _ in made.sent}) == 2


def test_a_message_may_come_twice(org: Org, listener: Listener, opened: Open) -> None:
    opened(twice=True)
    org.create("Opportunity", DEAL)
    wait_for(listener, 2)
    assert listener.notices(0) == listener.notices(1)


def test_a_hundred_go_into_one_message_and_no_more(org: Org, listener: Listener, opened: Open) -> None:
    with org.atomic():
        for _ in range(120):
            org.create("Opportunity", DEAL)
        opened()
    wait_for(listener, 2)
    assert [len(listener.notices(n)) for n in range(2)] == [100, 20]
    assert len({*listener.notices(0), *listener.notices(1)}) == 120
    assert len(by_the_schema(listener.bodies[0]).Notification) == 100


def test_one_no_brings_the_whole_message_again(org: Org, listener: Listener, opened: Open) -> None:
    listener.answers = [(200, said("<Ack>false</Ack>")), (200, ACK)]
    with org.atomic():
        for _ in range(5):
            org.create("Opportunity", DEAL)
        opened()
    wait_for(listener, 2)
    assert listener.notices(0) == listener.notices(1)


def test_what_is_never_acknowledged_is_dropped(org: Org, listener: Listener, opened: Open) -> None:
    listener.answers = [(500, b"")]
    made = opened(gives_up_s=0.0)
    org.create("Opportunity", DEAL)
    until(lambda: made.dropped, WAIT_S, "it is given up")
    assert made.dropped == [notice for notice, _ in made.sent]


def test_the_values_are_those_of_the_moment_of_sending(org: Org, listener: Listener, opened: Open) -> None:
    """Stages in between are lost, which is why a message is only a hint."""
    with org.atomic():
        deal = org.create("Opportunity", DEAL)
        gone = org.create("Opportunity", DEAL)
        opened()
    org.update("Opportunity", deal, {"StageName": "Negotiation"})
    org.delete("Opportunity", gone)
    until(lambda: any(b"Negotiation" in body for body in listener.bodies), WAIT_S, "the newest stage")
    assert by_the_schema(listener.bodies[-1]).OrganizationId == ORG_ID


def test_a_deleted_record_is_named_and_nothing_more(org: Org, listener: Listener, opened: Open) -> None:
    with org.atomic():
        gone = org.create("Opportunity", DEAL)
        opened()
        org.delete("Opportunity", gone)
    wait_for(listener, 1)
    shown = by_the_schema(listener.bodies[0]).Notification[0].sObject
    assert (shown.Id, shown.Name) == (gone, None)


def test_our_reader_takes_what_zeep_writes_and_zeep_our_answer(listener: Listener) -> None:
    """Other prefixes, no xsi:type: a client of its own speaks to our side, and understands our Ack."""
    client = Client(str(WSDL), transport=Transport(timeout=30))
    service = client.create_service("{http://soap.sforce.com/2005/09/outbound}NotificationBinding", listener.url)
    answer = service.notifications(
        OrganizationId=ORG_ID,
        ActionId="04k7F0000008V3hQAE",
        SessionId=None,
        EnterpriseUrl="https://a.my.salesforce.com/services/Soap/c/66.0/00D7F00000107Xs",
        PartnerUrl="https://a.my.salesforce.com/services/Soap/u/66.0/00D7F00000107Xs",
        Notification=[{"Id": "04l7F000008aeAyQAI", "sObject": {"Id": "0067F000003pmdWQAQ", "StageName": "Proposal"}}],
    )
    assert answer is True
    assert parse(listener.bodies[0], ORG_ID).notifications == (("04l7F000008aeAyQAI", "0067F000003pmdWQAQ"),)


def test_our_reader_takes_a_recorded_message() -> None:
    """Three notifications, a byte order mark at the start, a session id that is not used."""
    recorded = (ORACLES / "recorded_OutboundMessage1.xml").read_bytes()
    read = parse(recorded, "0123456789ABCDE")
    assert [own for own, _ in read.notifications] == ["04l37000000L0E5AAK", "14l37000123L0E5AAK", "24l37123450L0E5AAK"]
    with pytest.raises(BadNotice, match="another organisation"):
        parse(recorded, ORG_ID)
