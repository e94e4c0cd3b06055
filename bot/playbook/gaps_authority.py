"""Approval tiers must meet: no discount and no payment term may fall between two people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.playbook.approving import ApprovalRule
from bot.playbook.conditions import Condition, FactName
from bot.playbook.gaps_shape import Gap
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook


@dataclass(frozen=True, slots=True)
class _Ladder:
    """What is tiered, how a role's limit is named and written, and what a rule's condition holds."""

    kind: str
    fact: FactName
    limit: str
    shown: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Tier:
    """Above `low` up to `high`; no `high` is everything above."""

    index: int
    rule: ApprovalRule
    low: int
    high: int | None


LADDERS = (
    _Ladder("discount", FactName.DISCOUNT, "discount_up_to", lambda bp: f"{bp / 100:g}%"),
    _Ladder("payment", FactName.PAYMENT_DAYS, "payment_days_up_to", lambda days: f"net {days}"),
)


def authority_gaps(playbook: Playbook) -> Iterator[Gap]:
    yield from _deciders(playbook)
    for ladder in LADDERS:
        tiers = _tiers(playbook, ladder)
        yield from _steps(playbook, ladder, tiers)
        for tier in tiers:
            yield from _reach(playbook, ladder, tier)
    yield from _floor(playbook)
    yield from _signing(playbook)


def _deciders(playbook: Playbook) -> Iterator[Gap]:
    deciders = sorted(n for n, r in playbook.roles.items() if Permission.DECIDE_APPROVAL in r.may)
    for index, rule in enumerate(playbook.approvals.rules):
        path = ("approvals", "rules", index, "role")
        if rule.role not in playbook.roles:
            yield Gap(path, f"approvals.rules {rule.id}: role {rule.role} is not in roles", _use(deciders))
        elif rule.role not in deciders:
            message = f"approvals.rules {rule.id}: roles.{rule.role}.may lacks approval.decide"
            yield Gap(path, message, f"add approval.decide to roles.{rule.role}.may, or {_use(deciders)}")


def _use(names: list[str]) -> str:
    return f"use one of {', '.join(names)}"


def _tiers(playbook: Playbook, ladder: _Ladder) -> list[_Tier]:
    tiers = []
    for index, rule in enumerate(playbook.approvals.rules):
        if rule.kind == ladder.kind:
            low, high = _bound(rule, ladder, "above"), _bound(rule, ladder, "at_most")
            tiers.append(_Tier(index, rule, low or 0, high))
    return sorted(tiers, key=lambda tier: tier.low)


def _bound(rule: ApprovalRule, ladder: _Ladder, compare: str) -> int | None:
    return next((_number(c) for c in rule.when if (c.fact, c.compare) == (ladder.fact, compare)), None)


def _number(condition: Condition) -> int | None:
    return condition.percent if condition.percent is not None else condition.count


def _steps(playbook: Playbook, ladder: _Ladder, tiers: list[_Tier]) -> Iterator[Gap]:
    """From what the least rep may give alone, each tier begins where the one below ends."""
    askers = [r for r in playbook.roles.values() if Permission.REPRICE_DEAL in r.may]
    reached: int | None = min((getattr(role, ladder.limit) for role in askers), default=0)
    below = f"the lowest {ladder.limit} in roles"
    for tier in tiers:
        path = ("approvals", "rules", tier.index, "when")
        if reached is None or tier.low < reached:
            message = f"approvals.rules {tier.rule.id} begins below where {below} ends: two would decide"
            yield Gap(path, message, "raise its lower bound, or give the other an upper bound")
        elif tier.low > reached:
            hole = f"above {ladder.shown(reached)} and up to {ladder.shown(tier.low)}"
            message = (
                f"approvals.rules: a {ladder.kind} {hole} has nobody to decide, between {below} and {tier.rule.id}"
            )
            yield Gap(path, message, f"lower the bound of {tier.rule.id} to {ladder.shown(reached)}")
        reached, below = tier.high, f"approvals.rules {tier.rule.id}"
    if tiers and reached is not None:
        message = f"approvals.rules: a {ladder.kind} above {ladder.shown(reached)} has nobody to decide"
        yield Gap(("approvals", "rules"), message, f"add a rule of kind {ladder.kind} above {ladder.shown(reached)}")


def _reach(playbook: Playbook, ladder: _Ladder, tier: _Tier) -> Iterator[Gap]:
    role = playbook.roles.get(tier.rule.role)
    needed = tier.low + 1 if tier.high is None else tier.high
    if role and getattr(role, ladder.limit) < needed:
        message = (
            f"approvals.rules {tier.rule.id} goes up to {ladder.shown(needed)}, but roles.{tier.rule.role}."
            f"{ladder.limit} is {ladder.shown(getattr(role, ladder.limit))}"
        )
        path = ("roles", tier.rule.role, ladder.limit)
        yield Gap(path, message, f"raise {ladder.limit} or lower the rule's bound")


def _floor(playbook: Playbook) -> Iterator[Gap]:
    floor = playbook.approvals.margin_floor
    for index, rule in enumerate(playbook.approvals.rules):
        for condition in rule.when:
            if condition.fact == FactName.MARGIN and condition.percent != floor:
                message = f"approvals.rules {rule.id} and approvals.margin_floor give different floors"
                yield Gap(("approvals", "rules", index, "when"), message, f"write {floor / 100:g}% in both")


def _signing(playbook: Playbook) -> Iterator[Gap]:
    for currency in sorted({price.currency for price in playbook.prices}):
        if not any(role.sign_up_to.get(currency) for role in playbook.roles.values()):
            message = f"roles: nobody has sign_up_to in {currency}, but prices are in it"
            yield Gap(("roles",), message, f"add {currency} to a role's sign_up_to")
