"""Past deals from a CSV file: a row that cannot be read is told with file, line and field, and stops no other."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bot.history.importing import Bad
from bot.streams.money import Money, basis_points
from bot.streams.past.past import PastLine, PastOpportunity, PastStage

NEEDED = ("id", "customer", "currency", "amount", "won", "opened_on", "closed_on")
OPTIONAL = (
    "industry", "discount", "payment_days", "term_months", "loss_reason", "competitor", "lines", "roles", "stages",
    "became", "way",
)  # fmt: skip
COLUMNS = (*NEEDED, *OPTIONAL)
YES, NO = frozenset({"yes", "true", "1", "won"}), frozenset({"no", "false", "0", "lost"})
LONGEST = 20_000
Row = Mapping[str, str]


class NoTable(ValueError):
    """The file as a whole cannot be read."""


def rows(path: Path) -> Iterator[PastOpportunity | Bad]:
    """Raises NoTable, which names the columns that are missing. A text stays a text, whatever it begins with."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            told = csv.DictReader(file, restkey="", restval="")
            missing = [name for name in NEEDED if name not in (told.fieldnames or ())]
            if missing:
                raise NoTable(f"{path} has no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
            for row in told:
                yield _read(f"{path.name}:{told.line_num}", row)
    except (OSError, UnicodeDecodeError, csv.Error) as no:
        raise NoTable(f"{path} cannot be read as CSV in UTF-8: {no}") from None


def _read(place: str, row: Mapping[str, Any]) -> PastOpportunity | Bad:
    if row.get("") or any(not isinstance(value, str) for value in row.values()):
        return Bad(place, "", "the row has more fields than the header")
    made: dict[str, Any] = {}
    for name in COLUMNS:
        text = (row.get(name) or "").strip()
        try:
            made[FIELD.get(name, name)] = READERS.get(name, _text)(text, {**row, **made})
        except (ValueError, InvalidOperation) as no:
            return Bad(place, name, str(no) if type(no) is ValueError else f"not what a {name} is: {text[:40]!r}")
    if made["closed_on"] < made["opened_on"]:
        return Bad(place, "closed_on", "closed before it was opened")
    return PastOpportunity(**made)


def _text(text: str, _row: Row) -> str:
    if len(text) > LONGEST or "\x00" in text:
        raise ValueError("too long, or with a zero byte in it")
    return text


def _needed(text: str, row: Row) -> str:
    if not text:
        raise ValueError("must not be empty")
    return _text(text, row)


def _currency(text: str, _row: Row) -> str:
    return Money.parse("0", text.upper()).currency


def _amount(text: str, row: Row) -> int:
    minor = Money.parse(text, row["currency"]).minor
    if minor < 0:
        raise ValueError("must not be below zero")
    return minor


def _won(text: str, _row: Row) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise ValueError("must be yes or no")
    return word in YES


def _day(text: str, _row: Row) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"must be a day such as 2026-11-30, and is {text[:40]!r}") from None


def _whole(text: str, _row: Row) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise ValueError(f"must be a whole number, and is {text[:40]!r}")
    return int(text or 0)


def _percent(text: str, _row: Row) -> int:
    found = basis_points(text) if text else 0
    if found > 10_000:
        raise ValueError("must be at most 100")
    return found


def _lines(text: str, row: Row) -> tuple[PastLine, ...]:
    """CODE|quantity|unit price|discount percent|total, with semicolons between."""
    return tuple(_line(part.strip(), row["currency"]) for part in text.split(";") if part.strip())


def _line(text: str, currency: str) -> PastLine:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 5 or not parts[0]:
        raise ValueError(f"a line is CODE|quantity|unit price|discount|total, and not {text[:60]!r}")
    code, quantity, price, discount, total = parts
    if not Decimal(quantity).is_finite():
        raise ValueError(f"no quantity: {quantity[:40]!r}")
    amounts = (Money.parse(price, currency).minor, basis_points(discount or "0"), Money.parse(total, currency).minor)
    return PastLine(product=code, quantity=quantity, unit_price=amounts[0], discount=amounts[1], total=amounts[2])


def _roles(text: str, _row: Row) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _stages(text: str, row: Row) -> tuple[PastStage, ...]:
    """Stage|day, with semicolons between."""
    made = []
    for part in (p for p in text.split(";") if p.strip()):
        stage, mark, day = part.strip().rpartition("|")
        if not mark or not stage:
            raise ValueError(f"a stage is NAME|day, and not {part.strip()[:60]!r}")
        made.append(PastStage(stage=stage, on=_day(day, row)))
    return tuple(made)


def _one_of(*words: str) -> Callable[[str, Row], str]:
    def read(text: str, _row: Row) -> str:
        word = text.casefold().replace(" ", "_")
        if word not in ("", *words):
            raise ValueError(f"must be one of {', '.join(words)}, and is {text[:40]!r}")
        return word

    return read


FIELD = {"amount": "total"}
READERS: dict[str, Callable[[str, Row], Any]] = {
    "id": _needed,
    "customer": _needed,
    "currency": _currency,
    "amount": _amount,
    "won": _won,
    "opened_on": _day,
    "closed_on": _day,
    "discount": _percent,
    "payment_days": _whole,
    "term_months": _whole,
    "lines": _lines,
    "roles": _roles,
    "stages": _stages,
    "became": _one_of("kept", "churned", "paid_late"),
    "way": _one_of("as_asked", "countered"),
}
