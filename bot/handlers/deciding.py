"""The buttons of a request for an approval, and of what is said about it before it is decided."""

from collections.abc import Callable

from bot.agents.approvals.deciding import amount_wanted
from bot.blocks import answers, approval_forms, modals, people_forms
from bot.blocks.actions import ActionId, Ref
from bot.handlers import offering
from bot.handlers.desk import Counter
from bot.handlers.press import Press, number
from bot.playbook.permissions import Permission
from bot.streams.deal.approvals import Approve
from bot.streams.deal.asking_back import LeaveCounter
from bot.streams.deal.deal import Deal
from bot.streams.deal.held_time import HoldTime
from bot.streams.deal.risks import Mitigate
from bot.streams.decision import Command, Link
from bot.streams.person.reminding import PutOffReminder
from bot.streams.tell import whoever

DECIDE = Permission.DECIDE_APPROVAL

COMMANDS: dict[str, Callable[[Ref, str], Command]] = {
    ActionId.COUNTER_LEAVE: lambda r, who: LeaveCounter(stream_id=r.stream_id, actor=who, no=number(r)),
    ActionId.RISK_ASK_BESIDE: lambda r, who: Mitigate(stream_id=r.stream_id, actor=who, no=number(r), way="ask_beside"),
    ActionId.RISK_REMIND: lambda r, who: Mitigate(stream_id=r.stream_id, actor=who, no=number(r), way="remind"),
}

VIEWS: dict[str, tuple[Permission, Callable[[Counter, Deal, Ref], dict[str, object]]]] = {
    ActionId.APPROVAL_REJECT: (
        DECIDE,
        lambda c, deal, r: modals.reject(deal, r.about, c.front.playbook),
    ),
    ActionId.APPROVAL_COUNTER: (
        DECIDE,
        lambda c, deal, r: modals.reject(deal, r.about, c.front.playbook, counter=True),
    ),
    ActionId.APPROVAL_AT: (
        DECIDE,
        lambda c, deal, r: approval_forms.approve_at(deal, r.about, c.front.playbook),
    ),
    ActionId.APPROVAL_ASK: (DECIDE, lambda c, deal, r: approval_forms.ask(deal, r.about)),
    ActionId.QUESTION_ANSWER: (Permission.REPRICE_DEAL, lambda c, deal, r: approval_forms.answer(deal, r.about)),
    ActionId.APPROVAL_PASS_ON: (
        DECIDE,
        lambda c, deal, r: people_forms.pass_on(deal, r.about, c.front.ask.deciders()),
    ),
}


def _approve(counter: Counter, press: Press, ref: Ref) -> None:
    """One press; above the policy's amount, a form that wants the total typed."""
    deal = counter.front.ask.deal_if_kept(ref.stream_id)
    total = amount_wanted(deal, counter.front.playbook) if deal else None
    if deal is None or total is None or not counter.ours(press.who):
        counter.decide(press, Approve(**_where(ref, press.who), seen=ref.seen))
    elif ref.seen != deal.package.hash:
        counter.say(press, counter.refusal("package.changed"))
    else:
        counter.show(press, approval_forms.type_amount(deal, ref.about, total))


def _take(counter: Counter, press: Press, ref: Ref) -> None:
    """The counter-offer's terms are the deal's own record of it, bound to the package that it was made of."""
    deal = counter.front.ask.deal_if_kept(ref.stream_id)
    command = offering.countered(deal, number(ref), press.who) if deal else None
    if command is None:
        counter.say(press, counter.refusal("offer.replaced" if counter.ours(press.who) else "outside.person"))
        return
    counter.decide(press, command)


def _hold(counter: Counter, press: Press, ref: Ref) -> None:
    """The calendar says it only when the mail is there: she is told the time at once."""
    if not counter.decide(press, HoldTime(**_where(ref, press.who))):
        return
    held = counter.front.ask.deal(ref.stream_id).held_time.of(ref.about, press.who)
    if held is not None:
        counter.say(press, answers.time_held(held))


def _later(counter: Counter, press: Press, ref: Ref) -> None:
    """Told to the person's own stream: which request of the deal she wants to hear of tomorrow."""
    if not counter.ours(press.who):
        counter.say(press, counter.refusal("outside.person"))
        return
    task = f"{ref.stream_id}:{ref.about}"
    told = PutOffReminder(stream_id=whoever("person"), actor=press.who, task_id=task)
    counter.decide(press, told, Link("slack.user", press.who))


def _where(ref: Ref, who: str) -> dict[str, str]:
    return {"stream_id": ref.stream_id, "actor": who, "approval": ref.about}


DECIDING: dict[str, Callable[[Counter, Press, Ref], None]] = {
    ActionId.APPROVAL_APPROVE: _approve,
    ActionId.COUNTER_TAKE: _take,
    ActionId.REMINDER_LATER: _later,
    ActionId.TIME_HOLD: _hold,
}
