"""The example deal's lines, priced by the playbook of this repository."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.figures.price import Ask, price
from bot.figures.tax import tax_note
from bot.playbook.loader import load
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract, Party
from bot.streams.deal.quote import AskedLine, Quote
from bot.wiring import texts

OFFERED = date(2026, 11, 17)
STARTS = date(2026, 12, 1)
LINES = (
    AskedLine(code="FLEET", quantity=240, discount=2200),
    AskedLine(code="ROUTE", quantity=60, discount=2200),
    AskedLine(code="ONBOARD", quantity=1, discount=0),
)


@cache
def playbook() -> Playbook:
    return load(texts(Path("playbook")))


def asked(discount: int | None = None, months: int = 24, lines: tuple[AskedLine, ...] = LINES) -> Quote:
    return price(Ask(1, "EUR", lines, months, STARTS, 60, discount, OFFERED), playbook())


def party(country: str, vat_id: str) -> Party:
    return Party(
        legal_name="Brightwater Freight GmbH",
        street="Speicherstraße 9",
        city="20457 Hamburg",
        country=country,
        vat_id=vat_id,
        contact_name="Clara Vogt",
        contact_title="Chief operating officer",
    )


def contract(quote: Quote, country: str = "DE", vat_id: str = "DE136695976") -> Contract:
    return Contract(
        number="2026-T3ST01",
        version=1,
        offered_on=OFFERED,
        customer=party(country, vat_id),
        supplier=party("IE", "IE6388047V"),
        quote=quote,
        governing_law="Germany",
        tax_note=tax_note(country, vat_id, OFFERED, playbook()),
        renewal_note="It renews.",
        documents=(),
        signers=(),
    )
