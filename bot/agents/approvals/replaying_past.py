"""An imported deal of the past under another policy, where what is known of it suffices for the rules that differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.figures.conditions import holds
from bot.playbook.approving import ApprovalRule
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.decision import PastDeal
from bot.streams.money import Money

REP = "rep"  # by whose own limits an imported deal is judged: who sold it is not told


@dataclass(frozen=True, slots=True)
class Changed:
    """A rule as it is and as it would be; None where there is none."""

    before: ApprovalRule | None
    after: ApprovalRule | None

    @property
    def rules(self) -> tuple[ApprovalRule, ...]:
        return tuple(rule for rule in (self.before, self.after) if rule is not None)


@dataclass(frozen=True, slots=True)
class PastReplayed:
    """Each rule with its role. `unknown` are facts that are needed and were not told: with any it is not judged."""

    deal: str
    total: Money
    dropped: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def changed(old: Playbook, new: Playbook) -> tuple[Changed, ...]:
    """Only what asks counts: another title or time asks nobody else."""
    names = dict.fromkeys(rule.id for rule in (*old.approvals.rules, *new.approvals.rules))
    both = (Changed(old.approvals.rule(name), new.approvals.rule(name)) for name in names)
    return tuple(each for each in both if _asking(each.before) != _asking(each.after))


def replay_past(deal: PastDeal, rules: Iterable[Changed], old: Playbook, new: Playbook) -> PastReplayed:
    every = tuple(rules)
    before, after = facts_of(deal, old), facts_of(deal, new)
    needed = {condition.fact for each in every for rule in each.rules for condition in rule.when}
    unknown = tuple(sorted(fact.value for fact in needed if before.get(fact) is None))
    total = Money(minor=deal.total, currency=deal.currency)
    if unknown:
        return PastReplayed(deal.id, total, unknown=unknown)
    asked = [each.before for each in every if each.before and holds(each.before.when, before)]
    would = [each.after for each in every if each.after and holds(each.after.when, after)]
    one, other = ([(rule.id, rule.role) for rule in rules] for rules in (asked, would))
    return PastReplayed(
        deal.id, total, tuple(r for r in one if r not in other), tuple(r for r in other if r not in one)
    )


def facts_of(deal: PastDeal, book: Playbook) -> Mapping[FactName, Any]:
    """A term or an industry that nobody told is not known."""
    rep = book.roles.get(REP)
    total = Money(minor=deal.total, currency=deal.currency).decimal()
    return {
        FactName.DISCOUNT: deal.discount,
        FactName.DISCOUNT_WITHIN_OWN: deal.discount <= rep.discount_up_to if rep else None,
        FactName.PAYMENT_DAYS: deal.payment_days or None,
        FactName.PAYMENT_WITHIN_OWN: deal.payment_days <= rep.payment_days_up_to if rep and deal.payment_days else None,
        FactName.TOTAL: total if deal.total else None,
        FactName.CURRENCY: deal.currency,
        FactName.MONTHS: deal.months or None,
        FactName.INDUSTRY: deal.industry or None,
        FactName.COMPETITOR: deal.competitor or None,
    }


def _asking(rule: ApprovalRule | None) -> object:
    return (rule.when, rule.role, rule.quorum) if rule is not None else None
