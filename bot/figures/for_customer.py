"""A quote as a customer may read it: its type has no place for cost, margin or floor."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from bot.streams.deal.asking import InvoiceForCustomer, LineForCustomer, QuoteForCustomer
from bot.streams.deal.quote import PlannedInvoice, PricedLine, Quote


def for_customer(quote: Quote) -> QuoteForCustomer:
    days = max((line.days for line in quote.lines), default=0)
    end = quote.starts_on + relativedelta(months=quote.months) + timedelta(days=days - 1)
    return QuoteForCustomer(
        currency=quote.currency,
        kind=quote.kind,
        starts_on=quote.starts_on,
        ends_on=end,
        months=quote.months,
        payment_days=quote.payment_days,
        valid_until=quote.valid_until,
        lines=tuple(_line(line) for line in quote.lines),
        list_total=str(quote.list_total),
        total=str(quote.total),
        invoices=tuple(_invoice(invoice) for invoice in quote.invoices),
    )


def _line(line: PricedLine) -> LineForCustomer:
    return LineForCustomer(
        code=line.code,
        name=f"{line.name} {line.plan}",
        detail=line.detail,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=str(line.unit_price),
        discount=line.discount,
        total=str(line.total),
    )


def _invoice(invoice: PlannedInvoice) -> InvoiceForCustomer:
    told = invoice.model_dump(include={"invoice_on", "due_on", "period_from", "period_to"})
    return InvoiceForCustomer(**told, amount=str(invoice.amount))
