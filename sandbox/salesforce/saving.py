"""What is checked of a record before it is kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.salesforce.catalog import OBJECTS
from sandbox.salesforce.errors import Rejected, no_such_column
from sandbox.salesforce.ids import full, key
from sandbox.salesforce.schema import Field, SObject
from sandbox.salesforce.values import coerce

if TYPE_CHECKING:
    from sandbox.salesforce.org import Org, Row


def accepted(of: SObject, given: Mapping[str, Any], new: bool) -> dict[str, Any]:
    """Canonical field names and kept values; all that may not be written is named in one refusal."""
    fields = {name: known(of, name) for name in given}
    word = "create" if new else "update"
    closed = [f.name for f in fields.values() if not (f.createable if new else f.updateable)]
    if closed:
        said = (
            f"Unable to create/update fields: {', '.join(closed)}. Please check the security settings of this "
            f"field and verify that it is read/write for your profile or permission set. ({word})"
        )
        raise Rejected("INVALID_FIELD_FOR_INSERT_UPDATE", said, tuple(closed))
    return {field.name: coerce(field, given[name]) for name, field in fields.items()}


def known(of: SObject, name: str) -> Field:
    field = of.field(name)
    if field is None:
        raise no_such_column(name[:80], of.name)
    return field


def complete(of: SObject, row: Mapping[str, Any]) -> None:
    missing = tuple(f.name for f in of.fields.values() if f.required and row.get(f.name) is None)
    if missing:
        said = f"Required fields are missing: [{', '.join(missing)}]"
        raise Rejected("REQUIRED_FIELD_MISSING", said, missing)


def referred(org: "Org", of: SObject, row: "Row", names: Mapping[str, Any]) -> None:
    """Every reference that is written points at a living record of the right kind, and is kept in full."""
    for name in names:
        field = of.fields[name]
        if field.kind == "reference" and row[name] is not None:
            row[name] = _target(org, field, row[name])


def _target(org: "Org", field: Field, value: str) -> str:
    allowed = {OBJECTS[name].prefix for name in field.refers_to}
    if value[:3] not in allowed:
        said = f"{field.name}: id value of incorrect type: {value}"
        raise Rejected("FIELD_INTEGRITY_EXCEPTION", said, (field.name,))
    target = org.find(value)
    if target is None:
        raise Rejected("INVALID_CROSS_REFERENCE_KEY", f"invalid cross reference id: {field.name}", (field.name,))
    return str(target["Id"])


def unique(org: "Org", of: SObject, row: "Row") -> None:
    for field in of.fields.values():
        if field.unique and row.get(field.name) is not None:
            _only_one(org, of, row, field)


def _only_one(org: "Org", of: SObject, row: "Row", field: Field) -> None:
    for other in org.by_key(of.name, field.name, str(row[field.name])):
        if key(other["Id"]) != key(row["Id"]):
            said = f"duplicate value found: {field.name} duplicates value on record with id: {other['Id']}"
            raise Rejected("DUPLICATE_VALUE", said)


def new_id(org: "Org", of: SObject, wanted: str | None) -> str:
    """`wanted` comes from the seed only; the wire never names an id."""
    if wanted is None:
        return org.ids.next(of.prefix)
    return full(wanted) if len(wanted) == 15 else wanted
