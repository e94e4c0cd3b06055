"""Tiers, bundles, promotions and floors speak of products that there are, and leave no quantity without a price."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain

from bot.playbook.gaps_shape import Gap
from bot.playbook.pricing import Tier
from bot.playbook.schema import Playbook


def pricing_gaps(playbook: Playbook) -> Iterator[Gap]:
    return chain(_tiers(playbook), _codes(playbook), _least(playbook))


def _tiers(playbook: Playbook) -> Iterator[Gap]:
    priced = {(price.code, price.currency) for price in playbook.prices}
    groups: dict[tuple[str, str, date], list[tuple[int, Tier]]] = defaultdict(list)
    for index, tier in enumerate(playbook.tiers):
        groups[tier.code, tier.currency, tier.valid_from].append((index, tier))
    for (code, currency, day), found in groups.items():
        where = ("tiers", found[0][0])
        if (code, currency) not in priced:
            yield Gap(where, f"tiers: {code} has no price in {currency}", "add its row to prices.csv")
        if len({tier.model for _, tier in found}) > 1:
            yield Gap(where, f"tiers: {code} in {currency} from {day} mixes models", "use one model for all its rows")
        ends = [tier.up_to for _, tier in found]
        if ends.count(None) != 1 or len(set(ends)) != len(ends):
            message = f"tiers: {code} in {currency} from {day} needs one tier without an end, and each end once"
            yield Gap(where, message, "leave up_to of the last tier empty")


def _codes(playbook: Playbook) -> Iterator[Gap]:
    plans = {plan.code for product in playbook.products for plan in product.plans}
    products = {product.code for product in playbook.products}
    for index, bundle in enumerate(playbook.pricing.bundles):
        strange = sorted({part.code for part in bundle.parts} - plans)
        if strange or bundle.code in plans:
            message = f"pricing.bundles {bundle.code}: {', '.join(strange) or bundle.code} does not fit the products"
            yield Gap(("pricing", "bundles", index), message, "name plans of products, and give it a code of its own")
    for index, promotion in enumerate(playbook.pricing.promotions):
        for code in sorted(promotion.products - products):
            message = f"pricing.promotions {promotion.id}: {code} is no product"
            yield Gap(("pricing", "promotions", index), message, f"use one of {', '.join(sorted(products))}")
    for code in sorted(set(playbook.pricing.floors.of_list) - products):
        message = f"pricing.floors.of_list: {code} is no product"
        yield Gap(("pricing", "floors", "of_list"), message, f"use one of {', '.join(sorted(products))}")


def _least(playbook: Playbook) -> Iterator[Gap]:
    for currency in sorted({price.currency for price in playbook.prices} - set(playbook.pricing.least_order)):
        message = f"pricing.least_order lacks {currency}, but prices are in it"
        yield Gap(("pricing", "least_order"), message, f"add {currency}")
