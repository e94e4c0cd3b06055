"""Outbound messages: a SOAP notification for each change that the rule names, again until it is acknowledged."""

import threading
import time
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import requests

from sandbox.salesforce.ids import full
from sandbox.salesforce.org import Change, Org
from sandbox.salesforce.values import to_xml

WATCHED = frozenset({"StageName"})
FIELDS = ("Id", "Name", "StageName", "Amount", "CurrencyIsoCode")
ACK = "<Ack>true</Ack>"
TIMEOUT_S = 60
SPACINGS_S = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass
class Pending:
    """`id` stays the same however often it is sent."""

    id: str
    record: str
    tries: int = 0
    due: float = 0.0


@dataclass
class Outbound:
    """One rule: an Opportunity was created, or its stage changed. `twice` sends each once more after its Ack."""

    org: Org
    url: str
    twice: bool = False
    spacings: tuple[float, ...] = SPACINGS_S
    sent: list[tuple[str, int]] = field(default_factory=list)  # (notification id, status)

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
                self._queue.append(Pending(full(f"04lHn00000{self._count:05d}"), record))
            self._wake.notify_all()

    def _run(self) -> None:
        while (pending := self._take()) is not None:
            acked = self._send(pending)
            if acked and self.twice and pending.tries == 0:
                self._send(pending)
            if not acked:
                self._again(pending)
            with self._wake:
                self._busy = False
                self._wake.notify_all()

    def _take(self) -> Pending | None:
        with self._wake:
            while not self._stop:
                now = time.monotonic()
                ready = next((p for p in self._queue if p.due <= now), None)
                if ready is not None:
                    self._queue.remove(ready)
                    self._busy = True
                    return ready
                self._wake.wait(0.1 if self._queue else 1.0)
        return None

    def _again(self, pending: Pending) -> None:
        wait = self.spacings[min(pending.tries, len(self.spacings) - 1)]
        pending.tries, pending.due = pending.tries + 1, time.monotonic() + wait
        with self._wake:
            self._queue.append(pending)

    def _send(self, pending: Pending) -> bool:
        body = envelope(self.org, pending).encode()
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        try:
            answer = self._http.post(self.url, data=body, headers=headers, timeout=TIMEOUT_S)
        except requests.RequestException:
            self.sent.append((pending.id, 0))
            return False
        self.sent.append((pending.id, answer.status_code))
        return answer.ok and ACK in answer.text.replace(" ", "")


def envelope(org: Org, pending: Pending) -> str:
    row = org.get("Opportunity", pending.record)
    fields = "".join(f"<sf:{name}>{escape(to_xml(row[name]))}</sf:{name}>" for name in FIELDS if row[name] is not None)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">'
        f'<OrganizationId>{org.id}</OrganizationId><ActionId>04kHn000000001AAAA</ActionId><SessionId xsi:nil="true"/>'
        "<EnterpriseUrl>https://larkspur.example/services/Soap/c/66.0</EnterpriseUrl>"
        "<PartnerUrl>https://larkspur.example/services/Soap/u/66.0</PartnerUrl>"
        f'<Notification><Id>{pending.id}</Id><sObject xsi:type="sf:Opportunity"'
        f' xmlns:sf="urn:sobject.enterprise.soap.sforce.com">{fields}</sObject></Notification>'
        "</notifications></soapenv:Body></soapenv:Envelope>"
    )
