"""The contract's planned invoices as the books get them: numbered, taxed, exact."""

from fractions import Fraction

from bot.figures.tax import Treatment, treatment
from bot.playbook.schema import Playbook
from bot.streams.deal.books import Invoice, InvoiceLine, TaxLine
from bot.streams.deal.contract import Contract
from bot.streams.deal.quote import PlannedInvoice
from bot.streams.money import Money, total

WHOLE = 10_000


def invoices(contract: Contract, playbook: Playbook) -> tuple[Invoice, ...]:
    return tuple(_invoice(contract, planned, playbook) for planned in contract.quote.invoices)


def _invoice(contract: Contract, planned: PlannedInvoice, playbook: Playbook) -> Invoice:
    customer, currency = contract.customer, contract.quote.currency
    names = {line.code: f"{line.name} {line.plan}" for line in contract.quote.lines}
    taxed: dict[Treatment, Money] = {}
    for code, amount in planned.lines:
        product = playbook.product_of(code)
        category = product.tax_category if product else "standard"
        found = treatment(customer.country, customer.vat_id, planned.invoice_on, category, playbook)
        taxed[found] = taxed.get(found, Money.zero(currency)) + amount
    taxes = tuple(_tax(found, base) for found, base in taxed.items())
    tax = total((line.tax for line in taxes), currency)
    return Invoice(
        number=f"{playbook.billing.invoice_prefix}-{contract.number}-{planned.number}",
        invoice_on=planned.invoice_on,
        due_on=planned.due_on,
        period_from=planned.period_from,
        period_to=planned.period_to,
        lines=tuple(InvoiceLine(code=code, text=names[code], net=amount) for code, amount in planned.lines),
        taxes=taxes,
        net=planned.amount,
        tax=tax,
        gross=planned.amount + tax,
        legal_note=" ".join(dict.fromkeys(found.legal_note for found in taxed if found.legal_note)),
    )


def _tax(found: Treatment, base: Money) -> TaxLine:
    return TaxLine(rate=found.rate, base=base, tax=base.times(Fraction(found.rate, WHOLE)), note=found.note)
