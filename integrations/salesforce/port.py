"""What we need of a CRM."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict


class Dto(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CrmLine(Dto):
    """Amounts are decimal text in the opportunity's currency; `discount` is decimal percent text."""

    id: str
    product_code: str
    quantity: str
    unit_price: str
    discount: str
    total_price: str
    description: str = ""


class CrmContact(Dto):
    id: str
    name: str
    email: str
    title: str
    role: str
    primary: bool
    salutation: str = ""


class CrmAccount(Dto):
    id: str
    name: str
    industry: str
    country: str  # ISO 3166 alpha-2
    street: str
    city: str
    postal_code: str
    vat_id: str
    employees: int
    credit_rating: str
    credit_limit: str
    credit_checked_on: date | None
    state: str
    public_body: bool
    master_agreement_on: date | None
    data_agreement_on: date | None
    legal_terms: str
    strategic: bool = False


class CrmOpportunity(Dto):
    """As read at one moment; every text is the outside's own words."""

    id: str
    name: str
    stage: str
    amount: str
    currency: str
    close_on: date
    owner_id: str
    owner_email: str
    term_months: int
    starts_on: date
    payment_days: int
    competitor: str
    deal_channel: str
    shared_channel: str
    next_step: str
    modified_at: str  # SystemModstamp as sent
    modified_by: str
    contract_id: str
    account: CrmAccount
    lines: tuple[CrmLine, ...]
    contacts: tuple[CrmContact, ...]
    hosting: str
    own_paper: bool
    documents_asked: str
    strategic: bool = False


class CrmPastDeal(Dto):
    """A closed opportunity; `discount` is the highest of its lines, as decimal percent text."""

    id: str
    customer: str
    industry: str
    currency: str
    amount: str
    discount: str
    payment_days: int
    won: bool
    created_on: date
    closed_on: date
    term_months: int = 0
    competitor: str = ""
    positioning: str = ""


class CrmHistoryLine(Dto):
    """Numbers as plain decimal text."""

    product_code: str
    quantity: str
    unit_price: str
    discount: str
    total_price: str


class CrmHistory(CrmPastDeal):
    """`stages` are names and days (ISO 8601), in their order."""

    loss_reason: str
    lines: tuple[CrmHistoryLine, ...]
    roles: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]


class CrmUser(Dto):
    """A person who may log in; `manager` is the id of another, `role` the name of the role in the hierarchy."""

    id: str
    name: str
    email: str
    active: bool
    role: str = ""
    manager: str = ""


class CrmClose(Dto):
    """Everything that Closed Won writes, at once or not at all. `key` is the external id of what is made."""

    key: str
    opportunity_id: str
    account_id: str
    stage: str
    close_on: date
    lines: tuple[CrmLine, ...]
    contract_starts_on: date
    contract_months: int
    signed_on: date
    signer_contact_id: str
    signer_title: str
    contact_roles: tuple[tuple[str, str], ...]  # (contact id, role)
    payment_days: int
    tasks: tuple[tuple[str, str, date], ...]  # (key, subject, due on)


class CrmTask(Dto):
    """A task of an opportunity. `key` is its external id; whose address no user has, it stays with us."""

    key: str
    subject: str
    due_on: date
    owner_email: str
    done: bool


class CrmAfterwards(Dto):
    """What became of an opportunity: `ended_on` when its contract ended early, `days_late` of its latest payment."""

    closed: bool
    won: bool
    ended_on: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class CrmFile:
    """`key` is the external id of this version, `earlier` those of the versions before it, oldest first."""

    key: str
    earlier: tuple[str, ...]
    title: str
    file_name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class CrmClosed:
    contract_id: str
    amount: str
    task_ids: tuple[str, ...]


class Crm(Protocol):
    def read(self, opportunity_id: str) -> CrmOpportunity:
        """Raises Refused("NOT_FOUND") when there is none."""
        ...

    def afterwards(self, opportunity_id: str) -> CrmAfterwards:
        """Raises Refused("NOT_FOUND") when there is none."""
        ...

    def reprice(self, opportunity_id: str, lines: tuple[CrmLine, ...], payment_days: int, months: int = 0) -> None:
        """Writes discount per line item, and the payment term; with `months`, the term and the unit prices for it too.
        UPSERT: same values, same place."""
        ...

    def position(self, opportunity_id: str, topics: str) -> None:
        """Writes the topics that were put forward. UPSERT: same values, same place."""
        ...

    def close(self, wanted: CrmClose) -> CrmClosed:
        """One composite request, all or none: contract and tasks by external id, opportunity, lines, roles."""
        ...

    def track(self, opportunity_id: str, prefix: str, wanted: tuple[CrmTask, ...]) -> None:
        """Tasks whose keys begin with `prefix`, as wanted; what is there and not wanted any more is completed. One that
        somebody has completed by hand stays so. UPSERT: same values, same place."""
        ...

    def attach(self, key: str, opportunity_id: str, contract_id: str, title: str, file_name: str, body: bytes) -> str:
        """The ContentVersion id. Looks for `key` first (PROBE): one file however often it is asked."""
        ...

    def file(self, opportunity_id: str, wanted: tuple[CrmFile, ...]) -> tuple[str, ...]:
        """The ContentVersion ids, in order. One file of the opportunity a document, with each version in it; what is
        there by its key is left (PROBE)."""
        ...

    def own_user_id(self) -> str:
        """Of the user whom we write as: its changes are our own echo."""
        ...

    def search_opportunities(self, words: str) -> tuple[tuple[str, str, str], ...]:
        """(id, name, stage), at most 10, by name or account name."""
        ...

    def users(self) -> tuple[CrmUser, ...]:
        """Standard users, active or not, by id; at most 2,000."""
        ...

    def history(self, after: str = ...) -> tuple[CrmHistory | tuple[str, str], ...]:
        """A page of closed opportunities with ids behind `after`, in the order of their ids; empty at the end."""
        ...

    def closed_deals(self) -> tuple[CrmPastDeal, ...]:
        """Of the last three years, at most 500."""
        ...
