"""What books check before they take a document. An amount is {"minor": whole number, "currency": "EUR"}."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]
CURRENCY = re.compile("[A-Z]{3}")


class DoesNotAddUp(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def check(book: str, document: Json) -> None:
    """Raises DoesNotAddUp."""
    if not document:
        raise DoesNotAddUp("document", "is empty")
    CHECKS.get(book, _anything)(document)


def _anything(document: Json) -> None:
    """Schedules and commissions are taken as they come."""


def _invoice(document: Json) -> None:
    currency = _currency(document, "gross")
    net = sum(_amounts(document, "lines", "net", currency))
    tax = _minor(document, "tax", currency)
    gross = _minor(document, "gross", currency)
    if net + tax != gross:
        raise DoesNotAddUp("gross", f"lines {net} and tax {tax} make {net + tax}, not {gross}")


def _journal(document: Json) -> None:
    postings = _rows(document, "postings")
    currency = _currency(postings[0], "debit", "postings.0.")
    debits = sum(_amounts(document, "postings", "debit", currency))
    credits = sum(_amounts(document, "postings", "credit", currency))
    if debits != credits:
        raise DoesNotAddUp("postings", f"debits {debits} are not credits {credits}")


CHECKS: dict[str, Callable[[Json], None]] = {"invoices": _invoice, "journals": _journal}


def _rows(document: Json, field: str) -> list[Any]:
    rows = document.get(field)
    if not isinstance(rows, list) or not rows:
        raise DoesNotAddUp(field, "must be a list that is not empty")
    return rows


def _amounts(document: Json, rows: str, field: str, currency: str) -> Iterable[int]:
    for number, row in enumerate(_rows(document, rows)):
        yield _minor(row, field, currency, f"{rows}.{number}.")


def _minor(holder: Any, field: str, currency: str, prefix: str = "") -> int:
    minor, told = _amount(holder, field, prefix)
    if told != currency:
        raise DoesNotAddUp(prefix + field, f"{told} is not {currency}")
    return minor


def _currency(holder: Any, field: str, prefix: str = "") -> str:
    return _amount(holder, field, prefix)[1]


def _amount(holder: Any, field: str, prefix: str) -> tuple[int, str]:
    match holder:
        case dict():
            value = holder.get(field)
        case _:
            value = None
    match value:
        case {"minor": int() as minor, "currency": str(currency)} if type(minor) is int and CURRENCY.fullmatch(
            currency
        ):
            return minor, currency
    raise DoesNotAddUp(prefix + field, 'must be an amount: {"minor": 12345, "currency": "EUR"}')
