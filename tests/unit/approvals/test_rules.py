"""Who decides, who cannot, what follows, and what opens again after a change."""

from datetime import timedelta

import pytest

from bot.blocks.approval_lines import approval_line
from bot.blocks.people import Known
from bot.figures.reapproval import needs_of, subject
from bot.streams.deal.approvals import (
    AnswerOffer,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalOverdue,
    Approve,
    PassOn,
    Reject,
)
from bot.streams.deal.package import PackageReady
from tests.unit.approvals.desk import Desk, accepted, colleague, opportunity, refused


def open_rules(desk: Desk) -> set[str]:
    return {a.rule for a in desk.deal.approvals.open}


def approve(desk: Desk, who: str, rule: str) -> None:
    accepted(desk.give(Approve, who, approval=desk.of(rule).id, seen=desk.seen))


def granted(desk: Desk) -> list[ApprovalGranted]:
    return [fact for fact in desk.facts if isinstance(fact, ApprovalGranted)]


def test_after_a_change_only_what_it_touches_opens_again() -> None:
    desk = Desk()
    desk.package(2200)
    approve(desk, "T:priya", "payment-finance")
    approve(desk, "T:jonas", "discount-vp")
    assert desk.deal.package.ready is not None
    desk.package(1800)
    assert open_rules(desk) == {"discount-vp"}
    desk.package(1800, months=36)
    assert open_rules(desk) == {"discount-vp", "payment-finance"}
    desk.package(2200)
    assert open_rules(desk) == set()
    assert desk.deal.package.ready is not None and desk.deal.package.ready.version == 4


def test_more_of_the_same_discount_is_another_discount() -> None:
    desk = Desk()
    desk.package(2200)
    approve(desk, "T:jonas", "discount-vp")
    made = desk.deal.package.current
    assert made is not None
    lines = tuple(line.model_copy(update={"quantity": line.quantity * 2}) for line in made.contract.quote.lines)
    quote = made.contract.quote.model_copy(update={"lines": lines})
    changed = made.contract.model_copy(update={"quote": quote})
    wanted = {need.id: subject(need) for need in needs_of(desk.deal, changed, desk.context("system")).all}
    assert wanted["discount-vp"] != desk.of("discount-vp").subject


def test_two_clicks_at_once_give_one_decision() -> None:
    desk = Desk()
    desk.package(2200)
    approve(desk, "T:jonas", "discount-vp")
    twice = desk.give(Approve, "T:ines", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert refused(twice) == "approval.decided"
    assert len(granted(desk)) == 1


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("T:maya", "permission.missing"),
        ("T:tom", "permission.missing"),
        ("T:sam", "approval.not_yours"),
        ("T:priya", "approval.not_yours"),
    ],
)
def test_who_may_not_decide_a_discount_of_22_percent(who: str, reason: str) -> None:
    desk = Desk()
    desk.package(2200)
    assert refused(desk.give(Approve, who, approval=desk.of("discount-vp").id, seen=desk.seen)) == reason


def test_a_lent_authority_decides_through_two_others_and_never_more_than_the_first_could() -> None:
    desk = Desk()
    desk.lend("T:jonas", "T:elena")
    desk.lend("T:elena", "T:sam")
    desk.package(2200)
    approve(desk, "T:sam", "discount-vp")
    [grant] = granted(desk)
    assert (grant.by, grant.way, grant.chain) == ("T:sam", "delegated", ("T:jonas", "T:elena"))
    desk.package(2600)
    beyond = desk.give(Approve, "T:sam", approval=desk.of("discount-director").id, seen=desk.seen)
    assert refused(beyond) == "approval.not_yours"


def test_lending_in_a_circle_ends_and_gives_nobody_anything() -> None:
    desk = Desk()
    desk.lend("T:sam", "T:elena")
    desk.lend("T:elena", "T:dana")
    desk.lend("T:dana", "T:sam")
    desk.package(2200)
    for who in ("T:sam", "T:elena", "T:dana"):
        assert refused(desk.give(Approve, who, approval=desk.of("discount-vp").id, seen=desk.seen))


@pytest.mark.parametrize(
    ("cents", "days", "may"), [(22683920, 0, True), (22683919, 0, False), (22683920, 3, True), (22683920, 4, False)]
)
def test_lent_up_to_an_amount_and_for_a_time(cents: int, days: int, may: bool) -> None:
    """The deal is EUR 226,839.20, and it is lent for the day and three more."""
    desk = Desk()
    desk.lend("T:jonas", "T:sam", EUR=cents)
    desk.package(2200)
    desk.now += timedelta(days=days)
    decision = desk.give(Approve, "T:sam", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert (decision.__class__.__name__ == "Accept") is may


def test_lent_to_a_group_and_never_to_the_one_who_asks() -> None:
    desk = Desk()
    desk.lend("T:jonas", "group:finance")
    desk.package(2200)
    approve(desk, "T:omar", "discount-vp")
    desk = Desk()
    desk.people["T:maya"] = colleague("T:maya", groups=frozenset({"reps", "sales-managers"}))
    desk.lend("T:jonas", "T:maya")
    desk.package(2200)
    own = desk.give(Approve, "T:maya", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert refused(own) == "approval.own_request"


def test_the_one_who_asks_lends_nobody_her_own_authority_for_her_own_deal() -> None:
    desk = Desk()
    desk.people["T:maya"] = colleague("T:maya", groups=frozenset({"reps", "sales-vps"}))
    desk.lend("T:maya", "T:sam")
    desk.package(2600)
    desk.package(2200)
    assert "discount-vp" not in {a.rule for a in desk.deal.approvals.asked}  # within the rep's own
    no = desk.give(Approve, "T:sam", approval=desk.of("payment-finance").id, seen=desk.seen)
    assert refused(no) == "approval.not_yours"


def test_who_is_away_from_the_beginning_is_stood_in_for() -> None:
    desk = Desk()
    del desk.people["T:omar"]
    desk.leaves("T:priya")
    desk.lend("T:priya", "T:elena")
    desk.package(2200)
    [moved] = [fact for fact in desk.facts if isinstance(fact, ApprovalMoved)]
    assert (moved.person, moved.lent, moved.why) == ("T:elena", ("T:priya",), "away")
    assert ("T:elena", desk.of("payment-finance").id) in desk.offered
    approve(desk, "T:elena", "payment-finance")
    assert granted(desk)[-1].chain == ("T:priya",)


def test_who_leaves_later_hands_it_on_as_well() -> None:
    desk = Desk()
    del desk.people["T:omar"]
    desk.package(2200)
    desk.leaves("T:priya")
    task = f"{desk.deal.id}:{desk.of('payment-finance').id}"
    accepted(desk.give(AnswerOffer, "system", task=task, taken=False, reason="away", away=True))
    assert desk.of("payment-finance").person == "T:dana"


def test_who_leaves_later_hands_it_to_her_own_deputy_first_and_an_old_answer_moves_nothing() -> None:
    desk = Desk()
    del desk.people["T:omar"]
    desk.lend("T:priya", "T:sam")
    desk.package(2200)
    desk.leaves("T:priya")
    told = {"task": f"{desk.deal.id}:{desk.of('payment-finance').id}", "taken": False, "reason": "", "away": True}
    for _ in range(2):
        accepted(desk.give(AnswerOffer, "system", person="T:priya", **told))
    assert desk.of("payment-finance").person == "T:sam"
    assert desk.deal.approvals.lent(desk.of("payment-finance"), "T:sam") == ("T:priya",)


def test_one_request_is_passed_on_with_the_authority_of_who_passes_it_on() -> None:
    desk = Desk()
    desk.package(2200)
    told = {"approval": desk.of("discount-vp").id, "seen": desk.seen, "reason": "she knows them"}
    assert refused(desk.give(PassOn, "T:jonas", to="T:maya", **told)) == "approval.cannot_take"
    assert refused(desk.give(PassOn, "T:jonas", to="T:tom", **told)) == "approval.cannot_take"
    assert refused(desk.give(PassOn, "T:sam", to="T:elena", **told)) == "approval.not_yours"
    accepted(desk.give(PassOn, "T:jonas", to="T:elena", **told))
    other = desk.give(Approve, "T:priya", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert refused(other) == "approval.not_yours"
    approve(desk, "T:elena", "discount-vp")
    assert (granted(desk)[-1].by, granted(desk)[-1].chain) == ("T:elena", ("T:jonas",))


def test_what_was_passed_on_holds_as_long_as_who_passed_it_on_could_decide() -> None:
    desk = Desk()
    desk.lend("T:jonas", "T:sam", days=1)
    desk.package(2200)
    told = {"approval": desk.of("discount-vp").id, "seen": desk.seen, "reason": ""}
    accepted(desk.give(PassOn, "T:sam", to="T:elena", **told))
    desk.now += timedelta(days=2)
    late = desk.give(Approve, "T:elena", approval=told["approval"], seen=desk.seen)
    assert refused(late) == "approval.beyond_authority"
    desk.now -= timedelta(days=1)
    approve(desk, "T:elena", "discount-vp")
    assert granted(desk)[-1].chain == ("T:jonas", "T:sam")


def test_what_waits_for_another_cannot_be_decided_before_it_and_is_asked_when_that_is_done() -> None:
    desk = Desk()
    known = opportunity()
    account = known.account.model_copy(update={"credit_rating": "D"})
    desk.opens(known.model_copy(update={"account": account}))
    desk.package(2200)
    first, second, *_ = desk.deal.approvals.asked
    assert desk.deal.approvals.planned is not None and desk.deal.approvals.planned.risk
    early = desk.give(Approve, "T:ines", approval=second.id, seen=desk.seen)
    assert refused(early) in ("approval.not_yet", "approval.not_yours")
    quick = desk.give(Approve, "T:jonas", approval=first.id, seen=desk.seen)
    assert refused(quick) == "approval.too_quick"
    before = len(desk.offered)
    desk.now += timedelta(minutes=20)
    accepted(desk.give(Approve, "T:jonas", approval=first.id, seen=desk.seen))
    assert [about for _, about in desk.offered[before:]] == [second.id]
    assert desk.deal.approvals.asked_at(second) == desk.now


def test_an_urgent_request_goes_to_the_next_who_may_when_its_time_is_over() -> None:
    desk = Desk()
    desk.opens(opportunity(close_on=desk.now.date() + timedelta(days=2)))
    desk.package(2200)
    late = desk.of("discount-vp")
    assert late.urgent
    desk.now = late.by_when
    accepted(desk.give(ApprovalOverdue, "system", approval=late.id))
    assert desk.of("discount-vp").person == "T:ines"
    assert desk.deal.approvals.holders(desk.of("discount-vp")) == ("T:ines", "T:jonas")
    approve(desk, "T:jonas", "discount-vp")  # who had it may still decide; whoever is first does
    assert refused(desk.give(Approve, "T:ines", approval=late.id, seen=desk.seen)) == "approval.decided"


def test_a_no_needs_a_reason_and_closes_only_its_own_request() -> None:
    desk = Desk()
    desk.package(2200)
    told = {"approval": desk.of("discount-vp").id, "seen": desk.seen, "yes_if": ""}
    assert refused(desk.give(Reject, "T:jonas", reason=" ", **told)) == "reason.missing"
    accepted(desk.give(Reject, "T:jonas", reason="too much", **told))
    assert not [fact for fact in desk.facts if isinstance(fact, PackageReady)]


def test_who_said_no_first_stays_named_when_another_says_no_too() -> None:
    desk = Desk()
    desk.package(2200)
    for who, rule in (("T:jonas", "discount-vp"), ("T:priya", "payment-finance")):
        told = {"approval": desk.of(rule).id, "seen": desk.seen, "reason": "no", "yes_if": ""}
        accepted(desk.give(Reject, who, **told))
    known = Known({who: colleague.name for who, colleague in desk.people.items()})
    lines = [approval_line(desk.deal, each, known) for each in desk.deal.approvals.asked]
    assert all("said no" in line for line in lines)
    assert {"Jonas", "Priya"} == {name for name in ("Jonas", "Priya") for line in lines if name in line}
    late = desk.give(Approve, "T:jonas", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert refused(late) == "approval.decided"
