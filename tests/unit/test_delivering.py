"""The delivery's rules: nothing to a customer without a person's click on exactly that, and once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.agents.contracts import delivering, following
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import (
    AnswerFollowUp,
    ChooseDelivery,
    Delivered,
    Delivery,
    DeliveryDrafted,
    FollowUp,
    Mail,
    NoticeMail,
    ProposeFollowUp,
    RecordMailed,
    SendDue,
    Slot,
    Timing,
    apply,
)
from bot.streams.deal.opening import Opening
from bot.streams.deal.package import Package, PackageAssembled, PackageReady, Terms, TermsSet
from bot.streams.decision import NOTHING, Accept, Context, Reads, Refuse, Stop
from bot.streams.delivery_effects import MailPackage
from bot.streams.ids import SYSTEM
from tests.unit.documents.example import CONTRACT
from tests.unit.documents.papers_example import OPPORTUNITY, playbook

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
DEAL = f"deal:{'0' * 26}"
CLARA = "clara@brightwater.example"
LETTER = Mail(to_name="Clara", to_email=CLARA, subject="Offer", text="Dear Clara")
CALL = LETTER.model_copy(update={"subject": "A call"})
AGAIN = tuple(FollowUp(because=b, letter=LETTER) for b in ("ignored", "opened", "forwarded"))
MADE = PackageAssembled(version=2, contract=CONTRACT, files=(), at=NOW)
MAYA = "T:U"


def deal(*facts: Any, ready: bool = True) -> Deal:
    slot = Slot(starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, minutes=30))
    when = Timing(at=NOW + timedelta(hours=3), zone="Europe/Berlin", channel="mail", known=False, of=0)
    told: dict[str, Any] = {"version": 2, "hash": MADE.hash, "language": "en", "style": (), "run": (), "at": NOW}
    drafted = DeliveryDrafted(letter=LETTER, invitation=CALL, timing=when, slots=(slot,), follow_ups=AGAIN, **told)
    terms = TermsSet(version=2, terms=Terms(discount=0, payment_days=30), by=MAYA, at=NOW)
    mark = PackageReady(version=2, hash=MADE.hash, at=NOW) if ready else None
    state = apply(Delivery(), drafted)
    for fact in facts:
        state = apply(state, fact)
    return replace(Deal(DEAL), package=Package(terms=terms, assembled=MADE, ready=mark), delivery=state)


def context(at: datetime = NOW, stops: tuple[Stop, ...] = ()) -> Context:
    return Context(now=at, playbook=playbook(), reads=Reads(stops=stops))


def choose(way: str, seen: str = LETTER.seen, **more: Any) -> ChooseDelivery:
    return ChooseDelivery.model_validate({"stream_id": DEAL, "actor": MAYA, "way": way, "seen": seen, **more})


def mails(decision: object) -> list[MailPackage]:
    assert isinstance(decision, Accept)
    return [effect for effect in decision.effects if isinstance(effect, MailPackage)]


def after(decision: object, *before: Any) -> Deal:
    assert isinstance(decision, Accept)
    return deal(*before, *decision.facts)


SENT = Delivered(way="us", version=2, to_email=CLARA, message_id="<1@x>", at=NOW)


def test_now_goes_at_once_and_later_by_a_deadline() -> None:
    assert mails(delivering.choose(deal(), choose("us"), context())) == [MailPackage(number=0, seen=LETTER.seen)]
    later = delivering.choose(deal(), choose("us", later=True), context())
    assert mails(later) == [] and isinstance(later, Accept)
    (due,) = later.deadlines
    assert due.due_at == NOW + timedelta(hours=3) and isinstance(due.command, SendDue)
    assert mails(delivering.send_due(after(later), due.command, context())) == [MailPackage(number=0, seen=LETTER.seen)]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (choose("us", "another"), "package.changed"),
        (choose("rep", CALL.seen), "package.changed"),
        (choose("present", LETTER.seen, slot=0), "package.changed"),
        (choose("present", CALL.seen, slot=1), "delivery.no_slot"),
        (choose("present", CALL.seen), "delivery.no_slot"),
    ],
)
def test_a_click_is_bound_to_what_was_seen(command: ChooseDelivery, reason: str) -> None:
    found = delivering.choose(deal(), command, context())
    assert isinstance(found, Refuse) and found.reason == reason


def test_nothing_goes_unapproved_stopped_or_twice() -> None:
    stop = (Stop("mail", MAYA, NOW),)
    later = delivering.choose(deal(), choose("us", later=True), context())
    for state, at, reason in (
        (deal(ready=False), context(), "package.not_ready"),
        (deal(), context(stops=stop), "system.paused"),
        (deal(SENT), context(), "delivery.made"),
        (after(later), context(), "delivery.chosen"),
    ):
        found = delivering.choose(state, choose("us"), at)
        assert isinstance(found, Refuse) and found.reason == reason


def test_what_is_due_is_dropped_when_the_package_is_another() -> None:
    chosen = after(delivering.choose(deal(), choose("us", later=True), context()))
    moved = replace(chosen, package=replace(chosen.package, terms=None))
    due = SendDue(stream_id=DEAL, actor=SYSTEM, version=2, seen=LETTER.seen)
    assert mails(delivering.send_due(moved, due, context())) == []
    assert mails(delivering.send_due(chosen, due.model_copy(update={"seen": "x"}), context())) == []


def test_a_mail_that_is_out_is_found_by_its_id_and_followed_after_their_working_days() -> None:
    told = RecordMailed(stream_id=DEAL, actor=SYSTEM, number=0, message_id="<1@x>")
    found = delivering.record_mailed(deal(), told, context())
    assert isinstance(found, Accept)
    assert [link.foreign_id for link in found.links] == ["<1@x>"]
    assert found.deadlines[0].due_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def notice(what: str, who: str = CLARA, at: datetime = NOW) -> NoticeMail:
    return NoticeMail.model_validate({"stream_id": DEAL, "actor": SYSTEM, "what": what, "who": who, "at": at})


def test_follow_ups_end_with_an_answer_and_with_the_playbooks_number() -> None:
    due = ProposeFollowUp(stream_id=DEAL, actor=SYSTEM, version=2)
    state, sent = deal(SENT), 0
    facts: list[Any] = [SENT]
    while isinstance(found := following.propose(state, due, context()), Accept) and found.facts:
        facts += found.facts
        sent += 1
        answer = AnswerFollowUp(stream_id=DEAL, actor=MAYA, number=sent, send=True, seen=LETTER.seen)
        answered = following.answer(deal(*facts), answer, context())
        assert len(mails(answered)) == 1 and isinstance(answered, Accept)
        facts += answered.facts
        again = following.answer(deal(*facts), answer, context())
        assert isinstance(again, Refuse) and again.reason == "delivery.answered"
        state = deal(*facts)
    assert sent == playbook().deliveries.most_follow_ups
    replied = after(following.notice(deal(SENT), notice("replied"), context()), SENT)
    assert following.propose(replied, due, context()) == NOTHING


@pytest.mark.parametrize(("stage", "proposed"), [("Negotiation", True), ("Closed Lost", False), ("Closed Won", False)])
def test_a_deal_that_is_over_is_followed_by_nothing(stage: str, proposed: bool) -> None:
    opportunity = OPPORTUNITY.model_copy(update={"stage": stage})
    state = replace(deal(SENT), opening=replace(Opening(), opportunity=opportunity))
    due = ProposeFollowUp(stream_id=DEAL, actor=SYSTEM, version=2)
    found = following.propose(state, due, context())
    assert isinstance(found, Accept) and bool(found.facts) is proposed


def test_a_stranger_who_reads_it_got_it_passed_on() -> None:
    found = following.notice(deal(SENT), notice("opened", "buyer@brightwater.example"), context())
    state = after(found, SENT)
    assert [n.what for n in state.delivery.back] == ["forwarded"]
    assert state.delivery.open_proposal and state.delivery.open_proposal.because == "forwarded"
    assert following.notice(state, notice("opened", "buyer@brightwater.example"), context()) == NOTHING


def test_what_comes_before_a_delivery_is_of_nothing() -> None:
    assert following.notice(deal(), notice("opened"), context()) == NOTHING
