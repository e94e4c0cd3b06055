"""Salesforce's outbound messages: hostile until read, acknowledged when written down."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
OUTBOUND = "{http://soap.sforce.com/2005/09/outbound}"
SOBJECT = "{urn:sobject.enterprise.soap.sforce.com}"
MOST = 100
ID_LENGTHS = (15, 18)
SAME = 15  # the first 15 characters are the id; three more only check its case
ACK = (
    b'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
    b'<soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>'
    b"</notificationsResponse></soapenv:Body></soapenv:Envelope>"
)


class BadNotice(ValueError):
    """What is wrong with it, in words for the one who configures it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`notifications` are (its own id, the record's id); its own stays the same when it is sent again."""

    org_id: str
    notifications: tuple[tuple[str, str], ...]


def parse(body: bytes, org_id: str) -> Notice:
    """Raises BadNotice."""
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise BadNotice("not the XML of an outbound message") from None
    told = root.find(f"{SOAP}Body/{OUTBOUND}notifications")
    if root.tag != f"{SOAP}Envelope" or told is None:
        raise BadNotice("no notifications in a SOAP envelope")
    org = _text(told, f"{OUTBOUND}OrganizationId")
    if org[:SAME] != org_id[:SAME]:
        raise BadNotice("it comes from another organisation")
    found = told.findall(f"{OUTBOUND}Notification")
    if not 1 <= len(found) <= MOST:
        raise BadNotice(f"from 1 to {MOST} notifications are expected")
    return Notice(org, tuple(_one(each) for each in found))


def _one(told: Element) -> tuple[str, str]:
    notification, record = _text(told, f"{OUTBOUND}Id"), _text(told, f"{OUTBOUND}sObject/{SOBJECT}Id")
    for found in (notification, record):
        if len(found) not in ID_LENGTHS or not (found.isascii() and found.isalnum()):
            raise BadNotice("a notification without the ids of Salesforce")
    return notification, record


def _text(told: Element, path: str) -> str:
    return (told.findtext(path) or "").strip()
