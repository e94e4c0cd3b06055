"""No relief gives authority, takes a right, or lets anything be decided at the same time in a deal of high risk."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agents.approvals.authority import may_decide
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import (
    ApprovalAsked,
    ApprovalFreed,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalOverdue,
    Approve,
    PassOn,
)
from bot.streams.deal.bottlenecks import BottleneckSeen, LookForBottlenecks
from bot.streams.queues import Tempo
from tests.unit.approvals.desk import GROUPS, Desk, accepted, colleague
from tests.unit.approvals.test_escalation_laws import able, by_hand
from tests.unit.approvals.test_laws import REP, reachable
from tests.unit.people.somebody import playbook

PEOPLE = sorted(GROUPS)
WHO = st.sampled_from(PEOPLE)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("lend"), WHO, WHO, st.integers(0, 3)),
        st.tuples(st.just("leave"), WHO, WHO, st.integers(0, 2)),
        st.tuples(st.just("back"), WHO, WHO, st.just(0)),
        st.tuples(st.just("demote"), WHO, WHO, st.just(0)),
        st.tuples(st.just("load"), WHO, WHO, st.integers(0, 12)),
        st.tuples(st.just("approve"), WHO, WHO, st.integers(0, 9)),
        st.tuples(st.just("pass"), WHO, WHO, st.integers(0, 9)),
        st.tuples(st.just("late"), WHO, WHO, st.integers(0, 9)),
        st.tuples(st.just("look"), WHO, WHO, st.integers(0, 90)),
    ),
    max_size=25,
)


def ruled(risky: bool) -> Playbook:
    """The managing director is asked about every deal, after others; with risk, every deal is one of high risk."""
    book = playbook()
    policy, every = book.approvals, {"amounts": {"EUR": 1}}
    small = [
        rule.model_copy(update={"when": (rule.when[0].model_copy(update=every),)})
        if rule.id == "amount-director"
        else rule
        for rule in policy.rules
    ]
    risk = policy.high_risk[-1]
    all_of_it = risk.model_copy(update={"when": (risk.when[0].model_copy(update=every),)})
    changed: dict[str, Any] = {"rules": tuple(small), "high_risk": (all_of_it,) if risky else ()}
    return book.model_copy(update={"approvals": policy.model_copy(update=changed)})


CALM, RISKY = ruled(False), ruled(True)


def looked(desk: Desk, minutes: int) -> None:
    since = desk.now
    desk.now += timedelta(minutes=minutes)
    asked = {a.id: a for a in desk.deal.approvals.asked}
    before = {a.id: able(desk, a) for a in desk.deal.approvals.due}
    seats = {a.id: a.person for a in desk.deal.approvals.due}
    escalated = {a.id for a in desk.deal.approvals.due if desk.deal.escalations.of(a.id)}
    count = len(desk.facts)
    accepted(desk.give(LookForBottlenecks, "system", since=since))
    new = desk.facts[count:]
    assert not any(isinstance(fact, ApprovalGranted) for fact in new)
    for fact in new:
        if isinstance(fact, BottleneckSeen):
            relieved(desk, fact, before[fact.approval], seats[fact.approval])
            assert not (fact.to and fact.approval in escalated)
    for name, people in before.items():
        assert able(desk, asked[name]) == people  # a relief widens and narrows nothing
    together(desk, [fact for fact in new if isinstance(fact, ApprovalFreed)])
    moves = [fact.person for fact in new if isinstance(fact, ApprovalMoved)]
    assert moves == [fact.to for fact in new if isinstance(fact, BottleneckSeen) and fact.to]


def relieved(desk: Desk, fact: BottleneckSeen, before: frozenset[str], had: str) -> None:
    assert fact.person == had
    if not fact.to:
        return
    approval = desk.deal.approvals.approval(fact.approval)
    assert approval is not None
    assert fact.to in before and fact.to not in (REP, had) and not desk.people[fact.to].is_away(desk.now.date())
    assert reachable(desk, approval, by_hand(desk), fact.to)
    assert had in desk.deal.approvals.holders(approval)
    assert fact.without_at is not None and fact.without_at > fact.at


def together(desk: Desk, freed: list[ApprovalFreed]) -> None:
    """Only what the playbook says needs nothing of the other, and never in a deal of high risk."""
    planned, rules = desk.deal.approvals.planned, desk.book.bottlenecks
    assert planned is not None
    assert not (freed and planned.risk)
    ruled_by = {a.id: a.rule for a in planned.approvals}
    plans = [fact for fact in desk.facts if getattr(fact, "kind", "") == "approvals.planned"]
    first = {a.id: a.after for a in plans[-1].approvals}  # type: ignore[attr-defined]
    for fact in freed:
        for name in set(first[fact.approval]) - set(fact.after):
            assert rules.may_run_beside(ruled_by[fact.approval], ruled_by[name])
        assert any(isinstance(f, ApprovalAsked) and f.approval == fact.approval for f in desk.facts)


def never_again(desk: Desk) -> None:
    """Nobody is given the same request twice by a relief, and no class is told twice of her and it."""
    made = [fact for fact in desk.facts if isinstance(fact, BottleneckSeen)]
    given = [(fact.approval, fact.to) for fact in made if fact.to]
    told = [(fact.approval, fact.person, fact.bottleneck, fact.relief) for fact in made]
    assert len(set(given)) == len(given) and len(set(told)) == len(told)


@given(acts=ACTS, discount=st.sampled_from([1200, 2200, 2600]), risky=st.booleans(), fast=st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_no_relief_gives_authority(
    acts: list[tuple[str, str, str, int]], discount: int, risky: bool, fast: int
) -> None:
    desk = Desk(book=RISKY if risky else CALM)
    desk.tempos = tuple(Tempo(who, fast * 3, 3) for who in PEOPLE)
    desk.package(discount)
    for name, who, whom, number in [*acts, ("look", "", "", 7), ("look", "", "", 40)]:
        due = desk.deal.approvals.due
        approval = due[number % len(due)] if due else None
        if name == "lend":
            desk.lend(who, whom, number)
        elif name == "leave":
            desk.leaves(who, number)
        elif name in ("back", "demote"):
            desk.people[who] = colleague(who, groups=frozenset({GROUPS[who] if name == "back" else "reps"}))
        elif name == "load":
            desk.elsewhere[who] = number
        elif name == "look":
            looked(desk, number)
        elif approval is not None:
            given_by(desk, name, who, whom, approval.id)
    never_again(desk)


def given_by(desk: Desk, name: str, who: str, whom: str, approval: str) -> None:
    told: dict[str, tuple[Any, str, dict[str, Any]]] = {
        "approve": (Approve, who, {"seen": desk.seen}),
        "pass": (PassOn, who, {"seen": desk.seen, "to": whom, "reason": ""}),
        "late": (ApprovalOverdue, "system", {}),
    }
    kind, actor, body = told[name]
    desk.give(kind, actor, approval=approval, **body)


def test_the_law_sees_reliefs_of_every_kind() -> None:
    """Else it would say nothing."""
    desk = Desk(book=CALM)
    desk.package(2200)
    desk.elsewhere = {"T:jonas": 9}
    looked(desk, 40)
    discount = desk.of("discount-vp")
    assert discount.person == "T:ines" and may_decide(discount, "T:ines", desk.people["T:ines"].groups, desk.book)
    desk.give(Approve, "T:ines", approval=discount.id, seen=desk.seen)
    desk.leaves("T:priya")
    looked(desk, 10)
    reliefs = [fact.relief for fact in desk.facts if isinstance(fact, BottleneckSeen)]
    assert reliefs[0] == "split" and {"reassign", "parallelise"} & set(reliefs)
