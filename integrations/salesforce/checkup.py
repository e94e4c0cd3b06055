"""Is the org as the code needs it? Asked of Salesforce's own describe, limits and Tooling API."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.finding import Finding, clock, failed, fine, note, wrong
from integrations.salesforce.needs import CREATE, EDIT, NEEDS, Need
from integrations.salesforce.session import PLACEHOLDER, CrmSession

SALESFORCE = "Salesforce"
CREDENTIALS = (
    "Copy consumer key and secret of the connected app Countersign (Setup > App Manager > View > Manage Consumer"
    " Details) into SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET; the app must allow the client-credentials flow"
    " and run as the integration user, and SALESFORCE_URL must be the org's My Domain"
)
DEPLOY = "Deploy `salesforce/` again: `sf project deploy start --manifest manifest/package.xml`"
PERMIT = "assign the permission set Countersign Integration to the integration user"
MULTI_CURRENCY = (
    "Salesforce has this field with multiple currencies alone: Setup > Company Information > Activate Multiple"
    " Currencies (it cannot be undone)"
)
MESSAGE, FLOW = "Countersign_Stage", "Countersign_Stage"
NAMES = frozenset({MESSAGE, "Countersign: stage"})
LEAST_SHARE = 10  # of the day's calls, in percent
BASE = f"https://{PLACEHOLDER}/services/data/v66.0/"
FLOWS = "tooling/query/?q=SELECT Id, ActiveVersionId FROM FlowDefinition WHERE DeveloperName = 'Countersign_Stage'"
MESSAGES = "tooling/query/?q=SELECT Id, Name FROM WorkflowOutboundMessage"
ONE_MESSAGE = "tooling/query/?q=SELECT Metadata FROM WorkflowOutboundMessage WHERE Id = '{}'"
ID = re.compile(r"[0-9A-Za-z]{15,18}", re.ASCII)
FAILURES = (Busy, Refused, Unauthorised, Unknown)
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`outbound_url` ends in a secret: it is compared, and never told."""

    org_id: str
    outbound_url: str


def look(session: CrmSession, wanted: Wanted, now: datetime) -> Iterator[Finding]:
    """The login first: without it nothing else can be asked."""
    try:
        org, reply = session.token().org_id, _get(session, "limits/")
    except FAILURES as no:
        yield failed("salesforce.login", SALESFORCE, no, CREDENTIALS)
        return
    yield _org(org, wanted.org_id)
    yield clock("salesforce.clock", SALESFORCE, reply.headers, now)
    yield _limits(reply.json())
    for name, need in NEEDS.items():
        yield from _object(session, name, need)
    yield from _automation(session, wanted.outbound_url)


def _org(found: str, wanted: str) -> Finding:
    if found[:15] == wanted[:15]:
        return fine("salesforce.login", f"Salesforce takes our credentials, of org {found}")
    mend = (
        f"Set SALESFORCE_ORG_ID to {found}, else its outbound messages are refused; or take the credentials of {wanted}"
    )
    return wrong("salesforce.login", f"the credentials are of org {found}, and SALESFORCE_ORG_ID says {wanted}", mend)


def _limits(told: Record) -> Finding:
    calls = told.get("DailyApiRequests") or {}
    most, left = int(calls.get("Max") or 0), int(calls.get("Remaining") or 0)
    if not most:
        return note("salesforce.limits", "Salesforce does not say how many calls are left today")
    if left * 100 >= most * LEAST_SHARE:
        return fine("salesforce.limits", f"{left} of {most} calls of the day are left")
    mend = "See Setup > System Overview for who uses them up; more can be bought, and tomorrow they are back"
    return wrong("salesforce.limits", f"only {left} of {most} calls of the day are left", mend)


def _object(session: CrmSession, name: str, need: Need) -> Iterator[Finding]:
    check = f"salesforce.object {name}"
    try:
        told = _get(session, f"sobjects/{name}/describe").json()
    except Refused:
        yield wrong(
            check, f"there is no {name}, or the integration user may not see it", f"{PERMIT[0].upper()}{PERMIT[1:]}"
        )
        return
    except FAILURES as no:
        yield failed(check, SALESFORCE, no, CREDENTIALS)
        return
    faults = [*_rights(name, need, told), *_fields(name, need, told)]
    yield from faults or [fine(check, f"all {len(need.fields)} fields and rights are there")]


def _rights(name: str, need: Need, told: Record) -> Iterator[Finding]:
    flags = {CREATE: "createable", EDIT: "updateable"}
    for right in sorted(need.rights):
        if told.get(flags[right]) is not True:
            mend = f"{PERMIT[0].upper()}{PERMIT[1:]}, and see that nothing else takes the right away"
            yield wrong(f"salesforce.right {name} {right}", f"the integration user may not {right} {name}", mend)


def _fields(name: str, need: Need, told: Record) -> Iterator[Finding]:
    found = {str(field.get("name")): field for field in told.get("fields") or ()}
    for field in sorted(need.fields - {"Id"}):
        check = f"salesforce.field {name}.{field}"
        if field not in found:
            yield wrong(check, f"{name}.{field} is not there, or may not be seen", _missing(field))
            continue
        if field in need.writes | {need.key} and not _writable(need, found[field]):
            mend = f"In the permission set Countersign Integration, tick Edit for {name}.{field}; {PERMIT}"
            yield wrong(check, f"{name}.{field} can be read and not written", mend)
        if field == need.key and found[field].get("externalId") is not True:
            told_ = f"{name}.{field} is no external id, so that nothing can be written under it once"
            yield wrong(check, told_, f"Tick External ID and Unique of {name}.{field}, or deploy `salesforce/` again")


def _writable(need: Need, field: Record) -> bool:
    """What is only ever changed must be changeable; what is created as well may be settled at its creation."""
    able = field.get("updateable") is True
    return able or (CREATE in need.rights and field.get("createable") is True)


def _missing(field: str) -> str:
    if field == "CurrencyIsoCode":
        return MULTI_CURRENCY
    if field.endswith("__c"):
        return f"{DEPLOY}; then {PERMIT}"
    return f"Let the integration's user read {field} (field-level security); then {PERMIT}"


def _automation(session: CrmSession, url: str) -> Iterator[Finding]:
    """Without these Countersign hears of no opportunity. The Tooling API needs a right that its user need not have."""
    try:
        flows, messages = _asked(session, FLOWS), _asked(session, MESSAGES)
        ids = [str(each.get("Id")) for each in messages if each.get("Name") in NAMES]
        found = [each for id in ids[:1] if ID.fullmatch(id) for each in _asked(session, ONE_MESSAGE.format(id))]
    except FAILURES as no:
        mend = "Look yourself: Setup > Flows shows Countersign: stage as active, Setup > Outbound Messages our address"
        yield note("salesforce.flow", f"the integration user may not look at flows and messages ({no})", mend)
        return
    yield _flow(flows)
    yield _message([each.get("Metadata") or {} for each in found], url)


def _flow(found: list[Record]) -> Finding:
    if not found:
        return wrong("salesforce.flow", f"there is no flow {FLOW}: Salesforce tells us of no change", DEPLOY)
    if not found[0].get("ActiveVersionId"):
        mend = "Setup > Flows > Countersign: stage > Activate"
        return wrong("salesforce.flow", f"the flow {FLOW} is not active: Salesforce tells us of no change", mend)
    return fine("salesforce.flow", "active")


def _message(found: list[Record], url: str) -> Finding:
    check = "salesforce.outbound_message"
    if not found:
        return wrong(check, f"there is no outbound message {MESSAGE}", DEPLOY)
    if found[0].get("endpointUrl") != url:
        mend = (
            "Set COUNTERSIGN_OUTBOUND_URL as `countersign install salesforce` says, and deploy again; or"
            " Setup > Outbound Messages > Countersign: stage > Endpoint URL"
        )
        return wrong(check, "the outbound message goes to another address than ours, or has another token", mend)
    return fine(check, "goes to our address")


def _asked(session: CrmSession, path: str) -> list[Record]:
    found = _get(session, path).json().get("records")
    return [record for record in found or () if isinstance(record, dict)]


def _get(session: CrmSession, path: str) -> requests.Response:
    return session.request("GET", BASE + path)
