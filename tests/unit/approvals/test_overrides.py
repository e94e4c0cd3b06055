"""What the policy's owner may do, with whom, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.agents.signature import sending
from bot.streams.deal.approvals import ApprovalGranted, Approve, PlanApprovals, Reject
from bot.streams.deal.envelope import SendForSignature
from bot.streams.deal.overrides import EndOverride, GrantException, ReplaceApprover, WaiveApproval
from bot.streams.decision import Accept
from tests.unit.approvals.desk import Desk, accepted, refused

LAST = date(2026, 11, 20)


def asked(discount: int = 2200) -> Desk:
    desk = Desk()
    desk.package(discount)
    return desk


def told(desk: Desk, rule: str, until: date = LAST) -> dict[str, object]:
    return {"approval": desk.of(rule).id, "seen": desk.seen, "reason": "they pay early", "until_on": until}


def sent(desk: Desk) -> object:
    command = SendForSignature(stream_id=desk.deal.id, actor="T:maya", seen=desk.seen)
    decision = sending.send(desk.deal, command, desk.context("T:maya"))
    return "sent" if isinstance(decision, Accept) else decision.reason


def test_a_waiver_needs_two_owners_of_the_policy_and_ends() -> None:
    desk = asked()
    assert refused(desk.give(WaiveApproval, "T:priya", **told(desk, "payment-finance"))) == "permission.missing"
    accepted(desk.give(WaiveApproval, "T:elena", **told(desk, "payment-finance")))
    again = desk.give(WaiveApproval, "T:elena", **told(desk, "payment-finance"))
    assert refused(again) == "waiver.second_person"
    assert "payment-finance" in {a.rule for a in desk.deal.approvals.open}
    decision = accepted(desk.give(WaiveApproval, "T:ines", **told(desk, "payment-finance", LAST + timedelta(days=9))))
    [grant] = [fact for fact in decision.facts if isinstance(fact, ApprovalGranted)]
    assert (grant.way, grant.by, grant.chain, grant.until_on) == ("waiver", "T:ines", ("T:elena",), LAST)
    ends = [d.due_at.date() for d in decision.deadlines if d.due_at and d.name.startswith("override.")]
    assert ends == [LAST + timedelta(days=1)]
    accepted(desk.give(Approve, "T:jonas", approval=desk.of("discount-vp").id, seen=desk.seen))
    assert sent(desk) == "sent"
    desk.now += timedelta(days=4)
    assert sent(desk) == "approvals.ended"
    accepted(desk.give(EndOverride, "system"))
    assert {a.rule for a in desk.deal.approvals.open} == {"payment-finance"}
    assert sent(desk) == "approvals.open"


def test_a_second_word_on_another_package_is_a_first_one() -> None:
    desk = asked()
    accepted(desk.give(WaiveApproval, "T:elena", **told(desk, "payment-finance")))
    desk.package(1800)
    accepted(desk.give(WaiveApproval, "T:ines", **told(desk, "payment-finance")))
    assert "payment-finance" in {a.rule for a in desk.deal.approvals.open}


def test_an_exception_takes_the_own_authority_and_covers_less_of_the_same_until_its_day() -> None:
    desk = asked()
    assert refused(desk.give(GrantException, "T:elena", **told(desk, "discount-vp"))) == "approval.beyond_authority"
    accepted(desk.give(GrantException, "T:ines", **told(desk, "discount-vp")))
    desk.package(2100)
    yes = desk.deal.approvals.yes(desk.of("discount-vp"))
    assert yes is not None and (yes.way, yes.by) == ("exception", "T:ines")
    desk.package(2300)
    assert "discount-vp" in {a.rule for a in desk.deal.approvals.open}
    desk.now += timedelta(days=4)
    desk.package(2000)
    assert "discount-vp" in {a.rule for a in desk.deal.approvals.open}


@pytest.mark.parametrize(("to", "reason"), [("T:sam", "approval.cannot_take"), ("T:jonas", "approval.cannot_take")])
def test_who_is_put_in_place_has_the_authority_of_her_own(to: str, reason: str) -> None:
    desk = asked()
    desk.lend("T:jonas", "T:sam")
    told_ = {"approval": desk.of("discount-vp").id, "seen": desk.seen, "reason": "ill"}
    assert refused(desk.give(ReplaceApprover, "T:elena", to=to, **told_)) == reason
    accepted(desk.give(ReplaceApprover, "T:elena", to="T:ines", **told_))
    assert desk.of("discount-vp").person == "T:ines"


@pytest.mark.parametrize("until", [date(2026, 11, 16), date(2028, 1, 1)])
def test_nothing_holds_for_ever_or_is_over_already(until: date) -> None:
    desk = asked()
    assert refused(desk.give(GrantException, "T:ines", **told(desk, "discount-vp", until))) == "override.no_end"


def test_a_yes_of_who_owns_the_deal_by_now_counts_no_more() -> None:
    desk = asked()
    for who, rule in (("T:jonas", "discount-vp"), ("T:priya", "payment-finance")):
        accepted(desk.give(Approve, who, approval=desk.of(rule).id, seen=desk.seen))
    desk.deal = replace(desk.deal, opening=replace(desk.deal.opening, rep="T:priya"))
    assert sent(desk) == "approvals.own_deal"
    desk.package(2200)
    assert "T:priya" not in {grant.by for grant in desk.deal.approvals.granted}
    assert sent(desk) in ("sent", "approvals.open")


def no(desk: Desk, rule: str, who: str) -> None:
    about = {"approval": desk.of(rule).id, "seen": desk.seen, "reason": "no", "yes_if": "less"}
    accepted(desk.give(Reject, who, **about))


def test_a_refused_request_is_decided_no_override_changes_it() -> None:
    desk = asked()
    no(desk, "discount-vp", "T:jonas")
    for kind in (WaiveApproval, GrantException):
        assert refused(desk.give(kind, "T:ines", **told(desk, "discount-vp"))) == "approval.decided"
    moved = {"approval": desk.of("discount-vp").id, "seen": desk.seen, "reason": "ill", "to": "T:ines"}
    assert refused(desk.give(ReplaceApprover, "T:ines", **moved)) == "approval.decided"
    assert "discount-vp" not in {a.rule for a in desk.deal.approvals.due}


def test_planned_anew_after_an_override_that_ended_a_no_stays_a_no() -> None:
    desk = asked()
    accepted(desk.give(WaiveApproval, "T:elena", **told(desk, "payment-finance")))
    accepted(desk.give(WaiveApproval, "T:ines", **told(desk, "payment-finance")))
    no(desk, "discount-vp", "T:jonas")
    desk.now += timedelta(days=9)
    accepted(desk.give(EndOverride, "system"))
    desk.offered.clear()
    accepted(desk.give(PlanApprovals, "system", version=desk.deal.package.version))
    assert [no.by for no in desk.deal.approvals.refused] == ["T:jonas"]
    assert [about for _, about in desk.offered] == [desk.of("payment-finance").id]
    about = {"approval": desk.of("discount-vp").id, "seen": desk.seen}
    assert refused(desk.give(Approve, "T:jonas", **about)) == "approval.decided"
    desk.package(1800)
    assert desk.deal.approvals.refused == ()
