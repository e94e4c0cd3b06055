"""Salesforce's REST API by simple-salesforce."""

from collections.abc import Sequence
from typing import Any

from simple_salesforce.api import Salesforce as Client
from simple_salesforce.format import format_soql

from integrations.errors import Busy, Refused, Unknown
from integrations.http import RETRY_AFTER_S
from integrations.salesforce import composite, history, soql, tracking
from integrations.salesforce.composite import Part, Parts
from integrations.salesforce.history import FIRST
from integrations.salesforce.port import (
    Crm,
    CrmAfterwards,
    CrmClose,
    CrmClosed,
    CrmFile,
    CrmHistory,
    CrmLine,
    CrmOpportunity,
    CrmPastDeal,
    CrmTask,
    CrmUser,
)
from integrations.salesforce.session import LONGEST_S, MISSHAPEN, PLACEHOLDER, ClientCredentials, CrmSession

VERSION = "66.0"
NOT_FOUND = "NOT_FOUND"


class Salesforce:
    """`url` is the org's My Domain, or a sandbox. Raises our errors alone."""

    def __init__(self, url: str, client_id: str, client_secret: str, deadline_s: float = LONGEST_S) -> None:
        self._session = CrmSession(url, ClientCredentials(client_id, client_secret), deadline_s)
        self._client = Client(instance=PLACEHOLDER, session_id="of the session", session=self._session, version=VERSION)
        self._parts = Parts(VERSION)

    def read(self, opportunity_id: str) -> CrmOpportunity:
        record = self._first(soql.OPPORTUNITY, opportunity_id)
        if record is None:
            raise Refused(NOT_FOUND)
        lines, roles = soql.children(record, soql.LINES), soql.children(record, soql.ROLES_OF)
        return soql.opportunity(record, lines, roles)

    def afterwards(self, opportunity_id: str) -> CrmAfterwards:
        record = self._first(soql.AFTERWARDS, opportunity_id)
        if record is None:
            raise Refused(NOT_FOUND)
        return soql.afterwards(record)

    def reprice(self, opportunity_id: str, lines: tuple[CrmLine, ...], payment_days: int, months: int = 0) -> None:
        self._write(self._parts.reprice(opportunity_id, lines, payment_days, months))

    def position(self, opportunity_id: str, topics: str) -> None:
        self._write(self._parts.position(opportunity_id, topics))

    def close(self, wanted: CrmClose) -> CrmClosed:
        contract = self._first(soql.CONTRACT, wanted.key)
        roles = self._query(soql.ROLES, wanted.opportunity_id)
        answers = self._write(self._parts.close(wanted, contract, roles))
        closed = self._first(soql.CLOSED, wanted.opportunity_id) or {}
        tasks = tuple(str(answers[f"task{n}"].get("id", "")) for n in range(len(wanted.tasks)) if f"task{n}" in answers)
        return CrmClosed(str(closed.get("ContractId") or ""), soql.number(closed.get("Amount")), tasks)

    def track(self, opportunity_id: str, prefix: str, wanted: tuple[CrmTask, ...]) -> None:
        there = [row for row in self._query(soql.TASKS, opportunity_id) if tracking.is_ours(row, prefix)]
        addresses = sorted({each.owner_email for each in wanted if each.owner_email})
        users = self._asked(format_soql(soql.OWNERS, addresses)) if addresses else []
        owners = {str(row["Email"]).casefold(): str(row["Id"]) for row in users}
        for parts in tracking.parts(self._parts, opportunity_id, wanted, there, owners):
            self._write(parts)

    def attach(self, key: str, opportunity_id: str, contract_id: str, title: str, file_name: str, body: bytes) -> str:
        version = self._first(soql.FILE, key) or self._upload(key, opportunity_id, title, file_name, body)
        self._link(str(version["ContentDocumentId"]), contract_id)
        return str(version["Id"])

    def file(self, opportunity_id: str, wanted: tuple[CrmFile, ...]) -> tuple[str, ...]:
        keys = [key for each in wanted for key in (*each.earlier, each.key)]
        there = {str(row["Countersign_Key__c"]): row for row in self._asked(format_soql(soql.FILES, keys))}
        return tuple(self._filed(opportunity_id, each, there) for each in wanted)

    def own_user_id(self) -> str:
        return self._session.token().user_id

    def search_opportunities(self, words: str) -> tuple[tuple[str, str, str], ...]:
        found = self._asked(format_soql(soql.SEARCH, words=words))
        return tuple((str(r["Id"]), str(r["Name"]), str(r["StageName"])) for r in found)

    def users(self) -> tuple[CrmUser, ...]:
        return tuple(soql.user(record) for record in self._asked(soql.USERS))

    def closed_deals(self) -> tuple[CrmPastDeal, ...]:
        return tuple(soql.past_deal(record) for record in self._asked(soql.PAST))

    def history(self, after: str = FIRST) -> tuple[CrmHistory | tuple[str, str], ...]:
        """The next page of closed opportunities behind that id; one that cannot be read is its id, and why."""
        return tuple(_past(record) for record in self._asked(format_soql(history.AFTER, after)))

    def _filed(self, opportunity_id: str, wanted: CrmFile, there: dict[str, dict[str, Any]]) -> str:
        if (known := there.get(wanted.key)) is not None:
            return str(known["Id"])
        older = next((there[key] for key in reversed(wanted.earlier) if key in there), None)
        document = str(older["ContentDocumentId"]) if older else ""
        written = composite.version(wanted.key, opportunity_id, wanted.title, wanted.file_name, wanted.body, document)
        made = self._client.restful("sobjects/ContentVersion", method="POST", json=written)
        if not made or not made.get("id"):
            raise Unknown(MISSHAPEN)
        return str(made["id"])

    def _upload(self, key: str, opportunity_id: str, title: str, file_name: str, body: bytes) -> dict[str, Any]:
        written = composite.version(key, opportunity_id, title, file_name, body)
        made = self._client.restful("sobjects/ContentVersion", method="POST", json=written)
        version = self._first(soql.FILE_OF, str((made or {}).get("id", "")))
        if version is None:
            raise Refused(NOT_FOUND)
        return version

    def _link(self, document_id: str, contract_id: str) -> None:
        """To the contract as well; a link that is there already is left."""
        if contract_id and not self._asked(format_soql(soql.LINK, document_id, contract_id)):
            body = composite.link(document_id, contract_id)
            self._client.restful("sobjects/ContentDocumentLink", method="POST", json=body)

    def _write(self, parts: Sequence[Part]) -> dict[str, dict[str, Any]]:
        """All or none."""
        body = {"allOrNone": True, "compositeRequest": list(parts)}
        return composite.bodies(self._client.restful("composite", method="POST", json=body))

    def _first(self, query: str, value: str) -> dict[str, Any] | None:
        return next(iter(self._query(query, value)), None)

    def _query(self, query: str, value: str) -> list[dict[str, Any]]:
        return self._asked(format_soql(query, value))

    def _asked(self, query: str) -> list[dict[str, Any]]:
        try:
            return list(self._client.query_all(query)["records"])
        except (KeyError, TypeError):  # the library takes an answer for what it should be
            raise Busy(MISSHAPEN, RETRY_AFTER_S) from None


def _past(record: dict[str, Any]) -> CrmHistory | tuple[str, str]:
    try:
        return history.past(record)
    except Refused as no:
        return str(record.get("Id")), str(no)


_conforms: type[Crm] = Salesforce
