"""What a template may name, and how amounts, dates and terms are written in a document."""

from collections.abc import Iterator
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from dateutil.relativedelta import relativedelta

from bot.documents.lettering import clean
from bot.playbook.countries import country_name
from bot.streams.deal.contract import Contract, DocumentUse, Party
from bot.streams.deal.quote import PricedLine
from bot.streams.money import Money, digits, percent, total

_ENGLISH = Locale("en", "GB")
NONE = "none"


def day(on: date) -> str:
    return str(format_date(on, "d MMMM y", locale=_ENGLISH))


def short_day(on: date) -> str:
    return str(format_date(on, "d MMM y", locale=_ENGLISH)).replace("Sept", "Sep")


def figure(amount: Money) -> str:
    """Without the currency, which stands in the column's head; a minus is never a bracket."""
    return f"{amount.decimal():,.{digits(amount.currency)}f}".replace("-", "−")


def share(discount: int) -> str:
    return percent(discount) if discount else NONE


def counted(line: PricedLine) -> str:
    return f"{line.quantity:,} {line.unit if line.quantity == 1 else _many(line.unit)}"


def product(line: PricedLine) -> str:
    return f"{line.name}, {line.plan}" if line.plan else line.name


def address(party: Party) -> str:
    return ", ".join(part for part in (party.street, party.city, country_name(party.country)) if part.strip())


def contact(party: Party) -> str:
    return ", ".join(part for part in (party.contact_name, party.contact_title) if part.strip())


def ends_on(contract: Contract) -> date:
    return contract.quote.starts_on + relativedelta(months=contract.quote.months) - timedelta(days=1)


def term(contract: Contract) -> str:
    months = contract.quote.months
    return f"{months} {'month' if months == 1 else 'months'} from {day(contract.quote.starts_on)}"


def payment(contract: Contract) -> str:
    days = contract.quote.payment_days
    return f"{days} {'day' if days == 1 else 'days'} from the invoice date"


def law(contract: Contract) -> str:
    return f"the laws of {contract.governing_law}"


def recurring(contract: Contract) -> Money:
    return total((line.total for line in contract.quote.lines if not line.one_off), contract.quote.currency)


def one_off(contract: Contract) -> Money:
    return total((line.total for line in contract.quote.lines if line.one_off), contract.quote.currency)


def values(contract: Contract, use: DocumentUse) -> dict[str, str]:
    """By name; what the contract leaves empty has no name, so a template that needs it cannot be filled."""
    return {name: text for name, value in _named(contract, use) if (text := clean(str(value)))}


def _named(contract: Contract, use: DocumentUse) -> Iterator[tuple[str, object]]:
    yield from _of_document(contract, use)
    yield from _of_terms(contract)
    yield from _of_party("customer", contract.customer)
    yield from _of_party("supplier", contract.supplier)
    for other in contract.documents:
        yield other.template.replace("-", "_"), other.number


def _of_document(contract: Contract, use: DocumentUse) -> Iterator[tuple[str, object]]:
    yield "title", use.title
    yield "document_number", use.number
    yield "contract_number", contract.number
    yield "version", contract.version
    yield "offered_on", day(contract.offered_on)
    yield "valid_until", day(contract.quote.valid_until)


def _of_terms(contract: Contract) -> Iterator[tuple[str, object]]:
    quote = contract.quote
    yield "term", term(contract)
    yield "months", quote.months
    yield "starts_on", day(quote.starts_on)
    yield "ends_on", day(ends_on(contract))
    yield "payment", payment(contract)
    yield "payment_days", quote.payment_days
    yield "currency", quote.currency
    yield "total", quote.total
    yield "list_total", quote.list_total
    yield "governing_law", contract.governing_law
    yield "law", law(contract)
    yield "tax_note", contract.tax_note
    yield "renewal_note", contract.renewal_note
    yield from _of_data(contract)


def _of_data(contract: Contract) -> Iterator[tuple[str, object]]:
    """What a template asks for with `is defined` has a value only when it is so."""
    yield "data_place", contract.data_place
    yield "privacy_contact", contract.privacy_contact
    yield "hosted_in_us", "yes" if contract.hosting == "us" else ""
    for clause in contract.clauses:
        yield f"clause_{clause.clause}", clause.text
    yield from _of_position(contract)
    yield "own_paper", "yes" if contract.own_paper else ""
    yield "customer_in_us", "yes" if contract.customer.country == "US" else ""


def _of_position(contract: Contract) -> Iterator[tuple[str, object]]:
    """As many as there are, numbered from 1."""
    for number, advantage in enumerate(contract.position.advantages, 1):
        yield f"advantage_{number}_title", advantage.title
        yield f"advantage_{number}", advantage.says
        yield f"advantage_{number}_source", f"{advantage.source}; seen on {day(advantage.seen_on)}"


def _of_party(side: str, party: Party) -> Iterator[tuple[str, object]]:
    yield side, party.legal_name
    yield f"{side}_address", address(party)
    yield f"{side}_country", country_name(party.country)
    yield f"{side}_vat_id", party.vat_id
    yield f"{side}_contact", party.contact_name
    yield f"{side}_contact_title", party.contact_title


def _many(unit: str) -> str:
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"
