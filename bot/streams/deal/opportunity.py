"""The opportunity as it was read, in our types; every text in it is the outside's own words."""

from datetime import date

from bot.streams.deal.quote import AskedLine
from bot.streams.money import Currency, Money
from bot.streams.value import Value


class Contact(Value):
    id: str
    name: str
    email: str
    title: str
    role: str
    primary: bool


class Account(Value):
    id: str
    name: str
    industry: str
    country: str
    street: str
    city: str
    postal_code: str
    vat_id: str
    employees: int
    credit_rating: str
    credit_limit: Money | None
    credit_checked_on: date | None


class Opportunity(Value):
    id: str
    name: str
    stage: str
    amount: Money
    currency: Currency
    close_on: date
    owner_email: str
    months: int
    starts_on: date
    payment_days: int
    competitor: str
    deal_channel: str
    shared_channel: str
    modified_at: str
    modified_by: str
    account: Account
    lines: tuple[AskedLine, ...]
    contacts: tuple[Contact, ...]

    @property
    def signers(self) -> tuple[Contact, ...]:
        """Primary first, then as they stand."""
        signers = [c for c in self.contacts if c.role == "Signer"]
        return tuple(sorted(signers, key=lambda c: not c.primary))

    def contact_named(self, name: str) -> Contact | None:
        wanted = name.casefold().strip()
        return next((c for c in self.contacts if c.name.casefold().strip() == wanted), None)
