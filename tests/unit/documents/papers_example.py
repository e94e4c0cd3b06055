"""The example company's opportunity and playbook, for papers."""

from datetime import date
from functools import cache

from bot.playbook import loader
from bot.playbook.schema import Playbook
from bot.streams.deal.opportunity import Account, Contact, Opportunity
from tests.unit.documents.example import CUSTOMER, PLAYBOOK, eur


def contact(no: int, name: str, title: str, role: str) -> Contact:
    return Contact(id=str(no), name=name, email=f"{no}@brightwater.example", title=title, role=role, primary=no == 1)


CONTACTS = (
    contact(1, "Clara Vogt", "Chief Operating Officer", "Signer"),
    contact(2, "Henrik Brandt", "Chief Financial Officer", "Signer"),
    contact(3, "Jana Sommer", "Head of IT", "Evaluator"),
    contact(4, "Paul Reuter", "Legal Counsel", ""),
    contact(5, "Ute Ahlers", "Dispatcher", ""),
)
OPPORTUNITY = Opportunity(
    id="006",
    name="Brightwater: fleet platform",
    stage="Negotiation",
    amount=eur("237984.80"),
    currency="EUR",
    close_on=date(2026, 12, 1),
    owner_email="maya.okafor@larkspur.example",
    months=24,
    starts_on=date(2026, 12, 1),
    payment_days=60,
    competitor="",
    deal_channel="",
    shared_channel="",
    modified_at="",
    modified_by="",
    account=Account(
        id="001",
        name=CUSTOMER.legal_name,
        industry="Logistics",
        country="DE",
        street=CUSTOMER.street,
        city="Hamburg",
        postal_code="20457",
        vat_id=CUSTOMER.vat_id,
        employees=640,
        credit_rating="A",
        credit_limit=None,
        credit_checked_on=None,
    ),
    lines=(),
    contacts=CONTACTS,
)


@cache
def playbook() -> Playbook:
    found = (path for path in PLAYBOOK.rglob("*") if path.is_file())
    return loader.load({str(path.relative_to(PLAYBOOK)): path.read_text() for path in found})
