"""One request of the REST API, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.salesforce.errors import Rejected


@dataclass(frozen=True, slots=True)
class Asked:
    """`path` is what comes after the version; `by` the user whose token it is; header names are in lower case."""

    method: str
    path: str
    parameters: Mapping[str, str]
    body: Any
    by: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    body: Any = None
    raw: bytes | None = None
    location: str = ""


def body_of(asked: Asked) -> dict[str, Any]:
    if not isinstance(asked.body, dict):
        raise Rejected("JSON_PARSER_ERROR", "The HTTP entity body is required to be an object")
    return asked.body


def record_of(asked: Asked) -> dict[str, Any]:
    """What is to be written; `attributes` may come along and mean nothing here."""
    return {name: value for name, value in body_of(asked).items() if name != "attributes"}
