"""Everything that crossed the wire, in order."""

from dataclasses import dataclass

from sandbox.slack.errors import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A Web API call of the app. `status` 0: the connection was dropped."""

    method: str
    args: Json
    ok: bool
    error: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request to the app. `status` 0: none came back; `failed` says why."""

    kind: str
    body: Json
    attempt: int
    status: int
    seconds: float
    failed: str = ""


Entry = Call | Delivery


class Journal(list[Entry]):
    def calls(self, method: str = "") -> list[Call]:
        return [e for e in self if isinstance(e, Call) and method in ("", e.method)]

    def deliveries(self, kind: str = "") -> list[Delivery]:
        return [e for e in self if isinstance(e, Delivery) and kind in ("", e.kind)]
