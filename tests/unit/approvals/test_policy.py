"""Each rule of the policy at its boundary, what the policy cannot say, and deals that break it on purpose."""

import random  # noqa: TID251
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.figures.policy_digest import policy_digest
from bot.playbook import loader
from bot.wiring import texts
from tests.unit.approvals.cases import deal, plan, steps
from tests.unit.figures.deal import playbook

# Rule: a deal just within it, and the same deal just beyond.
TABLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("discount-manager", deal(1000), deal(1001)),
    ("discount-vp", deal(1500), deal(1501)),
    ("discount-director", deal(2500), deal(2501)),
    ("payment-finance", deal(0, payment_days=30), deal(0, payment_days=31)),
    ("payment-director", deal(0, payment_days=90), deal(0, payment_days=91)),
    ("clauses-legal", deal(0, quantity=1500, own_paper=False), deal(0, quantity=1500, own_paper=True)),
    ("granted-by-legal", deal(0), deal(0, legal_terms="Indemnity: first")),
    ("credit-limit", deal(0, credit_limit="241920.00"), deal(0, credit_limit="241919.99")),
    ("credit-stale", deal(0, credit_checked_on="2026-08-19"), deal(0, credit_checked_on="2026-08-18")),
    ("credit-rating", deal(0, credit_rating="B"), deal(0, credit_rating="C")),
    ("credit-rating", deal(0, credit_rating="A"), deal(0, credit_rating="")),
    ("margin-director", deal(2856), deal(2858)),
    ("floor-director", deal(4500), deal(4501)),
    ("amount-director", deal(0, quantity=496), deal(0, quantity=497)),
    ("complex-deal", deal(0, entities=5), deal(0, entities=5, currencies=2)),
    ("region-director", deal(0, country="CA"), deal(0, country="BR")),
    ("regulated-data", deal(0, industry="Logistics"), deal(0, industry="Hospitals")),
    ("hosted-elsewhere", deal(0, hosting="eu"), deal(0, hosting="us")),
]


@pytest.mark.parametrize(("rule", "within", "beyond"), TABLE, ids=[f"{n}-{row[0]}" for n, row in enumerate(TABLE)])
def test_each_rule_at_its_boundary(rule: str, within: dict[str, Any], beyond: dict[str, Any]) -> None:
    assert rule not in steps(within)
    assert rule in steps(beyond)


def test_every_rule_has_a_row() -> None:
    """Those that another role grants follow from the ladder of clauses."""
    tried = {row[0] for row in TABLE}
    left = {rule.id for rule in playbook().approvals.rules} - tried
    assert left == {"granted-by-sales-manager", "granted-by-finance", "granted-by-managing-director"}


Break = Callable[[dict[str, Any]], None]
VIOLATIONS: dict[str, tuple[str, Break]] = {
    "too much off": ("discount-director", lambda d: d["lines"][0].update(discount=2600 + d["n"] * 5)),
    "too long to pay": ("payment-director", lambda d: d.update(payment_days=91 + d["n"] % 270)),
    "above the credit limit": ("credit-limit", lambda d: d.update(credit_limit=f"{1000 + d['n']}.00")),
    "no credit limit": ("credit-limit", lambda d: d.pop("credit_limit")),
    "an old check": ("credit-stale", lambda d: d.update(credit_checked_on=f"2025-0{1 + d['n'] % 9}-01")),
    "no check": ("credit-stale", lambda d: d.pop("credit_checked_on")),
    "a bad rating": ("credit-rating", lambda d: d.update(credit_rating="CD"[d["n"] % 2])),
    "no rating": ("credit-rating", lambda d: d.pop("credit_rating")),
    "their own paper": ("clauses-legal", lambda d: d.update(own_paper=True, lines=[_seats(2000 + d["n"])])),
    "an own clause": ("granted-by-legal", lambda d: d.update(legal_terms="Indemnity: first; Warranty: first")),
    "a forbidden country": ("region-director", lambda d: d.update(country=("BR", "IN", "CN", "ZA")[d["n"] % 4])),
    "no country": ("region-director", lambda d: d.pop("country")),
    "a hospital": ("regulated-data", lambda d: d.update(industry=("Hospital", "Banking", "Schools")[d["n"] % 3])),
    "data abroad": ("hosted-elsewhere", lambda d: d.update(hosting="us")),
    "a large one": ("amount-director", lambda d: d.update(lines=[_seats(1000 + d["n"])])),
}


def _seats(count: int) -> dict[str, Any]:
    return {"code": "FLEET", "quantity": count, "discount": 0}


def test_300_planted_violations_are_all_caught_and_never_decided_by_who_asked_or_by_the_policy() -> None:
    chance = random.Random(6211)
    missed = []
    for number in range(300):
        name = list(VIOLATIONS)[number % len(VIOLATIONS)]
        rule, spoil = VIOLATIONS[name]
        told = deal(chance.randrange(0, 1000), chance.randrange(10, 300), n=number)
        spoil(told)
        told.pop("n")
        found = {step.rule: step for step in plan(told).steps}
        if rule not in found or found[rule].auto or found[rule].decides.person == "maya":
            missed.append((number, name))
    assert missed == []


def changed(old: str, new: str) -> list[str]:
    files = dict(texts(Path("playbook")))
    assert old in files["approvals.yaml"]
    files["approvals.yaml"] = files["approvals.yaml"].replace(old, new, 1)
    return [str(problem) for problem in loader.problems(files)]


RULE = "    - id: credit-stale\n"
MISTAKES = [
    ("      after: [discount-manager, discount-vp]\n", "      after: [margin-director]\n", "nobody could begin"),
    ("      after: [discount-manager, discount-vp]\n", "      after: [discount-boss]\n", "which is no rule"),
    (
        "compare: above, count: 90, if_unknown: true}\n      role: finance",
        "compare: above, count: 90, if_unknown: true}\n        - {fact: credit_age_days, compare: below, count: 90}\n"
        "      role: finance",
        "is never reached: no credit_age_days is both above and below",
    ),
    (
        RULE,
        "    - {id: again, title: Size, kind: amount, line: 'Size, line 9: again', role: finance, deadline_hours: 8,\n"
        "       when: [{fact: complexity, compare: above, count: 40}]}\n" + RULE,
        "ask the same of",
    ),
    (
        RULE,
        "    - {id: no-one, title: Size, kind: amount, line: 'Size, line 9: no', role: finance, deadline_hours: 8,\n"
        "       when: [{fact: country, text: DE}, {fact: country, compare: none_of, texts: [DE]}]}\n" + RULE,
        "can be none of what is asked",
    ),
    (
        RULE,
        "    - {id: late, title: Size, kind: amount, line: 'Size, line 9: late', role: finance, deadline_hours: 1,\n"
        "       look_minutes: 90, when: [{fact: complexity, compare: above, count: 99}]}\n" + RULE,
        "look_minutes is longer than deadline_hours",
    ),
    (
        RULE,
        "    - {id: apart, title: Size, kind: amount, line: 'Size, line 9: apart', role: finance, deadline_hours: 8,\n"
        "       after: [payment-finance], when: [{fact: payment_days, compare: above, count: 120}]}\n" + RULE,
        "but no deal needs both",
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES)
def test_what_is_wrong_with_a_policy_is_found_with_file_line_and_fix(old: str, new: str, says: str) -> None:
    [found] = [line for line in changed(old, new) if says in line]
    assert found.startswith("approvals.yaml:")
    assert "Fix: " in found


def test_small_and_sound_requests_are_granted_by_the_policy_and_shown_as_that() -> None:
    small = deal(0, quantity=20, payment_days=45)
    [step] = plan(small).steps
    assert step.auto.startswith("Without a person, line 1") and step.decides.name == "the policy itself"
    assert not plan(small).needs_approval
    for more in ({"payment_days": 46}, {"credit_rating": "B"}, {"credit_limit": "100"}, {"quantity": 40}):
        assert all(not s.auto for s in plan(deal(0, **({"quantity": 20, "payment_days": 45} | more))).steps)


def test_a_policy_has_one_name_in_whatever_order_its_sets_are_read() -> None:
    ours, again = playbook().approvals, loader.load(texts(Path("playbook"))).approvals
    assert policy_digest(ours) == policy_digest(again)
    lane = ours.auto[0].model_copy(update={"kinds": frozenset({"payment", "discount"})})
    other = ours.model_copy(update={"auto": (lane, *ours.auto[1:])})
    assert policy_digest(other) != policy_digest(ours)
    turned = lane.model_copy(update={"kinds": frozenset({"discount", "payment"})})
    assert policy_digest(ours.model_copy(update={"auto": (turned, *ours.auto[1:])})) == policy_digest(other)
