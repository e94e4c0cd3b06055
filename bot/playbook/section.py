"""The base of every part of the playbook, and how its amounts, percentages and dates are written."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


WRITTEN = {"written": True}  # the validation context of texts that people wrote: there, a percentage needs its sign


def _percent(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str):
        return _basis_points(value)
    if info.context == WRITTEN and not isinstance(value, bool):
        raise ValueError(f"{value} has no percent sign. Fix: write it with the sign, such as 10% or 12.5%")
    return value


def _basis_points(text: str) -> int:
    try:
        exact = Decimal(text.strip().removesuffix("%")) * 100
    except InvalidOperation:
        exact = Decimal("NaN")
    if not text.strip().endswith("%") or not exact.is_finite() or exact != exact.to_integral_value():
        raise ValueError(f"{text!r} is not a percentage. Fix: at most two decimals and the sign, such as 12.5%")
    return int(exact)


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"{tag!r} is no language. Fix: use a tag such as en-IE or de-DE") from None
    return tag


def _amount(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f"{value} is inexact. Fix: give the amount as text or Decimal")
    return value.replace(",", "") if isinstance(value, str) else value


Percent = Annotated[int, BeforeValidator(_percent), Field(ge=0, le=10_000)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0)]
Language = Annotated[str, AfterValidator(_language)]
Amounts = dict[Currency, Amount]
Days = Annotated[int, Field(ge=0, le=3_660)]
Hours = Annotated[int, Field(gt=0, le=2_000)]
