"""Customers' credit as a rating agency or the accounting hands it over: a table in CSV, read row by row."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.streams.deal.opportunity import Account
from bot.streams.money import Money

COLUMNS = ("account_id", "name", "rating", "limit", "currency", "rated_on")
LONGEST = 10  # letters of a rating


@dataclass(frozen=True, slots=True)
class Credit:
    """Of the account with that id, or that name where the row has no id. None or empty: nobody told."""

    account_id: str
    name: str
    rating: str
    limit: Money | None
    rated_on: date | None


@dataclass(frozen=True, slots=True)
class BadRow:
    """`line` of the file, from 1; `field` is empty when it is the whole row, or the whole file."""

    line: int
    field: str
    told: str
    account_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Credits:
    """Not `whole`: the file as such cannot be read, so nothing is known of anybody."""

    rows: tuple[Credit, ...]
    bad: tuple[BadRow, ...]
    whole: bool = True

    def of(self, account: Account) -> Credit | None:
        """None when the file does not speak of it. Of one whose row cannot be read nothing is known, whatever was known
        elsewhere."""
        if not self.whole:
            return Credit(account.id, account.name, "", None, None)
        every = [*((r.account_id, r.name, r) for r in self.rows), *((b.account_id, b.name, None) for b in self.bad)]
        matches = [found for id_, name, found in every if _same(id_, name, account)]
        if not matches:
            return None
        last = matches[-1]
        return last if None not in matches and last else Credit(account.id, account.name, "", None, None)


def read(text: str) -> Credits:
    """Without a column that is needed there are no rows, and one that is bad."""
    try:
        return _read(text)
    except csv.Error as no:
        return unreadable(str(no))


def _read(text: str) -> Credits:
    table = csv.DictReader(io.StringIO(text, newline=""), restval="")
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        return unreadable(f"missing; the columns are {', '.join(COLUMNS)}", ", ".join(missing))
    rows, bad = [], []
    for told in _rows(table):
        found = _row(table.line_num, told)
        if isinstance(found, Credit):
            rows.append(found)
        else:
            bad.append(found)
    return Credits(tuple(rows), tuple(bad))


def unreadable(told: str, field: str = "") -> Credits:
    return Credits((), (BadRow(1, field, told),), whole=False)


def with_credit(account: Account, credits: Credits, currency: str) -> Account:
    """A limit in another currency than the deal's says nothing about it."""
    found = credits.of(account)
    if found is None:
        return account
    limit = found.limit if found.limit is not None and found.limit.currency == currency else None
    told = {"credit_rating": found.rating, "credit_limit": limit, "credit_checked_on": found.rated_on}
    return account.model_copy(update=told)


def _rows(table: "csv.DictReader[str]") -> Iterator[Mapping[str, str]]:
    for row in table:
        yield {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}


def _row(line: int, told: Mapping[str, str]) -> Credit | BadRow:
    about = {"account_id": told["account_id"], "name": told["name"]}
    if not any(about.values()):
        return BadRow(line, "account_id", "neither account_id nor name says whose it is")
    made: dict[str, object] = {}
    for field, reader in READERS.items():
        try:
            made[field] = reader(told)
        except ValueError as no:
            return BadRow(line, field, str(no), **about)
    rating, limit, rated_on = made["rating"], made["limit"], made["rated_on"]
    assert isinstance(rating, str) and isinstance(limit, Money | None) and isinstance(rated_on, date | None)
    return Credit(**about, rating=rating, limit=limit, rated_on=rated_on)


def _rating(told: Mapping[str, str]) -> str:
    if len(told["rating"]) > LONGEST:
        raise ValueError(f"a rating has at most {LONGEST} letters, and not {told['rating'][:20]!r}")
    return told["rating"].upper()


def _currency(told: Mapping[str, str]) -> str:
    code = told["currency"]
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise ValueError(f"must be a currency such as EUR, and is {code[:20]!r}")
    if told["limit"] and not code:
        raise ValueError("a limit needs its currency")
    return code.upper()


def _limit(told: Mapping[str, str]) -> Money | None:
    if not told["limit"]:
        return None
    found = Money.parse(told["limit"], told["currency"].upper())
    if found.minor < 0:
        raise ValueError("must not be below zero")
    return found


def _rated_on(told: Mapping[str, str]) -> date | None:
    if not told["rated_on"]:
        return None
    try:
        return date.fromisoformat(told["rated_on"])
    except ValueError:
        raise ValueError(f"must be a day such as 2026-11-30, and is {told['rated_on'][:20]!r}") from None


def _same(account_id: str, name: str, account: Account) -> bool:
    """Salesforce writes an id with fifteen or with eighteen letters."""
    if account_id:
        return account_id[:15] == account.id[:15]
    return name.casefold() == account.name.casefold()


READERS: dict[str, Callable[[Mapping[str, str]], object]] = {
    "rating": _rating,
    "currency": _currency,
    "limit": _limit,
    "rated_on": _rated_on,
}
