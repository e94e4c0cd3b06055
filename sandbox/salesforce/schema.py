"""How an object and its fields are described."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

TEXTS = frozenset({"string", "textarea", "email", "phone", "url", "picklist"})
IDS = frozenset({"id", "reference"})
NUMBERS = frozenset({"currency", "double", "percent", "int"})


@dataclass(frozen=True, slots=True)
class Field:
    """`children` is what the referred object calls its records of this kind in a sub-query."""

    name: str
    kind: str
    length: int = 0
    scale: int = 0
    required: bool = False
    createable: bool = True
    updateable: bool = True
    default: Any = None
    values: tuple[str, ...] = ()
    restricted: bool = False
    external: bool = False
    unique: bool = False
    refers_to: tuple[str, ...] = ()
    relationship: str = ""
    children: str = ""
    cascades: bool = False

    @property
    def custom(self) -> bool:
        return self.name.endswith("__c")

    @property
    def filterable(self) -> bool:
        return self.kind != "base64" and self.length <= 255


@dataclass(frozen=True, slots=True)
class SObject:
    name: str
    plural: str
    prefix: str
    fields: Mapping[str, Field]
    lower: Mapping[str, Field] = field(default_factory=dict)
    writeable: bool = True

    def of_fields(self, fields: Iterable[Field]) -> "SObject":
        named = {f.name: f for f in fields}
        return replace(self, fields=named, lower={n.lower(): f for n, f in named.items()})

    def field(self, name: str) -> Field | None:
        """Names are written in any case."""
        return self.fields.get(name) or self.lower.get(name.lower())

    def relation(self, name: str) -> Field | None:
        wanted = name.lower()
        return next((f for f in self.fields.values() if f.relationship.lower() == wanted), None)


def text(name: str, length: int = 255, **more: Any) -> Field:
    return Field(name, "string", length=length, **more)


def long_text(name: str) -> Field:
    return Field(name, "textarea", length=32_000)


def email(name: str, **more: Any) -> Field:
    return Field(name, "email", length=80, **more)


def money(name: str, **more: Any) -> Field:
    return Field(name, "currency", scale=2, **more)


def number(name: str, scale: int = 2, **more: Any) -> Field:
    return Field(name, "double" if scale else "int", scale=scale, **more)


def percent(name: str, **more: Any) -> Field:
    return Field(name, "percent", scale=2, **more)


def flag(name: str, **more: Any) -> Field:
    return Field(name, "boolean", default=more.pop("default", False), **more)


def day(name: str, **more: Any) -> Field:
    return Field(name, "date", **more)


def moment(name: str, **more: Any) -> Field:
    return Field(name, "datetime", **more)


def choice(name: str, values: str, **more: Any) -> Field:
    """Restricted to `values`, which are separated by commas."""
    return Field(name, "picklist", length=255, values=tuple(values.split(",")), restricted=True, **more)


def refer(name: str, *to: str, **more: Any) -> Field:
    """The parent is reached by the name without its Id."""
    relationship = name[:-3] + "__r" if name.endswith("__c") else name.removesuffix("Id")
    return Field(name, "reference", length=18, refers_to=to, relationship=relationship, **more)


def external_key(name: str = "Countersign_Key__c", unique: bool = True) -> Field:
    return Field(name, "string", length=255, external=True, unique=unique)


def read_only(of: Field) -> Field:
    return replace(of, createable=False, updateable=False)


def create_only(of: Field) -> Field:
    return replace(of, updateable=False)


SYSTEM = (
    read_only(Field("Id", "id", length=18)),
    read_only(flag("IsDeleted")),
    read_only(moment("CreatedDate")),
    read_only(refer("CreatedById", "User")),
    read_only(moment("LastModifiedDate")),
    read_only(refer("LastModifiedById", "User")),
    read_only(moment("SystemModstamp")),
)


def sobject(name: str, prefix: str, *fields: Field, plural: str = "") -> SObject:
    return SObject(name, plural or f"{name}s", prefix, {}).of_fields((*SYSTEM, *fields))
