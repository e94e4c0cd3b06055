"""What Salesforce itself works out when a record is saved."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from hashlib import md5
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sandbox.salesforce.catalog import ACTIVATED, DRAFT, FORECASTS, STAGES
from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.ids import key

if TYPE_CHECKING:
    from sandbox.salesforce.org import Org, Row

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
LOCKED_WHEN_ACTIVE = ("AccountId", "StartDate", "ContractTerm")


@dataclass(frozen=True, slots=True)
class Save:
    """`row` may still be changed; `given` are the fields that were written."""

    org: "Org"
    row: "Row"
    old: "Row | None"
    given: frozenset[str]
    by: str
    at: datetime


def _opportunity(save: Save) -> None:
    row, old = save.row, save.old
    if old is not None and old["HasOpportunityLineItem"]:
        row["Amount"] = old["Amount"]
    if old is None or old["StageName"] != row["StageName"]:
        stage = row["StageName"]
        row["IsClosed"], row["IsWon"] = stage.startswith("Closed"), stage == "Closed Won"
        row["ForecastCategory"] = FORECASTS.get(stage, "Pipeline")
        row["LastStageChangeDate"] = None if old is None else save.at
        if "Probability" not in save.given:
            row["Probability"] = Decimal(STAGES[stage])


def _line(save: Save) -> None:
    row = save.row
    if {"UnitPrice", "TotalPrice"} <= save.given:
        raise Rejected(
            "FIELD_INTEGRITY_EXCEPTION",
            "field integrity exception: unknown (only one of unit price or total price may be specified)",
        )
    if save.old is None:
        _from_pricebook(save)
    if row["Quantity"] == 0:
        raise Rejected("FIELD_INTEGRITY_EXCEPTION", "Quantity: must not be zero", ("Quantity",))
    _priced(save)


def _from_pricebook(save: Save) -> None:
    row = save.row
    entry = save.org.get("PricebookEntry", row["PricebookEntryId"])
    deal = save.org.get("Opportunity", row["OpportunityId"])
    if deal["Pricebook2Id"] is None:
        save.org.derive("Opportunity", deal["Id"], {"Pricebook2Id": entry["Pricebook2Id"]}, save.by, save.at)
    elif key(deal["Pricebook2Id"]) != key(entry["Pricebook2Id"]):
        said = (
            "field integrity exception: PricebookEntryId (pricebook entry is not in the pricebook of the opportunity)"
        )
        raise Rejected("FIELD_INTEGRITY_EXCEPTION", said, ("PricebookEntryId",))
    if entry["CurrencyIsoCode"] != deal["CurrencyIsoCode"]:
        raise Rejected(
            "FIELD_INTEGRITY_EXCEPTION",
            "The pricebook entry currency code does not match the opportunity's",
            ("PricebookEntryId",),
        )
    row["Product2Id"], row["ProductCode"] = entry["Product2Id"], entry["ProductCode"]
    row["ListPrice"], row["CurrencyIsoCode"] = entry["UnitPrice"], entry["CurrencyIsoCode"]
    row["Name"] = f"{deal['Name']} {entry['Name']}"[:376]


def _priced(save: Save) -> None:
    """TotalPrice follows from the rest, unless it is what was written: then UnitPrice does."""
    row = save.row
    rest = 1 - (row["Discount"] or Decimal(0)) / HUNDRED
    if "TotalPrice" in save.given and row["TotalPrice"] is not None:
        share = row["Quantity"] * rest
        if share:
            row["UnitPrice"] = (row["TotalPrice"] / share).quantize(CENT, ROUND_HALF_UP)
    elif row["UnitPrice"] is None:
        raise Rejected("REQUIRED_FIELD_MISSING", "Required fields are missing: [UnitPrice]", ("UnitPrice",))
    elif save.old is None or save.given & {"UnitPrice", "Quantity", "Discount"}:
        row["TotalPrice"] = (row["Quantity"] * row["UnitPrice"] * rest).quantize(CENT, ROUND_HALF_UP)


def _roll_up(save: Save) -> None:
    deal_id = save.row["OpportunityId"]
    lines = [line for line in save.org.records("OpportunityLineItem") if key(line["OpportunityId"]) == key(deal_id)]
    sums: dict[str, Any] = {"HasOpportunityLineItem": bool(lines)}
    if lines:
        sums["Amount"] = sum((line["TotalPrice"] for line in lines), Decimal(0))
    save.org.derive("Opportunity", deal_id, sums, save.by, save.at)


def _stage(save: Save) -> None:
    """A line of the stage history for each stage that the deal came to."""
    if save.old is None or save.old["StageName"] != save.row["StageName"]:
        kept = {name: save.row[name] for name in ("StageName", "Amount", "CloseDate")}
        save.org.make("OpportunityHistory", {"OpportunityId": save.row["Id"], **kept}, save.by, save.at)


def _person(save: Save) -> None:
    row = save.row
    row["Name"] = " ".join(part for part in (row["FirstName"], row["LastName"]) if part)


def _price(save: Save) -> None:
    product = save.org.get("Product2", save.row["Product2Id"])
    save.row["ProductCode"], save.row["Name"] = product["ProductCode"], product["Name"]


def _contract(save: Save) -> None:
    row, old = save.row, save.old
    if old is None:
        _drafted(save)
    elif old["Status"] == ACTIVATED:
        _unlocked(row, old)
    row["EndDate"] = _end(row["StartDate"], row["ContractTerm"])


def _drafted(save: Save) -> None:
    if save.row["Status"] != DRAFT:
        raise Rejected("INVALID_STATUS", "Choose a valid contract status and save your changes.", ("Status",))
    save.row["ContractNumber"] = f"{len(save.org.records('Contract')) + 100:08d}"


def _unlocked(row: "Row", old: "Row") -> None:
    changed = tuple(name for name in (*LOCKED_WHEN_ACTIVE, "Status") if row[name] != old[name])
    if changed:
        said = f"field integrity exception: {', '.join(changed)} (an activated contract cannot be changed)"
        raise Rejected("FIELD_INTEGRITY_EXCEPTION", said, changed)


def _end(starts_on: date | None, months: int | None) -> date | None:
    """The day before the anniversary; a month without that day ends earlier."""
    if starts_on is None or not months or not 0 < months <= 1200:
        return None
    years, month = divmod(starts_on.month - 1 + months, 12)
    year = starts_on.year + years
    day = min(starts_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def _version(save: Save) -> None:
    row, org = save.row, save.org
    if save.old is not None:
        return
    body = row.pop("VersionData")
    if body is None or row["PathOnClient"] is None:
        missing = "VersionData" if body is None else "PathOnClient"
        raise Rejected("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{missing}]", (missing,))
    if row["ContentDocumentId"] is not None and row["FirstPublishLocationId"] is not None:
        raise Rejected(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            "FirstPublishLocationId cannot be set on a new version",
            ("FirstPublishLocationId",),
        )
    path = PurePosixPath(row["PathOnClient"])
    row["Title"] = row["Title"] or path.stem[:255]
    row["FileExtension"] = path.suffix.removeprefix(".")[:40] or None
    row["ContentSize"], row["IsLatest"] = len(body), True
    row["Checksum"] = md5(body, usedforsecurity=False).hexdigest()
    org.blobs[key(row["Id"])] = body
    row["VersionData"] = f"/services/data/v66.0/sobjects/ContentVersion/{row['Id']}/VersionData"


def _document(save: Save) -> None:
    """A first version makes the document and its links: to where it is published, and to whoever published it."""
    if save.old is not None:
        return
    org, row = save.org, save.row
    first = row["ContentDocumentId"] is None
    facts = {name: row[name] for name in ("Title", "FileExtension", "ContentSize")}
    document = org.make("ContentDocument", facts, save.by, save.at) if first else row["ContentDocumentId"]
    older = [v for v in org.records("ContentVersion") if v["ContentDocumentId"] == document and v["Id"] != row["Id"]]
    for version in older:
        org.derive("ContentVersion", version["Id"], {"IsLatest": False}, save.by, save.at)
    numbered = {"ContentDocumentId": document, "VersionNumber": str(len(older) + 1)}
    org.derive("ContentVersion", row["Id"], numbered, save.by, save.at)
    org.derive("ContentDocument", document, {**facts, "LatestPublishedVersionId": row["Id"]}, save.by, save.at)
    places = [place for place in (save.by, row["FirstPublishLocationId"]) if place and first]
    for place in dict.fromkeys(places):
        link = {
            "ContentDocumentId": document,
            "LinkedEntityId": place,
            "ShareType": "V",
            "Visibility": "AllUsers",
        }
        org.make("ContentDocumentLink", link, save.by, save.at)


def _link(save: Save) -> None:
    row = save.row
    for other in save.org.records("ContentDocumentLink"):
        same = all(key(other[n]) == key(row[n]) for n in ("ContentDocumentId", "LinkedEntityId"))
        if same and key(other["Id"]) != key(row["Id"]):
            said = f"duplicate value found: LinkedEntityId duplicates value on record with id: {other['Id']}"
            raise Rejected("DUPLICATE_VALUE", said)


Rule = Callable[[Save], None]
BEFORE: dict[str, Rule] = {
    "Opportunity": _opportunity,
    "OpportunityLineItem": _line,
    "Contact": _person,
    "User": _person,
    "PricebookEntry": _price,
    "Contract": _contract,
    "ContentVersion": _version,
    "ContentDocumentLink": _link,
}
AFTER: dict[str, Rule] = {"Opportunity": _stage, "OpportunityLineItem": _roll_up, "ContentVersion": _document}
