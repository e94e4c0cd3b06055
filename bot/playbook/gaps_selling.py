"""Products, prices, strategies and documents must fit together."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise

from bot.playbook.conditions import Condition, FactName
from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook


def selling_gaps(playbook: Playbook) -> Iterator[Gap]:
    return chain(
        _codes(playbook),
        _unpriced(playbook),
        _overlaps(playbook),
        _strategies(playbook),
        _conditions(playbook),
        _taxes(playbook),
    )


def _codes(playbook: Playbook) -> Iterator[Gap]:
    codes = [plan.code for product in playbook.products for plan in product.plans]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield Gap(("products",), f"products: plan code {code} stands twice", "give each plan its own code")
    for index, price in enumerate(playbook.prices):
        if price.code not in codes:
            message = f"prices: {price.code} is no plan of products"
            yield Gap(("prices", index), message, "correct the code, or add the plan to products")


def _unpriced(playbook: Playbook) -> Iterator[Gap]:
    ours = playbook.company.currency
    priced = {price.code for price in playbook.prices if price.currency == ours}
    for index, product in enumerate(playbook.products):
        for plan in product.plans:
            if plan.code not in priced:
                message = f"products: plan {plan.code} has no price in {ours}"
                yield Gap(("products", index, "plans"), message, f"add a row to prices for {plan.code},{ours}")


def _overlaps(playbook: Playbook) -> Iterator[Gap]:
    rows = sorted(enumerate(playbook.prices), key=lambda row: (row[1].code, row[1].currency, row[1].valid_from))
    for (_, one), (index, other) in pairwise(rows):
        same = (one.code, one.currency) == (other.code, other.currency)
        if same and (one.valid_until or date.max) >= other.valid_from:
            message = f"prices: two prices of {one.code} in {one.currency} hold on {other.valid_from}"
            yield Gap(("prices", index), message, "end the earlier row with valid_until on the day before")


def _strategies(playbook: Playbook) -> Iterator[Gap]:
    last = len(playbook.strategies) - 1
    for index, strategy in enumerate(playbook.strategies):
        if index < last and not strategy.when:
            message = f"strategies {strategy.id} has no when, so those below it are never reached"
            yield Gap(("strategies", index), message, "move it to the end, or give it a when")
        if index == last and strategy.when:
            message = f"strategies {strategy.id} is the last and has a when, so some deals have none"
            yield Gap(("strategies", index), message, "add a last strategy without when")


def _named_conditions(playbook: Playbook) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    for i, rule in enumerate(playbook.approvals.rules):
        yield from (((("approvals", "rules", i, "when", j), c)) for j, c in enumerate(rule.when))
    for i, risk in enumerate(playbook.approvals.high_risk):
        yield from (((("approvals", "high_risk", i, "when", j), c)) for j, c in enumerate(risk.when))
    for i, lane in enumerate(playbook.approvals.auto):
        yield from (((("approvals", "auto", i, "when", j), c)) for j, c in enumerate(lane.when))
    for i, document in enumerate(playbook.documents.rules):
        yield from (((("documents", "rules", i, "when", j), c)) for j, c in enumerate(document.when))
    for i, row in enumerate(playbook.regulation):
        yield from (((("regulation", i, "when", j), c)) for j, c in enumerate(row.when))
    for i, strategy in enumerate(playbook.strategies):
        yield from (((("strategies", i, "when", j), c)) for j, c in enumerate(strategy.when))


def _conditions(playbook: Playbook) -> Iterator[Gap]:
    currencies = {price.currency for price in playbook.prices}
    codes = {product.code for product in playbook.products}
    known = {
        FactName.REGIONS: set(playbook.documents.regions),
        FactName.PRODUCTS: codes,
        FactName.SECTORS: set(playbook.documents.sectors),
        FactName.CLAUSE_GRANTS: set(playbook.roles),
        FactName.ASKED: {rule.template for rule in playbook.documents.rules},
    }
    for path, condition in _named_conditions(playbook):
        lacking = currencies - set(condition.amounts) if condition.amounts is not None else set()
        if lacking:
            message = f"amounts of {condition.fact} lack {', '.join(sorted(lacking))}, but prices are in it"
            yield Gap(path, message, f"add {', '.join(sorted(lacking))} to amounts")
        strange = (condition.texts or frozenset()) - known.get(condition.fact, condition.texts or frozenset())
        for name in sorted(strange):
            choices = ", ".join(sorted(known[condition.fact]))
            yield Gap(path, f"{condition.fact} {name} is not known", f"use one of {choices}")


def _taxes(playbook: Playbook) -> Iterator[Gap]:
    rated = {(rate.country, rate.category) for rate in playbook.tax_rates}
    categories = {product.tax_category for product in playbook.products}
    for country in sorted(playbook.tax.union):
        for category in sorted(categories):
            if (country, category) not in rated:
                message = f"tax_rates: {country} has no rate of {category}, but tax.union has {country}"
                yield Gap(("tax_rates",), message, f"add a row {country},{category},…, or drop it from tax.union")
