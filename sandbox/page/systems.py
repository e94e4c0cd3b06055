"""The systems beside Slack, as their own screens would show them."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sandbox.page.seen import letters
from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.schema import SObject
from sandbox.town import Town

Json = dict[str, Any]
LISTED = {
    "Opportunity": ("Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate"),
    "Account": ("Name", "Industry", "BillingCity"),
    "Contact": ("LastName", "FirstName", "Title", "Email"),
    "Contract": ("ContractNumber", "Status", "StartDate", "ContractTerm"),
    "Product2": ("Name", "ProductCode", "IsActive"),
}
BOOKS = ("invoices", "schedules", "journals", "commissions")
QUIET = frozenset({"IsDeleted", "SystemModstamp", "LastModifiedById", "CreatedById"})
MOST = 200
STREAM = re.compile(r"deal:[0-9A-Z]{26}")


def listed(town: Town, kind: str) -> Json:
    """The newest first. LookupError: no such list."""
    fields = [name for name in LISTED[kind] if name in town.org.schema(kind).fields]
    rows = sorted(town.org.records(kind), key=lambda row: row["LastModifiedDate"], reverse=True)[:MOST]
    shown = [{"id": row["Id"], "cells": [_plain(row[name]) for name in fields]} for row in rows]
    return {"kind": kind, "kinds": list(LISTED), "fields": fields, "rows": shown}


def record(town: Town, record_id: str) -> Json:
    """LookupError: there is none. `history` newest first; `by` is a name."""
    kind, row = _found(town, record_id)
    past = [
        {"at": at.isoformat(), "by": _name(town, by), "field": field, "old": _plain(old), "new": _plain(new)}
        for at, by, field, old, new in reversed(town.org.history(record_id))
    ]
    facts = [
        {"field": name, "value": _plain(value), "says": _says(town, of, name, value)}
        for of in (town.org.schema(kind),)
        for name, value in row.items()
        if name not in QUIET and value is not None
    ]
    title = str(row.get("Name") or row.get("LastName") or row.get("ContractNumber") or record_id)
    return {"id": record_id, "kind": kind, "title": title, "facts": facts, "history": past, "below": _below(town, row)}


def books(town: Town) -> Json:
    return {book: [entry.told() for entry in town.books.entries(book)] for book in BOOKS}


def ledger(town: Town, deal: str, channel: str = "") -> Json:
    """By the administrator's own command: of that deal, else of the channel's. LookupError: what it says instead."""
    known = streams(town)
    deal = deal or known.get(channel, "") or next(reversed(known.values()), "")
    told = {"streams": [{"deal": s, "name": town.site.world.channels[c].name} for c, s in known.items()], "deal": deal}
    if deal not in known.values():
        return told | {"deal": "", "facts": []}
    ran = town.run("ledger", "show", deal, "--json")
    if ran.returncode:
        raise LookupError(ran.stderr.strip() or "The ledger does not answer.")
    return told | {"facts": [json.loads(line) for line in ran.stdout.splitlines()]}


def streams(town: Town) -> dict[str, str]:
    """Channel -> the deal that the buttons of its card are about."""
    found = {}
    for channel in list(town.site.world.channels.values()):
        cards = [message for message in town.people.messages(channel.id) if message.bot and message.pinned]
        named = [match[0] for card in cards if (match := STREAM.search(json.dumps(card.blocks)))]
        if named and not channel.shared_with:
            found[channel.id] = named[-1]
    return found


def verified(town: Town) -> Json:
    ran = town.run("ledger", "verify")
    return {"whole": ran.returncode == 0, "said": (ran.stdout or ran.stderr).strip()}


def deadlines(town: Town) -> Json:
    """The next ones, as the administrator's command tells them."""
    ran = town.run("deadlines", "--json")
    return {"next": [json.loads(line) for line in ran.stdout.splitlines()] if ran.returncode == 0 else []}


def documents(town: Town, user: str) -> Json:
    """The files in Slack that the person may see, newest first."""
    seen = [m for c in town.site.world.channels.values() if user in c.members for m in town.people.messages(c.id, user)]
    files = {file.id: (file, m) for m in seen for file in m.files if not file.deleted}
    rows = [
        {"id": file.id, "name": file.name, "title": file.title, "size": len(file.body or b""), "ts": m.ts,
         "channel": m.channel, "mimetype": file.mimetype}
        for file, m in files.values()
    ]  # fmt: skip
    return {"files": sorted(rows, key=lambda row: str(row["ts"]), reverse=True)}


def letter_html(town: Town, user: str, number: int) -> str:
    """LookupError: not that person's."""
    if number not in [letter["number"] for letter in letters(town, user)]:
        raise LookupError("There is no such letter.")
    return town.mail.letters[number].html


def _found(town: Town, record_id: str) -> tuple[str, Json]:
    for kind in (*LISTED, "OpportunityLineItem", "OpportunityContactRole", "User"):
        try:
            return kind, town.org.get(kind, record_id)
        except Rejected:
            continue
    raise LookupError("There is no such record.")


def _below(town: Town, row: Json) -> list[Json]:
    """Lines and contact roles of an opportunity."""
    lines = [_line(town, r) for r in town.org.records("OpportunityLineItem") if r["OpportunityId"] == row["Id"]]
    roles = [_role(town, r) for r in town.org.records("OpportunityContactRole") if r["OpportunityId"] == row["Id"]]
    return [*lines, *roles]


def _line(town: Town, row: Json) -> Json:
    told = [f"{_short(row['Quantity'])} × {_plain(row['UnitPrice'])}"]
    told += [f"{_short(row['Discount'])}% off"] if row.get("Discount") else []
    return {"what": _name(town, str(row.get("Product2Id") or row.get("PricebookEntryId"))), "how": ", ".join(told)}


def _role(town: Town, row: Json) -> Json:
    return {"what": _name(town, str(row["ContactId"])), "how": str(row["Role"] or "")}


def _says(town: Town, of: SObject, name: str, value: Any) -> str:
    """The name of the record that a reference leads to."""
    field = of.fields.get(name)
    return _name(town, str(value)) if field is not None and field.refers_to else ""


def _name(town: Town, record_id: str) -> str:
    found = town.org.find(record_id)
    if found is None:
        return record_id
    if found.get("Product2Id") and "Name" not in found:
        return _name(town, str(found["Product2Id"]))
    whole = " ".join(str(found[part]) for part in ("FirstName", "LastName") if found.get(part))
    return whole or str(found.get("Name") or found.get("ContractNumber") or record_id)


def _short(value: Any) -> str:
    """240.00 -> 240."""
    return _plain(value).removesuffix(".00")


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
    return str(value)
