"""What is sold: it exists, it works together, and it is what the opportunity says."""

from collections import Counter
from collections.abc import Iterator

from bot.playbook.schema import Playbook
from bot.streams.deal.dossier import Dossier, OnRecord
from bot.streams.deal.finding import Finding
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.money import percent

IN_CRM = "correct the opportunity's products in Salesforce, then draft again"


def found(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """Catalogue, least quantity, dependencies, currency, term, and the opportunity's lines."""
    quote = dossier.contract.quote
    for line in quote.lines:
        yield from _known(line, dossier, playbook)
        yield from _charged(line, quote, playbook)
    yield from _together(quote, playbook)
    if dossier.record is not None:
        yield from _asked(dossier, dossier.record, playbook)


def _wrong(part: str, expected: str, said: str, fix: str = IN_CRM) -> Finding:
    return Finding(
        group="products",
        severity="blocks",
        document="Quote",
        part=part,
        expected=expected,
        found=said,
        fix=fix,
        redraft=fix == IN_CRM,
    )


def _known(line: PricedLine, dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    quote = dossier.contract.quote
    product, plan = playbook.product_of(line.code), playbook.plan_of(line.code)
    if product is None or plan is None:
        yield _wrong(line.code, "a product of the catalogue", f"no such product, called {line.name}")
        return
    if (line.name, line.plan) != (product.name, plan.name):
        yield _wrong(line.code, f"{product.name}, {plan.name}", f"{line.name}, {line.plan}")
    row = playbook.price_on(line.code, quote.currency, dossier.contract.offered_on)
    if row is None:
        yield _wrong(line.code, f"a price in {quote.currency} on {dossier.contract.offered_on}", "none")
    elif quote.kind == "new" and not _packed(line.code, dossier, playbook) and _units(quote, line.code) < row.minimum:
        yield _wrong(line.code, f"at least {row.minimum} {line.unit}", f"{_units(quote, line.code)}")
    if line.discount and not product.discountable:
        yield _wrong(line.code, f"no discount on {product.name}", percent(line.discount))


def _packed(code: str, dossier: Dossier, playbook: Playbook) -> bool:
    """Sold by packages, so that the quantity of a line counts these."""
    tiers = playbook.tiers_on(code, dossier.contract.quote.currency, dossier.contract.offered_on)
    return any(tier.model == "package" for tier in tiers)


def _units(quote: Quote, code: str) -> int:
    """A ramp or a tier makes several lines of one."""
    return sum(line.quantity for line in quote.lines if line.code == code)


def _charged(line: PricedLine, quote: Quote, playbook: Playbook) -> Iterator[Finding]:
    currencies = {line.unit_price.currency, line.list_total.currency, line.total.currency}
    if currencies != {quote.currency}:
        yield _wrong(f"{line.code}, currency", quote.currency, ", ".join(sorted(currencies)))
    if quote.kind == "new" and not _runs_on(line, quote, playbook):
        yield _wrong(f"{line.code}, months", f"1, or to the end of the term, {quote.months}", str(line.months))


def _runs_on(line: PricedLine, quote: Quote, playbook: Playbook) -> bool:
    """What recurs runs to the end of the term, or to where the next step of its ramp begins."""
    product = playbook.product_of(line.code)
    if product is None or product.sold == "one_off":
        return product is None or line.months == 1
    ends = line.from_month + line.months
    return ends == quote.months or any((o.code, o.from_month) == (line.code, ends) for o in quote.lines)


def _together(quote: Quote, playbook: Playbook) -> Iterator[Finding]:
    sold = {line.code for line in quote.lines}
    products = {code: product.code for code in sold if (product := playbook.product_of(code))}
    for name, many in sorted(Counter(products.values()).items()):
        if many > 1:
            plans = ", ".join(sorted(code for code, of in products.items() if of == name))
            yield _wrong(name, f"one plan of {name}", plans)
    if quote.kind != "new":
        return  # what it needs may stand in the contract that is changed
    for need in playbook.quality.needs:
        if need.code in products.values() and not set(need.one_of) & set(products.values()):
            yield _wrong(need.code, f"{' or '.join(need.one_of)} with it", "sold without")
    for codes in playbook.quality.never_together:
        if sold >= set(codes):
            yield _wrong(codes[0], f"never {' and '.join(codes)} together", "both are sold")


def _asked(dossier: Dossier, record: OnRecord, playbook: Playbook) -> Iterator[Finding]:
    """A ramp ends at another quantity than it begins with: the first months are compared."""
    quote = dossier.contract.quote
    if quote.kind != "new":
        return
    asked: Counter[str] = Counter()
    for ordered in record.lines:
        asked[ordered.code] += ordered.quantity
    sold: Counter[str] = Counter()
    for line in quote.lines:
        sold[line.code] += line.quantity if line.from_month == 0 else 0
    for code in sorted(asked.keys() | sold.keys()):
        packed = asked[code] and sold[code] and _packed(code, dossier, playbook)
        if asked[code] != sold[code] and not packed:
            yield _wrong(code, f"{asked[code]} as on the opportunity", f"{sold[code]} in the quote")
    if record.currency != quote.currency:
        yield _wrong("currency", f"{record.currency} as on the opportunity", quote.currency)
