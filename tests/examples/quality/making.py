"""One known fault each, put into a package that was right: a function for every kind of faults.jsonl."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bot.figures.price import Ask, price
from bot.figures.tax import tax_note
from bot.playbook.selling import Price
from bot.streams.deal.contract import Contract
from bot.streams.deal.dossier import Dossier, Paper, Promise
from bot.streams.deal.quote import AskedLine, PlannedInvoice, PricedLine
from bot.streams.money import Money, digits
from tests.examples.quality.packages import Draft, book, draft, with_quote

FORM, QUOTE, TERMS, PRIVACY = "order-form", "quote", "master-agreement", "data-processing-agreement"
SAFE = "FLEET"
Fault = Callable[[Random], Draft]
FAULTS: dict[str, Fault] = {}


def fault(make: Fault) -> Fault:
    FAULTS[make.__name__.replace("_", "-")] = make
    return make


def cents(currency: str, many: int) -> Money:
    return Money(minor=many, currency=currency)


def shifted(made: Draft, index: int, to: Money, **changes: object) -> Draft:
    """The line's total becomes another, and with it all that is summed up from it: only the line itself is wrong."""
    quote = made.contract.quote
    line = quote.lines[index]
    off = to - line.total
    new = line.model_copy(update={"total": to, **changes})
    first = quote.invoices[0]
    inner = tuple((code, amount + off) if code == line.code else (code, amount) for code, amount in first.lines)
    inner = _once(first, inner, line.code, off)
    bill = first.model_copy(update={"lines": inner, "amount": first.amount + off})
    lines = (*quote.lines[:index], new, *quote.lines[index + 1 :])
    moved = with_quote(
        made,
        lines=lines,
        total=quote.total + off,
        invoices=(bill, *quote.invoices[1:]),
        discount=max(each.discount for each in lines),
    )
    return replace(moved, record=made.record.model_copy(update={"amount": quote.total + off}))


def _once(
    bill: PlannedInvoice, inner: tuple[tuple[str, Money], ...], code: str, off: Money
) -> tuple[tuple[str, Money], ...]:
    """A code that stands twice is moved once."""
    at = [no for no, (each, _) in enumerate(bill.lines) if each == code]
    return tuple((c, bill.lines[no][1] + off if no == at[0] else bill.lines[no][1]) for no, (c, _) in enumerate(inner))


def some(chance: Random, made: Draft) -> int:
    """A line that costs something."""
    return chance.choice([no for no, line in enumerate(made.contract.quote.lines) if line.total.minor > 1000])


def discounted(chance: Random) -> tuple[Draft, int]:
    lines = (
        AskedLine(code="FLEET", quantity=chance.choice((31, 240, 777)), discount=chance.choice((500, 1250, 1800))),
    )
    made = draft(chance, lines=(*lines, AskedLine(code="ONBOARD", quantity=1, discount=0)))
    return made, 0


def in_one(made: Draft, kind: str, **changes: object) -> Draft:
    return replace(made, instead={kind: made.contract.model_copy(update=changes)})


def quote_in_one(made: Draft, kind: str, **changes: object) -> Draft:
    return in_one(made, kind, quote=made.contract.quote.model_copy(update=changes))


def sentence(made: Draft, words: str, kind: str = FORM) -> Draft:
    mark = {FORM: "## Agreement", QUOTE: "## How to accept"}[kind]
    return replace(made, edits={kind: (mark, f"{mark}\n\n{words}")})


def everywhere(made: Draft, **changes: object) -> Draft:
    return replace(made, contract=made.contract.model_copy(update=changes))


def customer_is(made: Draft, record: bool = False, **changes: object) -> Draft:
    """`record`: Salesforce has the same mistake."""
    wrong = everywhere(made, customer=made.contract.customer.model_copy(update=changes))
    fields = {"legal_name": "name", "vat_id": "vat_id", "country": "country"}
    told = {fields[name]: value for name, value in changes.items() if name in fields}
    return replace(wrong, record=made.record.model_copy(update=told)) if record else wrong


def swapped(chance: Random, text: str) -> str:
    """Two neighbouring digits that differ change places."""
    at = [i for i in range(len(text) - 1) if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]]
    i = chance.choice(at)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def typo(chance: Random, text: str) -> str:
    word = max(text.split(), key=len)
    i = chance.randrange(1, len(word) - 2)
    wrong = chance.choice((word[:i] + word[i + 1 :], word[:i] + word[i + 1] + word[i] + word[i + 2 :]))
    return text.replace(word, wrong if wrong != word else word[:i] + word[i] + word[i:], 1)


def signer_is(made: Draft, no: int = 0, **changes: object) -> Draft:
    signers = list(made.contract.signers)
    signers[no] = signers[no].model_copy(update=changes)
    wrong = everywhere(made, signers=tuple(signers))
    people = list(made.record.people)
    told = {name: value for name, value in changes.items() if name in ("email", "title")}
    people[no] = people[no].model_copy(update=told)
    return replace(wrong, record=made.record.model_copy(update={"people": tuple(people)}))


def with_lines(chance: Random, *codes: str, **quantities: int) -> tuple[AskedLine, ...]:
    return tuple(AskedLine(code=code, quantity=quantities.get(code, 12), discount=0) for code in codes)


def after(made: Draft, change: Callable[[Paper], Paper], kind: str) -> Draft:
    def changed(dossier: Dossier) -> Dossier:
        papers = tuple(change(paper) if paper.template == kind else paper for paper in dossier.papers)
        return dossier.model_copy(update={"papers": papers})

    return replace(made, after=changed)


def redated(made: Draft, by: int) -> date:
    return made.contract.quote.starts_on + timedelta(days=by)


def promised(chance: Random, words: str, packs: int) -> Draft:
    lines = with_lines(chance, "FLEET", *(("INTEGR",) if packs else ()), INTEGR=packs)
    return replace(draft(chance, lines=lines), promises=(Promise(said=words, where="what Maya Lindt promised"),))


def relined(line: PricedLine, months: int) -> dict[str, object]:
    listed = line.unit_price.times(line.quantity * months)
    return {"months": months, "list_total": listed}


def priced_by(chance: Random, made: Draft, factor: int, code: str) -> Draft:
    """By a list in which this one costs so many percent."""
    ours = book()
    other = tuple(
        row.model_copy(update={"price": _of(row, factor)}) if row.code == code else row for row in ours.prices
    )
    lines = tuple(made.record.lines)
    contract, quote = made.contract, made.contract.quote
    ask = Ask(
        quote.version,
        quote.currency,
        lines,
        quote.months,
        quote.starts_on,
        quote.payment_days,
        None,
        contract.offered_on,
    )
    new = price(ask, ours.model_copy(update={"prices": other}))
    wrong = replace(made, contract=contract.model_copy(update={"quote": new}))
    return replace(wrong, record=made.record.model_copy(update={"amount": new.total}))


def _of(row: Price, factor: int) -> Decimal:
    return (row.price * factor / 100).quantize(Decimal(1).scaleb(-digits(row.currency)))


def taxed(contract: Contract, country: str, vat: str) -> str:
    return tax_note(country, vat, contract.offered_on, book())


def other_land(chance: Random, land: str, among: tuple[str, ...]) -> str:
    return chance.choice([other for other in among if other != land])
