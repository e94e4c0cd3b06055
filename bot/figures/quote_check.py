"""What a careful colleague says of a quote before anybody sends it: floors, margins, sizes, and whose yes it needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.figures.conditions import Facts, explain, holds
from bot.playbook.approving import ApprovalRule
from bot.playbook.schema import Playbook
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.money import Money, percent, total

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """For our own people: `expected` may name a floor or a margin."""

    field: str
    found: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True)
class Needed:
    """A yes that the policy asks for."""

    rule: str
    role: str
    line: str
    why: str


def below_floor(quote: Quote, playbook: Playbook) -> tuple[PricedLine, ...]:
    """Lines that keep less of the list price than their product's floor."""
    return tuple(line for line in quote.lines if WHOLE - line.discount < floor_of(line, playbook))


def floor_of(line: PricedLine, playbook: Playbook) -> int:
    product = playbook.product_of(line.code)
    return playbook.pricing.floor_of(product.code) if product and product.discountable else 0


def findings(quote: Quote, playbook: Playbook) -> tuple[Finding, ...]:
    return tuple(_found(quote, playbook))


def _found(quote: Quote, playbook: Playbook) -> Iterator[Finding]:
    for line in below_floor(quote, playbook):
        most = percent(WHOLE - floor_of(line, playbook))
        yield Finding(line.code, f"{percent(line.discount)} off", f"at most {most} off", f"lower it to {most}")
    if quote.margin < playbook.approvals.margin_floor:
        floor = percent(playbook.approvals.margin_floor)
        yield Finding("margin", f"{quote.margin / 100:.1f}%", f"at least {floor}", "give less off, or sell other lines")
    least = playbook.pricing.least_order.get(quote.currency)
    if quote.kind == "new" and least is not None and quote.total.decimal() < least:
        smallest = Money.parse(str(least), quote.currency)
        yield Finding("total", str(quote.total), f"at least {smallest}", "add to the order, or a longer term")
    added = total((line.total for line in quote.lines), quote.currency)
    billed = total((invoice.amount for invoice in quote.invoices), quote.currency)
    if not added == billed == quote.total:
        sums = f"{added} by lines, {billed} by invoices"
        yield Finding("total", str(quote.total), sums, "report it: a figure is wrong")


def needed(facts: Facts, playbook: Playbook) -> tuple[Needed, ...]:
    """Every rule that holds, in the policy's order."""
    fired = (rule for rule in playbook.approvals.rules if holds(rule.when, facts))
    return tuple(_needed(rule, facts) for rule in fired)


def _needed(rule: ApprovalRule, facts: Facts) -> Needed:
    return Needed(rule.id, rule.role, rule.line, explain(rule.when, facts))
