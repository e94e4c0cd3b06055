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
    salutation: str = ""


EUROPEAN = "& ab ag as aps a/s bv b.v. gmbh kg nv oy sa s.a. sarl se sl spa srl"
ENGLISH = "co co. corp corp. inc inc. limited llc llp ltd ltd. plc"
LEGAL_FORMS = frozenset(f"{EUROPEAN} {ENGLISH}".split())


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
    state: str = ""  # ISO 3166-2 without the country, such as CA
    public_body: bool = False
    master_agreement_on: date | None = None
    data_agreement_on: date | None = None
    strategic: bool = False
    legal_terms: str = ""  # what they asked for and got before, such as "Liability cap: first; Breach notice: first"

    @property
    def short_name(self) -> str:
        """Without its legal form, as people say it: Brightwater Freight."""
        words = self.name.split()
        while len(words) > 1 and words[-1].casefold().strip(",") in LEGAL_FORMS:
            words.pop()
        return " ".join(words).rstrip(",")


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
    hosting: str = ""  # as it was written; empty is our home
    own_paper: bool = False  # they insist on terms of their own
    documents_asked: str = ""  # titles, with semicolons between
    strategic: bool = False  # it matters beyond its amount, as somebody says in Salesforce

    @property
    def signers(self) -> tuple[Contact, ...]:
        """Primary first, then as they stand."""
        signers = [c for c in self.contacts if c.role == "Signer"]
        return tuple(sorted(signers, key=lambda c: not c.primary))

    def contact_named(self, name: str) -> Contact | None:
        wanted = name.casefold().strip()
        return next((c for c in self.contacts if c.name.casefold().strip() == wanted), None)
