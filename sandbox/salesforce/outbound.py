"""Outbound messages: SOAP notifications of the changes that the rule names, again until they are acknowledged."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import requests
from defusedxml import DefusedXmlException, ElementTree

from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.ids import full, key
from sandbox.salesforce.org import Change, Org
from sandbox.salesforce.values import to_xml

WATCHED = frozenset({"OwnerId", "StageName"})
FIELDS = ("Amount", "CloseDate", "Name", "StageName")
OUTBOUND = "{http://soap.sforce.com/2005/09/outbound}"
ACTION = full("04kHn0000000001")
MOST = 100
TIMEOUT_S = 60
GIVES_UP_S = 24 * 3600.0
SPACINGS_S = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass
class Pending:
    """`id` stays the same however often it is sent."""

    id: str
    record: str
    first: float = 0.0
    tries: int = 0
    due: float = 0.0


@dataclass
class Outbound:
    """One rule: an Opportunity was created, or its stage or its owner changed.

    `twice` sends each message once more after its Ack; `most` goes into one message; what was not acknowledged for
    `gives_up_s` is dropped. The values are those of the moment of sending.
    """

    org: Org
    url: str
    twice: bool = False
    spacings: tuple[float, ...] = SPACINGS_S
    most: int = MOST
    gives_up_s: float = GIVES_UP_S
    sent: list[tuple[str, int]] = field(default_factory=list)  # (notification id, status)
    dropped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._wake, self._stop, self._busy = threading.Condition(), False, False
        self._queue: list[Pending] = []
        self._count = 0
        self._http = requests.Session()
        self._http.trust_env = False
        self.org.listeners.append(self._heard)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with self._wake:
            self._stop = True
            self._wake.notify_all()
        self._thread.join(timeout=5)
        self._http.close()

    def idle(self) -> None:
        """Until nothing waits that may be sent at this moment, and nothing is under way."""
        with self._wake:
            while self._busy or any(p.due <= time.monotonic() for p in self._queue):
                self._wake.wait(0.1)

    def _heard(self, changes: list[Change]) -> None:
        found = [c.id for c in changes if c.kind == "Opportunity" and (c.new or c.fields & WATCHED)]
        with self._wake:
            for record in dict.fromkeys(found):
                self._count += 1
                self._queue.append(Pending(full(f"04lHn00000{self._count:05d}"), record, time.monotonic()))
            self._wake.notify_all()

    def _run(self) -> None:
        while batch := self._take():
            acked = self._send(batch)
            if acked and self.twice and batch[0].tries == 0:
                self._send(batch)
            if not acked:
                self._again(batch)
            with self._wake:
                self._busy = False
                self._wake.notify_all()

    def _take(self) -> list[Pending]:
        with self._wake:
            while not self._stop:
                now = time.monotonic()
                if ready := [p for p in self._queue if p.due <= now][: self.most]:
                    self._queue = [p for p in self._queue if p not in ready]
                    self._busy = True
                    return ready
                self._wake.wait(0.1 if self._queue else 1.0)
        return []

    def _again(self, batch: Sequence[Pending]) -> None:
        now = time.monotonic()
        with self._wake:
            for pending in batch:
                if now - pending.first >= self.gives_up_s:
                    self.dropped.append(pending.id)
                    continue
                wait = self.spacings[min(pending.tries, len(self.spacings) - 1)]
                pending.tries, pending.due = pending.tries + 1, now + wait
                self._queue.append(pending)

    def _send(self, batch: Sequence[Pending]) -> bool:
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        body = envelope(self.org, batch).encode()
        try:
            answer = self._http.post(self.url, data=body, headers=headers, timeout=TIMEOUT_S)
        except requests.RequestException:
            self.sent += [(pending.id, 0) for pending in batch]
            return False
        self.sent += [(pending.id, answer.status_code) for pending in batch]
        return answer.status_code == 200 and acknowledged(answer.content)


def acknowledged(body: bytes) -> bool:
    """One Ack covers the whole message; anything else than its true is a no."""
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        return False
    return (root.findtext(f".//{OUTBOUND}notificationsResponse/{OUTBOUND}Ack") or "").strip() in ("true", "1")


def envelope(org: Org, batch: Sequence[Pending]) -> str:
    host = f"https://larkspur.my.salesforce.com/services/Soap/{{}}/66.0/{key(org.id)}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">'
        f'<OrganizationId>{org.id}</OrganizationId><ActionId>{ACTION}</ActionId><SessionId xsi:nil="true"/>'
        f"<EnterpriseUrl>{host.format('c')}</EnterpriseUrl><PartnerUrl>{host.format('u')}</PartnerUrl>"
        f"{''.join(_notification(org, pending) for pending in batch)}"
        "</notifications></soapenv:Body></soapenv:Envelope>"
    )


def _notification(org: Org, pending: Pending) -> str:
    return (
        f'<Notification><Id>{pending.id}</Id><sObject xsi:type="sf:Opportunity"'
        f' xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>{pending.record}</sf:Id>'
        f"{_values(org, pending.record)}</sObject></Notification>"
    )


def _values(org: Org, record: str) -> str:
    """Chosen fields in the order of the alphabet; of a record that was deleted meanwhile, none."""
    try:
        row = org.get("Opportunity", record)
    except Rejected:
        return ""
    return "".join(f"<sf:{name}>{escape(to_xml(row[name]))}</sf:{name}>" for name in FIELDS if row[name] is not None)
