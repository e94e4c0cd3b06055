"""No order of clicks, delegations, edits, retries and duplicates breaks the separation of duties or authority; and
there is no way to sending without every required approval on the very hash."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agents.approvals.authority import may_decide
from bot.agents.signature import sending
from bot.figures.reapproval import needs_of, subject
from bot.playbook.permissions import Permission
from bot.streams.deal.approvals import (
    POLICY,
    AnswerOffer,
    Approval,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalOverdue,
    ApprovalRejected,
    Approve,
    PassOn,
    PlanApprovals,
    Reject,
)
from bot.streams.deal.asking_back import ApproveAt, AskBack
from bot.streams.deal.envelope import SendForSignature
from bot.streams.deal.overrides import EndOverride, GrantException, ReplaceApprover, WaiveApproval
from bot.streams.decision import Accept
from tests.unit.approvals.desk import GROUPS, Desk

PEOPLE = sorted(GROUPS)
REP = "T:maya"
Act = tuple[str, int, int, int]
RARELY = [
    "waive",
    "except",
    "replace",
    "end",
    "reject",
    "pass",
    "lend",
    "leave",
    "price",
    "late",
    "answer",
    "again",
    "stale",
    "wait",
    "replan",
    "edit",
    "ask",
    "at",
    "take",
]
DECIDERS = [PEOPLE.index(who) for who in ("T:jonas", "T:ines", "T:priya", "T:omar", "T:dana")]
ANYBODY, NUMBER = st.integers(0, len(PEOPLE) - 1), st.integers(0, 9)
ACTS = st.one_of(
    st.tuples(st.just("approve"), st.sampled_from(DECIDERS), ANYBODY, NUMBER),
    st.tuples(st.sampled_from(["approve", *RARELY]), ANYBODY, ANYBODY, NUMBER),
)


def pick(desk: Desk, number: int) -> Approval | None:
    asked = desk.deal.approvals.asked
    return asked[number % len(asked)] if asked else None


def lower(seen: str) -> int:
    """One of a few prices, by chance but the same for the same package."""
    return (500, 1200, 1800, 2600)[int(seen[:4] or "0", 16) % 4]


class Play:
    """Carries out acts; what it gave last can be given again."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.desk.package(2200)
        self.last: Callable[[], object] = lambda: None
        self.old = self.desk.seen

    def act(self, act: Act) -> None:
        name, one, two, number = act
        who, whom, approval = PEOPLE[one], PEOPLE[two], pick(self.desk, number)
        if name == "again":
            self.last()
        elif name in ("price", "edit", "replan", "take"):
            self.changed(name, number)
        elif name == "wait":
            self.desk.now += timedelta(hours=number * 7)
        elif name == "lend":
            self.desk.lend(who, (whom, "group:finance")[number == 9], number % 4, **self.amounts(number))
        elif name == "leave":
            self.desk.leaves(who, number % 3)
        elif approval is not None:
            self.given(name, who, whom, approval)

    def changed(self, name: str, number: int) -> None:
        if name == "replan":
            self.desk.give(PlanApprovals, "system", version=self.desk.deal.package.version - (number == 9))
            return
        self.old = self.desk.seen
        if name == "take":
            self.taken()
        elif name == "price":
            self.desk.package((500, 1200, 1800, 2200, 2600)[number % 5], (12, 24)[number % 2])
        else:
            self.desk.package((1800, 2200)[number % 2], renewal_note=f"It renews for {number}.")

    def taken(self) -> None:
        """The rep makes the package at what an approver said yes to beforehand."""
        offered = self.desk.deal.asking_back.offered(self.desk.deal.package.version)
        if offered is not None and offered.about == "discount":
            self.desk.package(offered.terms.discount, offered.terms.months)

    def day(self, later: int) -> date:
        return self.desk.now.date() + timedelta(days=later)

    def amounts(self, number: int) -> dict[str, int]:
        return {"EUR": 10_000_000} if number % 3 == 0 else {}

    def given(self, name: str, who: str, whom: str, approval: Approval) -> None:
        seen = self.old if name == "stale" else self.desk.seen
        about = {"approval": approval.id, "seen": seen}
        told: dict[str, tuple[Any, str, dict[str, Any]]] = {
            "approve": (Approve, who, about),
            "stale": (Approve, who, about),
            "reject": (Reject, who, {**about, "reason": "no", "yes_if": ""}),
            "pass": (PassOn, who, {**about, "to": whom, "reason": ""}),
            "ask": (AskBack, who, {**about, "words": "why?"}),
            "at": (
                ApproveAt,
                who,
                {**about, "discount": (500, 1200, 1800, 2600)[int(seen[:4] or "0", 16) % 4], "reason": ""},
            ),
            "waive": (WaiveApproval, who, {**about, "reason": "r", "until_on": self.day(2)}),
            "except": (GrantException, who, {**about, "reason": "r", "until_on": self.day(1)}),
            "replace": (ReplaceApprover, who, {**about, "reason": "r", "to": whom}),
            "end": (EndOverride, "system", {}),
            "late": (ApprovalOverdue, "system", {"approval": approval.id}),
            "answer": (
                AnswerOffer,
                "system",
                {"task": f"{self.desk.deal.id}:{approval.id}", "taken": False, "away": True},
            ),
        }
        kind, actor, body = told[name]
        self.last = lambda: self.desk.give(kind, actor, **body)
        self.last()


def reachable(desk: Desk, approval: Approval, moved: Iterable[ApprovalMoved], actor: str) -> bool:
    """By any way at all: every own authority, everything that is lent today, and what was passed on by hand."""
    day = desk.now.date()
    amount = approval.amount
    assert amount is not None
    reached = {
        c.person for c in desk.people.values()
        if c.person != REP and may_decide(approval, c.person, c.groups, desk.book)
    }  # fmt: skip
    edges = [
        (c.person, g.to) for c in desk.people.values() for g in c.gives if g.covers(amount.minor, amount.currency, day)
    ]
    edges += [(m.by, m.person) for m in moved if m.why == "passed_on"]
    for _ in PEOPLE:
        for giver, to in edges:
            if giver in reached and giver != REP:
                reached |= {p for p in PEOPLE if p == to or to == f"group:{GROUPS[p]}"} - {REP}
    return actor in reached


def said_at_these_terms(desk: Desk, who: str) -> bool:
    terms = desk.deal.package.terms
    assert terms is not None
    said = [c for c in desk.deal.asking_back.counters if c.version == terms.version - 1 and c.by == who]
    return any(each.terms == terms.terms for each in said)


def test_a_yes_beforehand_holds_for_its_terms_alone() -> None:
    for discount, held in ((1800, True), (1700, False)):
        play = Play()
        play.desk.give(ApproveAt, "T:jonas", approval="1-discount-vp", seen=play.desk.seen, discount=1800, reason="")
        play.desk.package(discount)
        given_yes = {fact.by for fact in play.desk.facts if isinstance(fact, ApprovalGranted)}
        assert ("T:jonas" in given_yes) is held


@given(acts=st.lists(ACTS, max_size=25))
@settings(max_examples=300)
def test_nobody_decides_for_herself_beyond_authority_or_twice(acts: list[Act]) -> None:
    play = Play()
    for act in acts:
        before = len(play.desk.facts)
        play.act(act)
        desk = play.desk
        moved = [fact for fact in desk.facts if isinstance(fact, ApprovalMoved)]
        for grant in [fact for fact in desk.facts[before:] if isinstance(fact, ApprovalGranted)]:
            approval = desk.deal.approvals.approval(grant.approval)
            assert approval is not None and grant.subject == approval.subject and grant.hash == desk.seen
            if grant.by == POLICY:
                assert approval.auto
                continue
            assert REP not in (grant.by, *grant.chain)
            if grant.way == "waiver":
                both = {grant.by, *grant.chain}
                assert len(both) == 2 and all(
                    desk.book.may(desk.people[who].groups, Permission.OVERRIDE_APPROVAL) for who in both
                )
                continue
            assert desk.book.may(desk.people[grant.by].groups, Permission.DECIDE_APPROVAL)
            if "beforehand" in grant.reason:
                assert said_at_these_terms(desk, grant.by)
            assert reachable(desk, approval, moved, grant.by)
        held = [grant.subject for grant in desk.deal.approvals.granted]
        assert len(held) == len(set(held))


@given(acts=st.lists(ACTS, max_size=25))
@settings(max_examples=150)
def test_nothing_is_sent_without_every_yes_on_the_very_content(acts: list[Act]) -> None:
    play = Play()
    for act in acts:
        play.act(act)
        desk = play.desk
        command = SendForSignature(stream_id=desk.deal.id, actor=REP, seen=desk.seen)
        if not isinstance(sending.send(desk.deal, command, desk.context(REP)), Accept):
            continue
        made = desk.deal.package.current
        assert made is not None and made.hash == desk.seen
        today = desk.now.date()
        given_yes = {fact.subject for fact in desk.facts if isinstance(fact, ApprovalGranted) and fact.holds_on(today)}
        assert {subject(need) for need in needs_of(desk.deal, made.contract, desk.context(REP)).all} <= given_yes


CLICKS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.booleans(), st.sampled_from(["discount-vp", "payment-finance"])), max_size=8
)


@given(clicks=CLICKS)
@settings(max_examples=100)
def test_whoever_clicks_at_once_each_request_is_decided_once(clicks: list[tuple[str, bool, str]]) -> None:
    """Every card was looked at before the first click: all of them carry the same hash."""
    desk = Desk()
    desk.package(2200)
    seen, ids = desk.seen, {a.rule: a.id for a in desk.deal.approvals.asked}
    for who, yes, rule in clicks:
        about = {"approval": ids[rule], "seen": seen}
        if yes:
            desk.give(Approve, who, **about)
        else:
            desk.give(Reject, who, **about, reason="no", yes_if="")
    decided = [f.approval for f in desk.facts if isinstance(f, ApprovalGranted | ApprovalRejected)]
    assert len(decided) == len(set(decided))


AFTER_A_NO = st.tuples(
    st.sampled_from(
        ["reject", "approve", "replan", "waive", "except", "replace", "end", "wait", "again", "late", "answer"]
    ),
    st.sampled_from([*DECIDERS, PEOPLE.index("T:elena")]),
    st.sampled_from(DECIDERS),
    NUMBER,
)


@given(acts=st.lists(AFTER_A_NO, max_size=8))
@settings(max_examples=200)
def test_a_no_stays_a_no_for_that_package(acts: list[Act]) -> None:
    """Whatever is waived, replaced, ended, planned anew or clicked twice afterwards."""
    play = Play()
    play.act(("reject", PEOPLE.index("T:jonas"), 0, 0))
    assert [no.by for no in play.desk.deal.approvals.refused] == ["T:jonas"]
    for act in acts:
        play.act(act)
    said_no: set[str] = set()
    for fact in play.desk.facts:
        if isinstance(fact, ApprovalRejected):
            assert fact.approval not in said_no
            said_no.add(fact.approval)
        if isinstance(fact, ApprovalGranted):
            assert fact.approval not in said_no
