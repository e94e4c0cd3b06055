"""What stands in Setup: the flow and the outbound message that were deployed, as the Tooling API shows them."""

from dataclasses import dataclass
from typing import Any

from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.ids import full
from sandbox.salesforce.soql_parse import Every, Query, Test

FLOW, VERSION, MESSAGE = full("300Hn0000000001"), full("301Hn0000000001"), full("04kHn0000000001")
NAME, LABEL = "Countersign_Stage", "Countersign: stage"


@dataclass
class Setup:
    """Each can be lacking: not deployed, not active, at another address, or not to be looked at."""

    flow: bool = True
    flow_active: bool = True
    endpoint: str = ""
    message: bool = True
    visible: bool = True

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Raises Rejected for what the user may not look at."""
        flow = {"Id": FLOW, "DeveloperName": NAME, "ActiveVersionId": VERSION if self.flow_active else None}
        metadata = {"endpointUrl": self.endpoint, "includeSessionId": False, "name": LABEL}
        message = {"Id": MESSAGE, "Name": LABEL, "Metadata": metadata}
        found: dict[str, list[dict[str, Any]]]
        found = {"FlowDefinition": [flow][: self.flow], "WorkflowOutboundMessage": [message][: self.message]}
        if not self.visible or kind not in found:
            raise Rejected("INVALID_TYPE", f"sObject type '{kind}' is not supported.")
        return found[kind]


def run(of: Setup, query: Query) -> list[dict[str, Any]]:
    """Equality alone, with `and` between: what is asked of Setup."""
    rows = [row for row in of.rows(query.kind) if _matches(query.where, row)]
    if "Metadata" in query.fields and len(rows) > 1:
        raise Rejected("MALFORMED_QUERY", "When retrieving results with Metadata, the query must return one row.")
    return [{"attributes": {"type": query.kind}, **{name: row.get(name) for name in query.fields}} for row in rows]


def _matches(where: Any, row: dict[str, Any]) -> bool:
    match where:
        case None:
            return True
        case Every(parts):
            return all(_matches(part, row) for part in parts)
        case Test(path, "=", wanted):
            return bool(row.get(path) == wanted)
        case _:
            raise Rejected("MALFORMED_QUERY", "Setup is asked for equal values alone.")
