"""What is wrong with the approval policy as a whole: rules that wait in a circle, that never hold, that contradict."""

from collections.abc import Iterator, Mapping, Sequence

from bot.playbook.approving import ApprovalRule
from bot.playbook.conditions import LISTED, NUMERIC, Condition, FactKind
from bot.playbook.gaps_shape import Gap
from bot.playbook.schema import Playbook

Path = tuple[str | int, ...]
STEP = 1  # all numbers are compared as whole ones: basis points, days, cents
ENDLESS = 10**15


def policy_gaps(playbook: Playbook) -> Iterator[Gap]:
    rules = playbook.approvals.rules
    yield from _unknown(rules)
    yield from _loops(rules)
    yield from _unreachable(playbook)
    yield from _apart(rules)
    yield from _conflicts(rules)
    yield from _looks(rules)
    yield from _lanes(playbook)


def contradiction(conditions: Sequence[Condition]) -> str:
    """Why these can never hold together, however the deal is; empty when they can."""
    facts = dict.fromkeys(condition.fact for condition in conditions)
    found = (_impossible([c for c in conditions if c.fact is fact]) for fact in facts)
    return next((words for words in found if words), "")


def _impossible(same: list[Condition]) -> str:
    first = same[0]
    if all(condition.if_unknown for condition in same):
        return ""  # it holds where the fact is missing
    if first.kind in NUMERIC:
        return _empty_range(same)
    if first.kind is FactKind.YES_NO:
        wanted = {condition.yes != (condition.compare == "not_equal") for condition in same}
        return f"{first.fact} is both yes and no" if len(wanted) > 1 else ""
    return _no_text(same) if first.kind is FactKind.TEXT else ""


def _empty_range(same: list[Condition]) -> str:
    """In each currency; whole numbers leave room between `above` and `below`."""
    for currency in _currencies(same):
        low = max((_low(c, currency) for c in same), default=0)
        high = min((_high(c, currency) for c in same), default=low)
        if low > high:
            return f"no {same[0].fact} is both above and below" + (f" in {currency}" if currency else "")
    return ""


def _low(condition: Condition, currency: str) -> int:
    value = _value(condition, currency)
    return {"above": value + STEP, "at_least": value, "equal": value}.get(condition.compare, -ENDLESS)


def _high(condition: Condition, currency: str) -> int:
    value = _value(condition, currency)
    return {"below": value - STEP, "at_most": value, "equal": value}.get(condition.compare, ENDLESS)


def _value(condition: Condition, currency: str) -> int:
    if condition.amounts is not None:
        return int(condition.amounts.get(currency, 0) * 100)
    return condition.percent if condition.percent is not None else condition.count or 0


def _currencies(same: list[Condition]) -> list[str]:
    return sorted({code for c in same for code in c.amounts or {}}) or [""]


def _no_text(same: list[Condition]) -> str:
    allowed: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()
    for condition in same:
        texts = condition.texts if condition.compare in LISTED else frozenset({condition.text or ""})
        if condition.compare in ("one_of", "equal"):
            allowed = texts if allowed is None else allowed & (texts or frozenset())
        else:
            barred |= texts or frozenset()
    return f"{same[0].fact} can be none of what is asked" if allowed is not None and not allowed - barred else ""


def _unknown(rules: Sequence[ApprovalRule]) -> Iterator[Gap]:
    known = {rule.id for rule in rules}
    for index, rule in enumerate(rules):
        for name in rule.after:
            if name not in known:
                message = f"approvals.rules {rule.id}: after names {name}, which is no rule"
                yield Gap(("approvals", "rules", index, "after"), message, "name a rule's id, or drop it")


def _loops(rules: Sequence[ApprovalRule]) -> Iterator[Gap]:
    after = {rule.id: rule.after for rule in rules}
    for index, rule in enumerate(rules):
        circle = _circle(rule.id, after)
        if circle and rule.id == min(circle):
            message = f"approvals.rules {' waits for '.join([*circle, circle[0]])}: nobody could begin"
            yield Gap(("approvals", "rules", index, "after"), message, "drop one of them from after")


def _circle(start: str, after: Mapping[str, Sequence[str]]) -> list[str]:
    """From the rule back to itself; empty when it does not wait for itself."""
    trails = [[start]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        for name in after.get(trail[-1], ()):
            if name == start:
                return trail
            if name not in seen:
                seen.add(name)
                trails.append([*trail, name])
    return []


def _unreachable(playbook: Playbook) -> Iterator[Gap]:
    policy = playbook.approvals
    named: list[tuple[Path, str, Sequence[Condition]]] = [
        *((("approvals", "rules", i), f"rules {rule.id}", rule.when) for i, rule in enumerate(policy.rules)),
        *((("approvals", "auto", i), f"auto {lane.id}", lane.when) for i, lane in enumerate(policy.auto)),
        *((("approvals", "high_risk", i), f"high_risk {i + 1}", risk.when) for i, risk in enumerate(policy.high_risk)),
        *((("escalations", "rows", i), f"rows {row.id}", row.when) for i, row in enumerate(playbook.escalations.rows)),
        *((("critical", "rows", i), f"rows {row.id}", row.when) for i, row in enumerate(playbook.critical.rows)),
    ]
    for path, name, when in named:
        if why := contradiction(when):
            yield Gap((*path, "when"), f"{path[0]}.{name} is never reached: {why}", "correct its bounds, or drop it")


def _apart(rules: Sequence[ApprovalRule]) -> Iterator[Gap]:
    """To wait for what never happens in the same deal is a mistake of who wrote it."""
    by_id = {rule.id: rule for rule in rules}
    for index, rule in enumerate(rules):
        for name in rule.after:
            other = by_id.get(name)
            if other and other is not rule and contradiction((*_strict(rule), *_strict(other))):
                message = f"approvals.rules {rule.id} waits for {name}, but no deal needs both"
                yield Gap(("approvals", "rules", index, "after"), message, f"drop {name} from after")


def _strict(rule: ApprovalRule) -> tuple[Condition, ...]:
    return tuple(condition.model_copy(update={"if_unknown": False}) for condition in rule.when)


def _conflicts(rules: Sequence[ApprovalRule]) -> Iterator[Gap]:
    seen: dict[tuple[str, frozenset[str]], ApprovalRule] = {}
    for index, rule in enumerate(rules):
        key = (rule.kind, frozenset(condition.model_dump_json() for condition in rule.when))
        other = seen.setdefault(key, rule)
        if other is not rule:
            message = f"approvals.rules {rule.id} and {other.id} ask the same of {_of(rule, other)}"
            yield Gap(("approvals", "rules", index), message, "drop one of them, or give one a quorum")


def _of(rule: ApprovalRule, other: ApprovalRule) -> str:
    return f"{rule.role} twice" if rule.role == other.role else f"{other.role} and {rule.role}"


def _looks(rules: Sequence[ApprovalRule]) -> Iterator[Gap]:
    for index, rule in enumerate(rules):
        if rule.look_minutes > rule.deadline_hours * 60:
            message = f"approvals.rules {rule.id}: look_minutes is longer than deadline_hours"
            yield Gap(("approvals", "rules", index, "look_minutes"), message, "shorten it, or give more hours")


def _lanes(playbook: Playbook) -> Iterator[Gap]:
    kinds = {rule.kind for rule in playbook.approvals.rules}
    for index, lane in enumerate(playbook.approvals.auto):
        for kind in sorted(lane.kinds - kinds):
            message = f"approvals.auto {lane.id}: no rule is of kind {kind}"
            yield Gap(("approvals", "auto", index, "kinds"), message, f"use one of {', '.join(sorted(kinds))}")
