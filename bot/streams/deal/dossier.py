"""All that a package is judged by: its data, its documents as read, the record in Salesforce, what was promised."""

from datetime import date

from pydantic import Field

from bot.streams.deal.contract import Contract
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.quote import AskedLine
from bot.streams.money import Currency, Money
from bot.streams.value import Value


class Paper(Value):
    """A document as anybody reads it: the text of each page, the fonts, the colours of its letters as #RRGGBB, and
    for each picture its text alternative."""

    template: str
    title: str
    number: str
    pages: tuple[str, ...]
    fonts: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def page_of(self, words: str) -> int:
        """The first page that has them; 0 when none has."""
        return next((no for no, page in enumerate(self.pages, 1) if words in page), 0)


class Person(Value):
    name: str
    email: str
    title: str = ""
    phone: str = ""


class OnRecord(Value):
    """The opportunity and its account as Salesforce has them. `city` is without the postal code; `domain` is the
    account's, empty when not known."""

    name: str
    street: str
    city: str
    postal_code: str
    country: str
    vat_id: str
    currency: Currency
    amount: Money | None = None
    months: int
    starts_on: date
    lines: tuple[AskedLine, ...]
    people: tuple[Person, ...] = ()
    domain: str = ""
    state: str = ""
    public_body: bool = False
    own_paper: bool = False
    master_agreement_on: date | None = None  # the day on which an earlier one was signed
    data_agreement_on: date | None = None


class Promise(Value):
    """What was said to the customer, word for word, and where."""

    said: str
    where: str


class Dossier(Value):
    """What `countersign quality check` reads. `other_customers` are names that must not stand in the documents."""

    contract: Contract
    papers: tuple[Paper, ...] = Field(max_length=100)
    record: OnRecord | None = None
    promises: tuple[Promise, ...] = Field(default=(), max_length=1_000)
    other_customers: tuple[str, ...] = Field(default=(), max_length=10_000)


def on_record(opportunity: Opportunity) -> OnRecord:
    """Salesforce's side, as it was read last."""
    account = opportunity.account
    return OnRecord(
        name=account.name,
        street=account.street,
        city=account.city,
        postal_code=account.postal_code,
        country=account.country,
        vat_id=account.vat_id,
        currency=opportunity.currency,
        amount=opportunity.amount,
        months=opportunity.months,
        starts_on=opportunity.starts_on,
        lines=opportunity.lines,
        state=account.state,
        public_body=account.public_body,
        own_paper=opportunity.own_paper,
        master_agreement_on=account.master_agreement_on,
        data_agreement_on=account.data_agreement_on,
        people=tuple(Person(name=c.name, email=c.email, title=c.title) for c in opportunity.contacts),
    )


class House(Value):
    """How our documents look and sound: names of font families, colours as #RRGGBB, words that we do not use."""

    name: str
    fonts: tuple[str, ...]
    colours: tuple[str, ...]
    forbidden: tuple[str, ...]
