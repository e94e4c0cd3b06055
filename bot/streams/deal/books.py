"""Closed won, and what the books hold of it: invoices, schedule, tax, commission."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.effects import PutInBooks
from bot.streams.money import Money
from bot.streams.value import Value

Book = Literal["invoices", "schedules", "journals", "commissions"]


class InvoiceLine(Value):
    code: str
    text: str
    net: Money


class TaxLine(Value):
    rate: int  # basis points
    base: Money
    tax: Money
    note: str


class Invoice(Value):
    number: str
    invoice_on: date
    due_on: date
    period_from: date
    period_to: date
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxLine, ...]
    net: Money
    tax: Money
    gross: Money
    legal_note: str


class Recognised(Value):
    """Revenue of one obligation in one month."""

    code: str
    month: str  # 2026-12
    amount: Money


class Posting(Value):
    account: str
    debit: Money
    credit: Money
    text: str


class Journal(Value):
    number: str
    on: date
    postings: tuple[Posting, ...]


class Credit(Value):
    """One person's commission, with the plan's line that gives it."""

    person: str
    name: str
    role: str
    base: Money
    rate: int  # basis points
    amount: Money
    line: str


class RecordClosed(Command):
    contract_id: str
    amount: Money
    stage: str


class AlignCrm(Command):
    """Put the contract's amounts into the CRM and try again."""


class RecordAttached(Command):
    version_id: str


class BookFinance(Command):
    invoices: tuple[Invoice, ...]
    schedule: tuple[Recognised, ...]
    journals: tuple[Journal, ...]
    credits: tuple[Credit, ...]
    tax_note: str


class RecordBooked(Command):
    book: Book
    document: str
    book_id: str


class CrmClosed(Fact):
    kind: Literal["crm.closed"] = "crm.closed"
    contract_id: str
    amount: Money


class DealWon(Fact):
    """`executed_hash` is the evidence: quote, contract and CRM are equal to the cent."""

    kind: Literal["deal.won"] = "deal.won"
    at: datetime
    executed_hash: str
    total: Money


class WonHeld(Fact):
    """The totals differ: a person must align them first."""

    kind: Literal["won.held"] = "won.held"
    contract: Money
    crm: Money
    at: datetime


class CrmAligned(Fact):
    kind: Literal["crm.aligned"] = "crm.aligned"
    by: str


class CrmFileAttached(Fact):
    kind: Literal["crm.file_attached"] = "crm.file_attached"
    version_id: str


class FinancePlanned(Fact):
    kind: Literal["finance.planned"] = "finance.planned"
    invoices: tuple[Invoice, ...]
    schedule: tuple[Recognised, ...]
    journals: tuple[Journal, ...]
    credits: tuple[Credit, ...]
    tax_note: str


class Booked(Fact):
    kind: Literal["books.put"] = "books.put"
    book: Book
    document: str
    book_id: str


BooksFact = CrmClosed | DealWon | WonHeld | CrmAligned | CrmFileAttached | FinancePlanned | Booked


@dataclass(frozen=True, slots=True)
class Books:
    closed: CrmClosed | None = None
    won: DealWon | None = None
    held: WonHeld | None = None
    aligned: CrmAligned | None = None
    file: str = ""
    plan: FinancePlanned | None = None
    booked: tuple[Booked, ...] = ()


def entries(plan: FinancePlanned) -> tuple[PutInBooks, ...]:
    """Every document that the books are owed, each under its own name."""
    invoices = tuple(PutInBooks(book="invoices", document=i.number) for i in plan.invoices)
    journals = tuple(PutInBooks(book="journals", document=j.number) for j in plan.journals)
    credits = tuple(PutInBooks(book="commissions", document=c.person) for c in plan.credits)
    return (*invoices, PutInBooks(book="schedules", document="revenue"), *journals, *credits)


def apply(state: Books, fact: BooksFact) -> Books:
    match fact:
        case CrmClosed():
            return replace(state, closed=fact)
        case DealWon():
            return replace(state, won=fact, held=None)
        case WonHeld():
            return replace(state, held=fact)
        case CrmAligned():
            return replace(state, held=None, aligned=fact)
        case CrmFileAttached():
            return replace(state, file=fact.version_id)
        case FinancePlanned():
            return replace(state, plan=fact)
        case Booked():
            return replace(state, booked=(*state.booked, fact))
        case _:
            assert_never(fact)
