"""Files kept as Salesforce's own: each a ContentVersion that nobody but our user sees. What is in it is encrypted
before it comes here, and lies there as a JSON text, so that no login page is ever taken for a file."""

import json
from base64 import b64decode, b64encode
from typing import Any

from simple_salesforce.api import Salesforce as Client
from simple_salesforce.format import format_soql

from integrations.errors import Busy, Refused, Unknown
from integrations.http import RETRY_AFTER_S
from integrations.salesforce.session import LONGEST_S, MISSHAPEN, PLACEHOLDER, ClientCredentials, CrmSession
from integrations.salesforce.soql import LIVE_FILE

VERSION = "66.0"
TITLE = "Countersign document store"


class CrmBlobs:
    """`url` is the org's My Domain. Raises our errors alone. Two calls to read, two to write: for companies that may
    keep documents nowhere else."""

    def __init__(self, url: str, client_id: str, client_secret: str, deadline_s: float = LONGEST_S) -> None:
        session = CrmSession(url, ClientCredentials(client_id, client_secret), deadline_s)
        self._client = Client(instance=PLACEHOLDER, session_id="of the session", session=session, version=VERSION)

    def read(self, name: str) -> bytes | None:
        found = self._find(name)
        if found is None:
            return None
        told = self._client.restful(f"sobjects/ContentVersion/{found['Id']}/VersionData")
        try:
            return b64decode(str(told or ""), validate=True)
        except ValueError:
            raise Refused("file.damaged") from None

    def write(self, name: str, body: bytes) -> None:
        """A damaged one gets a newer version."""
        there = self._find(name)
        place = {"ContentDocumentId": str(there["ContentDocumentId"])} if there else {}
        told = {
            "Title": TITLE,
            "PathOnClient": f"{name[:16]}.json",
            "VersionData": b64encode(json.dumps(b64encode(body).decode()).encode()).decode(),
            "Countersign_Key__c": _key(name),
            **place,
        }
        made = self._client.restful("sobjects/ContentVersion", method="POST", json=told)
        if not made or not made.get("id"):
            raise Unknown(MISSHAPEN)

    def remove(self, name: str) -> None:
        found = self._find(name)
        if found is not None:
            self._client.restful(f"sobjects/ContentDocument/{found['ContentDocumentId']}", method="DELETE")

    def _find(self, name: str) -> dict[str, Any] | None:
        try:
            rows = self._client.query_all(format_soql(LIVE_FILE, _key(name)))["records"]
        except (KeyError, TypeError):
            raise Busy(MISSHAPEN, RETRY_AFTER_S) from None
        return next(iter(rows), None)


def _key(name: str) -> str:
    return f"file:{name}"
