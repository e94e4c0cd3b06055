"""One request for many writes, all or none: what goes into it, and what comes out."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from integrations.errors import Refused, Unknown
from integrations.salesforce.port import CrmClose, CrmLine
from integrations.salesforce.session import error_code, verdict

MOST_PARTS = 25
COLLECTION = 200
MOST_COLLECTIONS = 5
ECHOES = frozenset({"ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED"})

Part = dict[str, Any]


class Parts:
    """Subrequests of one API version. Referred to by name: `@{name.id}` is the id that part `name` made."""

    def __init__(self, version: str) -> None:
        self.base = f"/services/data/v{version}"

    def reprice(self, opportunity_id: str, lines: Sequence[CrmLine], payment_days: int, months: int) -> list[Part]:
        body = {"Payment_Days__c": payment_days} | ({"Term_Months__c": months} if months else {})
        opportunity = self._patch("opportunity", f"Opportunity/{_id(opportunity_id)}", body)
        return [*self._lines(lines, MOST_PARTS - 1, priced=bool(months)), opportunity]

    def position(self, opportunity_id: str, topics: str) -> list[Part]:
        return [self._patch("opportunity", f"Opportunity/{_id(opportunity_id)}", {"Positioning__c": topics or None})]

    def close(
        self, wanted: CrmClose, contract: Mapping[str, Any] | None, roles: Sequence[Mapping[str, Any]]
    ) -> list[Part]:
        """`contract` and `roles` as they stand: a contract that is active already is locked, and done."""
        active = contract is not None and contract.get("Status") == "Activated"
        made = str(contract["Id"]) if active and contract is not None else "@{contract.id}"
        rest = [
            *self._roles(wanted, roles),
            *self._tasks(wanted),
            self._opportunity(wanted, made),
        ]
        first = [] if active else [self._contract(wanted)]
        last = [] if active else [self._patch("activation", f"Contract/{made}", {"Status": "Activated"})]
        room = MOST_PARTS - len(first) - len(rest) - len(last)
        return [*first, *self._lines(wanted.lines, room), *rest, *last]

    def task(self, name: str, key: str, body: Mapping[str, Any]) -> Part:
        return self._patch(name, f"Task/Countersign_Key__c/{_key(key)}", body)

    def _contract(self, wanted: CrmClose) -> Part:
        body = {
            "AccountId": wanted.account_id,
            "Status": "Draft",
            "StartDate": wanted.contract_starts_on.isoformat(),
            "ContractTerm": wanted.contract_months,
            "CustomerSignedId": wanted.signer_contact_id or None,
            "CustomerSignedDate": wanted.signed_on.isoformat(),
            "CustomerSignedTitle": wanted.signer_title[:40] or None,
        }
        return self._patch("contract", f"Contract/Countersign_Key__c/{_key(wanted.key)}", body)

    def _opportunity(self, wanted: CrmClose, contract: str) -> Part:
        body = {
            "StageName": wanted.stage,
            "CloseDate": wanted.close_on.isoformat(),
            "ContractId": contract,
            "Countersign_Deal__c": wanted.key,
            "Payment_Days__c": wanted.payment_days,
            "NextStep": None,
        }
        return self._patch("opportunity", f"Opportunity/{_id(wanted.opportunity_id)}", body)

    def _tasks(self, wanted: CrmClose) -> list[Part]:
        """Status and priority are left to their defaults: a repeat must not open what somebody has finished."""
        return [
            self.task(
                f"task{n}",
                key,
                {"Subject": subject[:255], "ActivityDate": due.isoformat(), "WhatId": wanted.opportunity_id},
            )
            for n, (key, subject, due) in enumerate(wanted.tasks)
        ]

    def _roles(self, wanted: CrmClose, there: Sequence[Mapping[str, Any]]) -> Iterable[Part]:
        """They have no external id: added when the contact has none, changed when it has another."""
        known = {str(role.get("ContactId")): role for role in there}
        for n, (contact, role) in enumerate(wanted.contact_roles):
            if contact not in known:
                body = {"OpportunityId": wanted.opportunity_id, "ContactId": contact, "Role": role}
                yield self._part("POST", f"role{n}", "sobjects/OpportunityContactRole", body)
            elif known[contact].get("Role") != role:
                yield self._patch(
                    f"role{n}", f"OpportunityContactRole/{_id(str(known[contact]['Id']))}", {"Role": role}
                )

    def _lines(self, lines: Sequence[CrmLine], room: int, priced: bool = False) -> list[Part]:
        """The discount, with `priced` the unit price too: Salesforce works out the total, and takes none beside it."""
        if len(lines) <= room:
            return [
                self._patch(f"line{n}", f"OpportunityLineItem/{_id(line.id)}", _written(line, priced))
                for n, line in enumerate(lines)
            ]
        chunks = [lines[start : start + COLLECTION] for start in range(0, len(lines), COLLECTION)]
        if len(chunks) > min(room, MOST_COLLECTIONS):
            raise Refused("lines.too_many")
        return [self._collection(f"lines{n}", chunk, priced) for n, chunk in enumerate(chunks)]

    def _collection(self, name: str, lines: Sequence[CrmLine], priced: bool) -> Part:
        kind = {"type": "OpportunityLineItem"}
        records = [{"attributes": kind, "id": _id(line.id), **_written(line, priced)} for line in lines]
        return self._part("PATCH", name, "composite/sobjects", {"allOrNone": True, "records": records})

    def _patch(self, name: str, path: str, body: Mapping[str, Any]) -> Part:
        return self._part("PATCH", name, f"sobjects/{path}", body)

    def _part(self, method: str, name: str, path: str, body: Mapping[str, Any]) -> Part:
        return {"method": method, "url": f"{self.base}/{path}", "referenceId": name, "body": dict(body)}


def _written(line: CrmLine, priced: bool) -> dict[str, Any]:
    price = {"UnitPrice": percent(line.unit_price)} if priced else {}
    return {"Discount": percent(line.discount)} | price


def version(
    key: str, opportunity_id: str, title: str, file_name: str, body: bytes, document: str = ""
) -> dict[str, str]:
    """The next version of the file `document`; without one, the first of a file, published at the opportunity."""
    place = {"ContentDocumentId": document} if document else {"FirstPublishLocationId": opportunity_id}
    return {
        "Title": title,
        "PathOnClient": file_name,
        "VersionData": b64encode(body).decode(),
        "Countersign_Key__c": key,
        **place,
    }


def link(document_id: str, place_id: str) -> dict[str, str]:
    """A file shown in one more place, to be read there."""
    return {"ContentDocumentId": document_id, "LinkedEntityId": place_id, "ShareType": "V"}


def percent(told: str) -> int | float:
    """A JSON number that prints exactly as the decimal text; refused when binary could not hold it."""
    exact = Decimal(told)
    if exact == exact.to_integral_value():
        return int(exact)
    if Decimal(repr(float(exact))) != exact:
        raise ValueError(f"not an exact number: {told}")
    return float(exact)


def bodies(answer: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    """The answers by the names of their parts; raises for the first part that says no."""
    told = (answer or {}).get("compositeResponse")
    if not isinstance(told, list):
        raise Unknown("not a composite answer")
    for part in told:
        _raise_for(part)
    return {str(part["referenceId"]): part["body"] for part in told if isinstance(part.get("body"), dict)}


def _raise_for(part: Any) -> None:
    status, body = (part.get("httpStatusCode"), part.get("body")) if isinstance(part, dict) else (None, None)
    if not isinstance(status, int):
        raise Unknown("not a composite answer")
    failed = (
        [error for result in body if isinstance(result, dict) for error in result.get("errors") or ()]
        if (isinstance(body, list) and status < 300)
        else []
    )
    code = error_code(status, _own(body)) if status >= 300 else _collected(failed)
    if code and code not in ECHOES:
        raise verdict(status if status >= 300 else 400, code, {})


def _own(body: object) -> object:
    return body


def _collected(failed: Sequence[Mapping[str, Any]]) -> str:
    codes = [str(error.get("statusCode")) for error in failed]
    return next((code for code in codes if code not in ECHOES), "")


def _id(told: str) -> str:
    """Part of an address: letters and digits, and nothing that leads elsewhere."""
    if not (told.isascii() and told.isalnum()):
        raise Refused("MALFORMED_ID")
    return told


def _key(told: str) -> str:
    return quote(told, safe="")
