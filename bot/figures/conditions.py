"""Does the playbook's condition hold for these facts, and why, in words?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.playbook.conditions import Condition, FactKind, FactName
from bot.streams.money import percent

Facts = Mapping[FactName, Any]
WORDS = {
    FactName.DISCOUNT_WITHIN_OWN: ("within the rep's own limit", "beyond the rep's own limit"),
    FactName.PAYMENT_WITHIN_OWN: ("within the rep's own limit", "beyond the rep's own limit"),
    FactName.STANDARD_CLAUSES: ("our own clauses", "clauses that are not ours"),
    FactName.BELOW_FLOOR: ("a line is below its product's floor", "every line keeps its product's floor"),
    FactName.STRATEGIC: ("a strategic customer or deal", "no strategic customer or deal"),
    FactName.ABOVE_CREDIT_LIMIT: ("the total is above the credit limit", "the total is within the credit limit"),
}
SYMBOLS = {
    "above": "above",
    "at_least": "at least",
    "below": "below",
    "at_most": "at most",
    "equal": "",
    "not_equal": "not",
    "one_of": "one of",
    "none_of": "none of",
}


def holds(conditions: Sequence[Condition], facts: Facts) -> bool:
    """All of them. A fact that is missing answers with the condition's own `if_unknown`."""
    return all(_one(condition, facts) for condition in conditions)


def explain(conditions: Sequence[Condition], facts: Facts) -> str:
    """Such as "discount 22% is above 15%"; what bounds from the other side goes without saying."""
    said = [_said(condition, facts) for condition in conditions if condition.compare != "at_most"]
    return "; ".join(part for part in said if part)


def _one(condition: Condition, facts: Facts) -> bool:
    value, wanted = facts.get(condition.fact), _wanted(condition, facts)
    if value is None or wanted is None:
        return condition.if_unknown
    match condition.compare:
        case "above":
            return bool(value > wanted)
        case "at_least":
            return bool(value >= wanted)
        case "below":
            return bool(value < wanted)
        case "at_most":
            return bool(value <= wanted)
        case _:
            return _same(condition, value, wanted)


def _same(condition: Condition, value: Any, wanted: Any) -> bool:
    match condition.compare:
        case "equal":
            return bool(value == wanted)
        case "not_equal":
            return bool(value != wanted)
        case "one_of":
            return bool(_set(value) & _set(wanted))
        case _:
            return not _set(value) & _set(wanted)


def _wanted(condition: Condition, facts: Facts) -> Any:
    given = getattr(condition, condition.field)
    if condition.kind is FactKind.AMOUNT and given is not None:
        return given.get(facts.get(FactName.CURRENCY))
    return given


def _set(value: Any) -> frozenset[Any]:
    return frozenset(value) if isinstance(value, set | frozenset | tuple | list) else frozenset({value})


def _said(condition: Condition, facts: Facts) -> str:
    name, value = condition.fact.replace("_", " "), facts.get(condition.fact)
    if value is None:
        return f"{name} is not known"
    if condition.kind is FactKind.YES_NO:
        return WORDS.get(condition.fact, (name, f"not {name}"))[0 if value else 1]
    if condition.compare == "not_equal":
        return f"{name}: {value}"
    wanted = _wanted(condition, facts)
    return f"{name} {_shown(condition, value)} is {SYMBOLS[condition.compare]} {_shown(condition, wanted)}".replace(
        "  ", " "
    )


def _shown(condition: Condition, value: Any) -> str:
    if condition.kind is FactKind.PERCENT:
        return percent(value)
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,}"
    return ", ".join(sorted(value)) if isinstance(value, set | frozenset) else str(value)
