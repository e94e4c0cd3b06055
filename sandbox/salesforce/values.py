"""From what a client sends to what is kept, field by field, and back onto the wire."""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.ids import well_formed
from sandbox.salesforce.schema import Field

NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})", re.ASCII)
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
LARGEST = Decimal(10) ** 16


def coerce(field: Field, value: object) -> Any:
    """The kept value, or Rejected in Salesforce's words. Empty text is null, as there."""
    if value is None or value == "":
        return False if field.kind == "boolean" else None
    return COERCERS[field.kind](field, value)


def _cannot(field: Field, value: object) -> Rejected:
    shown = str(value)[:80]
    return Rejected(
        "JSON_PARSER_ERROR", f"Cannot deserialize instance of {field.kind} from value {shown}", (field.name,)
    )


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise _cannot(field, value)
    if "\x00" in value:
        raise Rejected("INVALID_FIELD", f"{field.name}: invalid character", (field.name,))
    if len(value) > field.length:
        said = f"{field.name}: data value too large: {value[:40]} (max length={field.length})"
        raise Rejected("STRING_TOO_LONG", said, (field.name,))
    return value


def _picked(field: Field, value: object) -> str:
    if value not in field.values:
        said = f"{field.name}: bad value for restricted picklist field: {str(value)[:80]}"
        raise Rejected("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", said, (field.name,))
    return str(value)


def _email(field: Field, value: object) -> str:
    address = _text(field, value)
    if not EMAIL.fullmatch(address):
        said = f"{field.name}: invalid email address: {address}"
        raise Rejected("INVALID_EMAIL_ADDRESS", said, (field.name,))
    return address


def _number(field: Field, value: object) -> Decimal | int:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _cannot(field, value)
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        raise _cannot(field, value)
    try:
        exact = Decimal(str(value))
        if not exact.is_finite() or abs(exact) >= LARGEST:
            raise Rejected("NUMBER_OUTSIDE_VALID_RANGE", f"{field.name}: value outside of valid range", (field.name,))
        rounded = exact.quantize(Decimal(1).scaleb(-field.scale), ROUND_HALF_UP)
    except InvalidOperation:
        raise _cannot(field, value) from None
    return int(rounded) if field.kind == "int" else rounded


def _flag(field: Field, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise _cannot(field, value)


def _day(field: Field, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise _cannot(field, value)
    try:
        return date.fromisoformat(value) if len(value) == 10 else parse_moment(value).date()
    except ValueError:
        raise _cannot(field, value) from None


def parse_moment(text: str) -> datetime:
    """Raises ValueError. Kept in whole seconds, as Salesforce does."""
    if "T" not in text:
        raise ValueError(text)
    try:
        told = datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueError(text) from None


def _moment(field: Field, value: object) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0)
    try:
        return parse_moment(str(value))
    except ValueError:
        raise _cannot(field, value) from None


def _reference(field: Field, value: object) -> str:
    if not isinstance(value, str) or not well_formed(value):
        said = f"{field.name}: id value of incorrect type: {str(value)[:40]}"
        raise Rejected("MALFORMED_ID", said, (field.name,))
    return value


def _blob(field: Field, value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise Rejected("INVALID_FIELD", f"{field.name}: invalid base64", (field.name,)) from None


COERCERS: dict[str, Callable[[Field, object], Any]] = {
    "string": _text,
    "textarea": _text,
    "phone": _text,
    "url": _text,
    "picklist": _picked,
    "email": _email,
    "currency": _number,
    "double": _number,
    "percent": _number,
    "int": _number,
    "boolean": _flag,
    "date": _day,
    "datetime": _moment,
    "id": _reference,
    "reference": _reference,
    "base64": _blob,
}


def to_json(value: Any) -> Any:
    """Decimals of at most 17 digits go through a float unharmed: Salesforce sends plain numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    return value.isoformat() if isinstance(value, date) else value


def to_xml(value: Any) -> str:
    """As in outbound messages."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        shown = f"{value:f}".rstrip("0") if "." in f"{value:f}" else f"{value:f}."
        return shown + "0" if shown.endswith(".") else shown
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return value.isoformat() if isinstance(value, date) else str(value)
