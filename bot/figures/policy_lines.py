"""An approval policy line by line, and what was another line at an earlier time."""

from collections.abc import Sequence
from datetime import datetime

from bot.figures.conditions import SYMBOLS
from bot.figures.policy_digest import policy_digest
from bot.playbook.approving import ApprovalRule, Approvals
from bot.playbook.conditions import Condition, FactKind
from bot.streams.company.policies import PolicyLine, PolicyNoted, in_force
from bot.streams.money import percent


def noted(policy: Approvals, at: datetime) -> PolicyNoted:
    return PolicyNoted(digest=policy_digest(policy), lines=tuple(line_of(rule) for rule in policy.rules), at=at)


def line_of(rule: ApprovalRule) -> PolicyLine:
    parts = [_condition(each) for each in rule.when]
    many = f", {rule.quorum} of them" if rule.quorum > 1 else ""
    asks = f"{'; '.join(part for part in parts if part)}: {rule.role}{many}"
    return PolicyLine(rule=rule.id, kind=rule.kind, line=rule.line, asks=asks)


def then(rule: ApprovalRule, at: datetime, history: Sequence[PolicyNoted]) -> str:
    """What the line said that asks now, or another of its kind; empty when all were the same, or nobody knows."""
    earlier = in_force(history, at)
    if earlier is None or earlier is in_force(history, datetime.max.replace(tzinfo=at.tzinfo)):
        return ""
    now, was = line_of(rule), earlier.line(rule.id)
    if was is None:
        return f"no such line as {rule.cite}"
    if was == now:
        return ""
    return was.line if was.line != now.line else f"{rule.cite}: {was.asks}"


def changes(before: PolicyNoted, after: PolicyNoted) -> tuple[str, ...]:
    """From one to the next, in words."""
    old, new = ({each.rule: each for each in policy.lines} for policy in (before, after))
    gone = [f"gone: {line.line}" for name, line in old.items() if name not in new]
    more = [f"new: {line.line}" for name, line in new.items() if name not in old]
    both = [(old[name], new[name]) for name in old if name in new and old[name] != new[name]]
    return (*gone, *more, *(f"was: {one.line} ({one.asks}); is: {two.line} ({two.asks})" for one, two in both))


def _condition(of: Condition) -> str:
    given = getattr(of, of.field)
    name = of.fact.replace("_", " ")
    if of.kind is FactKind.YES_NO:
        return name if given else f"not {name}"
    return f"{name} {SYMBOLS[of.compare]} {_value(of, given)}".replace("  ", " ")


def _value(of: Condition, given: object) -> str:
    if of.kind is FactKind.PERCENT and isinstance(given, int):
        return percent(given)
    if isinstance(given, dict):
        return ", ".join(f"{currency} {amount}" for currency, amount in sorted(given.items()))
    return ", ".join(sorted(map(str, given))) if isinstance(given, frozenset | set | tuple) else str(given)
