"""The cheapest change after which a rule of the policy asks nobody: nearest to what is asked, and allowed."""

from dataclasses import dataclass

from bot.playbook.approving import ApprovalRule
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.contract import ClauseUse
from bot.streams.deal.deal import Deal
from bot.streams.money import percent

BOUNDED = {"discount": FactName.DISCOUNT, "payment": FactName.PAYMENT_DAYS}


@dataclass(frozen=True, slots=True)
class Fix:
    """`says` is what the rep could offer instead; `discount` in basis points, where it is one of the price."""

    says: str
    discount: int | None = None
    payment_days: int | None = None


def fix_of(rule: ApprovalRule, clauses: tuple[ClauseUse, ...], book: Playbook) -> Fix | None:
    """None where the policy knows no way around this yes."""
    bound = _bound(rule)
    if bound is None:
        return _clauses(rule, clauses, book)
    if rule.kind == "discount":
        return Fix(f"{percent(bound)} off", discount=bound)
    return Fix(f"Net {bound}", payment_days=bound)


def _bound(rule: ApprovalRule) -> int | None:
    """The most that it does not ask about."""
    above = (c for c in rule.when if c.fact is BOUNDED.get(rule.kind) and c.compare == "above")
    return next((value for c in above if (value := c.percent if c.percent is not None else c.count) is not None), None)


def _clauses(rule: ApprovalRule, clauses: tuple[ClauseUse, ...], book: Playbook) -> Fix | None:
    """Each clause that the role is asked for, on the lowest rung that needs no yes of hers."""
    ladder = {clause.key: clause for clause in book.clauses}
    said = []
    for use in clauses:
        if use.granted_by != rule.role or use.clause not in ladder:
            continue
        keys = [rung.key for rung in ladder[use.clause].rungs]
        higher = reversed(ladder[use.clause].rungs[: keys.index(use.rung)])  # type: ignore[arg-type]
        said += [f"{use.title}: {rung.says}" for rung in higher if rung.granted_by != rule.role][:1]
    return Fix("; ".join(said)) if said else None


def offered(deal: Deal, approval: Approval, book: Playbook) -> str:
    """What an approver could offer instead of a bare no; empty when the policy knows nothing."""
    rule, made = book.approvals.rule(approval.rule), deal.package.current
    fix = fix_of(rule, made.contract.clauses, book) if rule and made else None
    return fix.says if fix else ""
