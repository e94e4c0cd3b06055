"""Value added tax on services between businesses: Articles 44 and 196 of Council Directive 2006/112/EC."""

from datetime import date
from typing import Literal

from stdnum.eu import vat

from bot.playbook.countries import country_name
from bot.playbook.schema import Playbook
from bot.playbook.wording import fill
from bot.streams.money import percent
from bot.streams.value import Value

Way = Literal["domestic", "reverse_charge", "destination", "export"]
STANDARD = "standard"


class Treatment(Value):
    """`rate` in basis points; `note` stands beside the tax line, `legal_note` at the invoice's foot."""

    kind: Way
    rate: int
    country: str
    note: str
    legal_note: str


class NoRate(ValueError):
    """The playbook has no rate for this country, category and day."""


def treatment(country: str, vat_id: str, on: date, category: str, playbook: Playbook) -> Treatment:
    """Raises NoRate."""
    tax = playbook.tax
    kind = _way(country, vat_id, playbook)
    taxed = kind in ("domestic", "destination")
    rate = _rate(country, category, on, playbook) if taxed else 0
    words = {
        "rate": percent(rate),
        "country": country_name(country),
        "seller_vat_id": playbook.company.vat_id,
        "customer_vat_id": vat_id,
    }
    legal = {"reverse_charge": tax.notes.reverse_charge_legal, "export": tax.notes.export_legal}.get(kind, "")
    return Treatment(
        kind=kind,
        rate=rate,
        country=country,
        note=fill(getattr(tax.notes, kind), words),
        legal_note=fill(legal, words) if legal else "",
    )


def tax_note(country: str, vat_id: str, on: date, playbook: Playbook) -> str:
    """For the contract: how its invoices will be taxed."""
    return f"{treatment(country, vat_id, on, STANDARD, playbook).note}."


def unchecked(country: str, vat_id: str, playbook: Playbook) -> str:
    """For our own people: what of that nobody looked up; nothing where nothing hangs on it."""
    return playbook.tax.notes.not_asked if _way(country, vat_id, playbook) == "reverse_charge" else ""


def valid_vat(country: str, vat_id: str) -> bool:
    """Its form and check digit alone; whether it is registered, only VIES knows. Greece writes EL."""
    prefix = "EL" if country == "GR" else country
    return vat_id.upper().startswith(prefix) and bool(vat.is_valid(vat_id))


def _way(country: str, vat_id: str, playbook: Playbook) -> Way:
    if country == playbook.tax.seller_country:
        return "domestic"
    if country not in playbook.tax.union:
        return "export"
    return "reverse_charge" if valid_vat(country, vat_id) else "destination"


def _rate(country: str, category: str, on: date, playbook: Playbook) -> int:
    rows = [r for r in playbook.tax_rates if (r.country, r.category) == (country, category) and r.valid_from <= on]
    if not rows:
        raise NoRate(f"no {category} rate for {country} on {on}: add it to tax_rates.csv")
    return max(rows, key=lambda row: row.valid_from).rate
