"""What the customer may want later: more units for more of their people, products that go with what they buy."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.playbook.schema import Playbook
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.money import Money

WHOLE, YEAR = 10_000, 12


@dataclass(frozen=True, slots=True)
class Potential:
    """`more` units of a plan; `now` is the unit price that is kept for the term, `renewed` the most it may be then.
    `a_year` is what all of them bring."""

    code: str
    name: str
    unit: str
    sold: int
    more: int
    now: Money
    renewed: Money
    a_year: Money
    why: str


def potential(opportunity: Opportunity, quote: Quote, playbook: Playbook) -> tuple[Potential, ...]:
    """The most worth first."""
    found = [*_more_of(opportunity, quote, playbook), *_others(quote, playbook)]
    return tuple(sorted(found, key=lambda each: (-each.a_year.minor, each.code)))


def path(found: Potential, months: int) -> str:
    """The price path in words, for the scenario and the rep."""
    kept = f"{found.now} each a month for these {months} months, at most {found.renewed} on renewal"
    return f"{found.name}, {found.more:,} more by {found.unit} ({found.why}): {kept}; {found.a_year} a year"


def _more_of(opportunity: Opportunity, quote: Quote, playbook: Playbook) -> Iterator[Potential]:
    people = opportunity.account.employees
    for code, share in playbook.offers.expansion.per_employee.items():
        sold = _sold(quote, code)
        may = people * share // WHOLE
        if sold and may > sold:
            why = f"{sold:,} today, {people:,} employees"
            yield from _made(quote, playbook, code, may - sold, why)


def _others(quote: Quote, playbook: Playbook) -> Iterator[Potential]:
    for rule in playbook.offers.expansion.goes_with:
        sold = _sold(quote, rule.of)
        if sold and not _sold(quote, rule.product):
            more = max(sold * rule.units // WHOLE, 1)
            yield from _made(quote, playbook, rule.product, more, "not bought yet")


def _made(quote: Quote, playbook: Playbook, code: str, more: int, why: str) -> Iterator[Potential]:
    day = quote.valid_until
    row, product = playbook.price_on(code, quote.currency, day), playbook.product_of(code)
    if row is None or product is None:
        return
    line = next((line for line in quote.lines if line.code == code), None)
    now = _kept(line) if line else Money.parse(str(row.price), quote.currency)
    risen = now.times(Fraction(WHOLE + playbook.pricing.renewal.rise_up_to, WHOLE))
    yield Potential(code, product.name, product.unit, _sold(quote, code), more, now, risen, now.times(more * YEAR), why)


def _kept(line: PricedLine) -> Money:
    """The deal's own unit price, rounded up: what is kept is never cheaper than what was sold."""
    exact = line.unit_price.minor * Fraction(WHOLE - line.discount, WHOLE)
    return Money(minor=-int(-exact // 1), currency=line.unit_price.currency)


def _sold(quote: Quote, code: str) -> int:
    return sum(line.quantity for line in quote.lines if line.code == code)
