"""Journals: each invoice as it is sent, each month as it is earned; every one balances."""

from collections import defaultdict
from collections.abc import Iterator

from bot.figures.schedule import last_day
from bot.playbook.finance import Accounts
from bot.playbook.schema import Playbook
from bot.streams.deal.books import Invoice, Journal, Posting, Recognised
from bot.streams.deal.contract import Contract
from bot.streams.money import Money, total


def journals(
    contract: Contract, invoices: tuple[Invoice, ...], schedule: tuple[Recognised, ...], playbook: Playbook
) -> tuple[Journal, ...]:
    billed = tuple(_billing(invoice, playbook.accounts) for invoice in invoices)
    return (*billed, *_earning(contract, invoices, schedule, playbook))


def _billing(invoice: Invoice, accounts: Accounts) -> Journal:
    nothing = Money.zero(invoice.net.currency)
    postings = [
        _debit(accounts.receivable, invoice.gross, invoice.number),
        Posting(account=accounts.deferred_revenue, debit=nothing, credit=invoice.net, text=invoice.number),
    ]
    if invoice.tax.minor:
        postings.append(Posting(account=accounts.tax_payable, debit=nothing, credit=invoice.tax, text=invoice.number))
    return Journal(number=f"J-{invoice.number}", on=invoice.invoice_on, postings=tuple(postings))


def _earning(
    contract: Contract, invoices: tuple[Invoice, ...], schedule: tuple[Recognised, ...], playbook: Playbook
) -> Iterator[Journal]:
    """What is earned comes out of what was billed before; what is earned ahead of the bill is a contract asset."""
    currency = contract.quote.currency
    accounts, once = playbook.accounts, {line.code for line in contract.quote.lines if line.one_off}
    months: defaultdict[str, list[Recognised]] = defaultdict(list)
    for part in schedule:
        months[part.month].append(part)
    earned = Money.zero(currency)
    for month in sorted(months):
        parts = months[month]
        billed = total((i.net for i in invoices if i.invoice_on <= last_day(month)), currency)
        before, earned = earned, earned + total((p.amount for p in parts), currency)
        ahead = _above(earned, billed) - _above(before, billed)
        postings = list(_sides(earned - before, ahead, accounts, month))
        postings += [_revenue(part, accounts, once) for part in parts if part.amount.minor]
        number = f"J-{contract.number}-{month}"
        yield Journal(number=number, on=last_day(month), postings=tuple(postings))


def _sides(amount: Money, ahead: Money, accounts: Accounts, month: str) -> Iterator[Posting]:
    if ahead.minor > 0:
        yield _debit(accounts.contract_asset, ahead, f"Earned before it is billed, {month}")
    if ahead.minor < 0:
        billed = Money(minor=-ahead.minor, currency=ahead.currency)
        nothing = Money.zero(ahead.currency)
        yield Posting(account=accounts.contract_asset, debit=nothing, credit=billed, text=f"Billed since, {month}")
    if (amount - ahead).minor:
        yield _debit(accounts.deferred_revenue, amount - ahead, f"Earned in {month}")


def _revenue(part: Recognised, accounts: Accounts, once: set[str]) -> Posting:
    account = accounts.revenue_one_off if part.code in once else accounts.revenue_recurring
    nothing = Money.zero(part.amount.currency)
    return Posting(account=account, debit=nothing, credit=part.amount, text=f"{part.code} {part.month}")


def _debit(account: str, amount: Money, text: str) -> Posting:
    return Posting(account=account, debit=amount, credit=Money.zero(amount.currency), text=text)


def _above(earned: Money, billed: Money) -> Money:
    return Money(minor=max(earned.minor - billed.minor, 0), currency=earned.currency)
