"""Faults of the first two criteria: figures and products."""

from dataclasses import replace
from random import Random

from bot.figures.price import Ask, price
from bot.streams.deal.dossier import Dossier
from bot.streams.deal.quote import AskedLine
from bot.streams.money import Money
from tests.examples.quality.making import (
    FORM,
    QUOTE,
    cents,
    discounted,
    everywhere,
    fault,
    priced_by,
    quote_in_one,
    relined,
    shifted,
    some,
    swapped,
    with_lines,
)
from tests.examples.quality.packages import Draft, book, draft, with_quote


@fault
def line_cent(chance: Random) -> Draft:
    made = draft(chance)
    i = some(chance, made)
    return shifted(made, i, made.contract.quote.lines[i].total + cents(made.contract.quote.currency, 1))


@fault
def line_swapped(chance: Random) -> Draft:
    made = draft(chance)
    i = some(chance, made)
    total = made.contract.quote.lines[i].total
    try:
        return shifted(made, i, Money(minor=int(swapped(chance, str(total.minor))), currency=total.currency))
    except IndexError:  # all its digits are alike
        return line_swapped(chance)


@fault
def discount_twice(chance: Random) -> Draft:
    made, i = discounted(chance)
    line = made.contract.quote.lines[i]
    return shifted(made, i, line.total.less(line.discount))


@fault
def discount_left_out(chance: Random) -> Draft:
    made, i = discounted(chance)
    return shifted(made, i, made.contract.quote.lines[i].list_total)


@fault
def total_cent(chance: Random) -> Draft:
    made = draft(chance)
    quote = made.contract.quote
    return with_quote(made, total=quote.total - cents(quote.currency, 1))


@fault
def total_in_form(chance: Random) -> Draft:
    made = draft(chance)
    quote = made.contract.quote
    return quote_in_one(made, FORM, total=quote.total + cents(quote.currency, chance.choice((1, 90, -100))))


@fault
def total_in_quote(chance: Random) -> Draft:
    made = draft(chance)
    quote = made.contract.quote
    return quote_in_one(made, QUOTE, total=quote.total + cents(quote.currency, chance.choice((1, 900, -10))))


@fault
def line_in_form(chance: Random) -> Draft:
    made = draft(chance)
    quote, i = made.contract.quote, some(chance, made)
    line = quote.lines[i].model_copy(update={"total": quote.lines[i].total + cents(quote.currency, 9)})
    return quote_in_one(made, FORM, lines=(*quote.lines[:i], line, *quote.lines[i + 1 :]))


@fault
def invoice_cent(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.contract.quote.invoices
    one = cents(first.amount.currency, 1)
    (code, amount), *others = first.lines
    bill = first.model_copy(update={"amount": first.amount + one, "lines": ((code, amount + one), *others)})
    return with_quote(made, invoices=(bill, *rest))


@fault
def invoice_missing(chance: Random) -> Draft:
    made = draft(chance, months=chance.choice((24, 36, 60)))
    return with_quote(made, invoices=made.contract.quote.invoices[:-1])


@fault
def invoice_inner(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.contract.quote.invoices
    (code, amount), *others = first.lines
    inner = ((code, amount + cents(amount.currency, chance.choice((1, -1, 100)))), *others)
    return with_quote(made, invoices=(first.model_copy(update={"lines": inner}), *rest))


@fault
def invoice_in_form(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.contract.quote.invoices
    bill = first.model_copy(update={"amount": first.amount + cents(first.amount.currency, 1)})
    return quote_in_one(made, FORM, invoices=(bill, *rest))


@fault
def price_of_another_list(chance: Random) -> Draft:
    made = draft(chance)
    code = made.contract.quote.lines[0].code
    return priced_by(chance, made, chance.choice((95, 110, 80)), code)


@fault
def list_total(chance: Random) -> Draft:
    made = draft(chance)
    quote = made.contract.quote
    return with_quote(made, list_total=quote.list_total + cents(quote.currency, chance.choice((1, -1, 5000))))


@fault
def tax_way(chance: Random) -> Draft:
    made = draft(chance, land=chance.choice(("DE", "FR", "NL", "US", "GB")))
    notes = ("VAT 23% (IE)", "Reverse charge: the customer accounts for the VAT in PT", "VAT 19% (DE)")
    return everywhere(made, tax_note=f"{chance.choice(notes)}.")


@fault
def crm_amount(chance: Random) -> Draft:
    made = draft(chance)
    total = made.contract.quote.total
    return replace(made, record=made.record.model_copy(update={"amount": total + cents(total.currency, 1)}))


@fault
def unknown_product(chance: Random) -> Draft:
    made = draft(chance)
    code = chance.choice(("FLEET-PRO", "FLEETX", "ROUTE-AI"))
    quote = made.contract.quote
    lines = (quote.lines[0].model_copy(update={"code": code}), *quote.lines[1:])
    wrong = with_quote(made, lines=lines)
    asked = (made.record.lines[0].model_copy(update={"code": code}), *made.record.lines[1:])
    return replace(wrong, record=made.record.model_copy(update={"lines": asked}))


@fault
def below_minimum(chance: Random) -> Draft:
    code, few = chance.choice((("DRIVER", 4), ("COLDCHAIN", 9), ("COLDCHAIN-GDP", 3)))
    lines = (AskedLine(code="FLEET", quantity=40, discount=0), AskedLine(code=code, quantity=few, discount=0))
    made = draft(chance, lines=(lines[0],))
    lax = tuple(row.model_copy(update={"minimum": 1}) for row in book().prices)
    quote, contract = made.contract.quote, made.contract
    ask = Ask(1, quote.currency, lines, quote.months, quote.starts_on, quote.payment_days, None, contract.offered_on)
    new = price(ask, book().model_copy(update={"prices": lax}))
    wrong = replace(made, contract=contract.model_copy(update={"quote": new}))
    return replace(wrong, record=made.record.model_copy(update={"lines": lines, "amount": new.total}))


@fault
def two_plans(chance: Random) -> Draft:
    both = chance.choice(
        (("FLEET", "FLEET-PLUS"), ("FLEET", "ROUTE", "ROUTE-PLUS"), ("FLEET", "ONBOARD", "ONBOARD-XL"))
    )
    return draft(chance, lines=with_lines(chance, *both, ONBOARD=1))


@fault
def needs_missing(chance: Random) -> Draft:
    without = chance.choice((("ROUTE", "DRIVER"), ("COLDCHAIN", "ANALYTICS"), ("ROUTE", "ARCHIVE"), ("ROUTE", "TACHO")))
    return draft(chance, lines=with_lines(chance, *without), land=chance.choice(("DE", "FR", "IE", "GB", "US")))


@fault
def never_together(chance: Random) -> Draft:
    land = chance.choice(("DE", "FR", "IE", "GB", "US"))
    return draft(chance, lines=with_lines(chance, "FLEET-PLUS", "TACHO"), land=land)


@fault
def currency_mixed(chance: Random) -> Draft:
    """The documents cannot even be set so: only the data is wrong."""
    made = draft(chance)
    quote, i = made.contract.quote, some(chance, made)
    other = "USD" if quote.currency != "USD" else "EUR"
    line = quote.lines[i]
    amounts = {name: cents(other, getattr(line, name).minor) for name in ("unit_price", "list_total", "total")}
    lines = (*quote.lines[:i], line.model_copy(update=amounts), *quote.lines[i + 1 :])
    true = {kind: made.contract for kind in (FORM, QUOTE)}

    def mixed(dossier: Dossier) -> Dossier:
        contract = dossier.contract.model_copy(update={"quote": quote.model_copy(update={"lines": lines})})
        return dossier.model_copy(update={"contract": contract})

    return replace(made, instead=true, after=mixed)


@fault
def no_discount_allowed(chance: Random) -> Draft:
    made = draft(chance, lines=with_lines(chance, "FLEET", chance.choice(("ONBOARD", "PREMSUP")), ONBOARD=1, PREMSUP=1))
    off = chance.choice((500, 1000, 10_000))
    line = made.contract.quote.lines[1]
    return shifted(made, 1, line.list_total.less(off), discount=off)


@fault
def line_not_in_crm(chance: Random) -> Draft:
    made = draft(chance, lines=with_lines(chance, "FLEET", "ROUTE", "COLDCHAIN"))
    lines = made.record.lines
    return replace(made, record=made.record.model_copy(update={"lines": lines[: chance.choice((1, 2))]}))


@fault
def line_left_out(chance: Random) -> Draft:
    made = draft(chance, lines=with_lines(chance, "FLEET", "ROUTE"))
    more = AskedLine(code=chance.choice(("ONBOARD", "COLDCHAIN")), quantity=10, discount=0)
    return replace(made, record=made.record.model_copy(update={"lines": (*made.record.lines, more)}))


@fault
def quantity(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.record.lines
    other = first.model_copy(update={"quantity": first.quantity + chance.choice((1, 10, 100))})
    return replace(made, record=made.record.model_copy(update={"lines": (other, *rest)}))


@fault
def months_of_line(chance: Random) -> Draft:
    made = draft(chance, lines=with_lines(chance, "FLEET", "ROUTE"), months=24)
    line = made.contract.quote.lines[1]
    changes = relined(line, chance.choice((12, 23, 25)))
    listed = changes["list_total"]
    assert isinstance(listed, Money)
    wrong = shifted(made, 1, listed, **changes)
    return with_quote(wrong, list_total=made.contract.quote.list_total - line.list_total + listed)


@fault
def plan_name(chance: Random) -> Draft:
    made = draft(chance)
    first, *rest = made.contract.quote.lines
    other = "Standard" if first.plan == "Plus" else "Plus"
    return with_quote(made, lines=(first.model_copy(update={"plan": other}), *rest))
