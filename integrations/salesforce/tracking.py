"""Approvals as tasks of their opportunity: what differs from what is there is written, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from integrations.salesforce.composite import MOST_PARTS, Part, Parts
from integrations.salesforce.port import CrmTask

COMPLETED = "Completed"
LONGEST_SUBJECT = 255
Row = Mapping[str, Any]


def is_ours(row: Row, prefix: str) -> bool:
    return str(row.get("Countersign_Key__c") or "").startswith(prefix)


def parts(
    of: Parts, opportunity_id: str, wanted: Sequence[CrmTask], there: Sequence[Row], owners: Mapping[str, str]
) -> Iterator[list[Part]]:
    """Requests of at most as many parts as one may have. `owners` are user ids by address."""
    rows = {str(row["Countersign_Key__c"]): row for row in there}
    bodies = {each.key: _differs(_body(each, opportunity_id, owners), rows.get(each.key)) for each in wanted}
    gone = {key: {"Status": COMPLETED} for key, row in rows.items() if key not in bodies and row["Status"] != COMPLETED}
    changed = [(key, body) for key, body in (bodies | gone).items() if body]
    for start in range(0, len(changed), MOST_PARTS):
        chunk = changed[start : start + MOST_PARTS]
        yield [of.task(f"task{n}", key, body) for n, (key, body) in enumerate(chunk)]


def _body(of: CrmTask, opportunity_id: str, owners: Mapping[str, str]) -> dict[str, Any]:
    """An open one says nothing of its status: a repeat must not open what somebody has finished."""
    owner = owners.get(of.owner_email.casefold())
    return {
        "Subject": of.subject[:LONGEST_SUBJECT],
        "ActivityDate": of.due_on.isoformat(),
        "WhatId": opportunity_id,
        **({"OwnerId": owner} if owner else {}),
        **({"Status": COMPLETED} if of.done else {}),
    }


def _differs(body: dict[str, Any], row: Row | None) -> dict[str, Any]:
    if row is None:
        return body
    return {field: value for field, value in body.items() if field != "WhatId" and row.get(field) != value}
