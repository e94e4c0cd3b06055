"""Every button: what it does, who may see what it shows."""

from collections.abc import Callable, Container
from functools import partial

from bot.blocks import answers, delivery_forms, modals, people_forms, progress_card
from bot.blocks.actions import ActionId, More, Ref
from bot.blocks.card import Card
from bot.handlers import at_home, deciding, documents, feedback, intel, offering, proposing
from bot.handlers.desk import Counter
from bot.handlers.press import NUMBER, Press, number
from bot.playbook.permissions import Permission, Step
from bot.store.errors import Erased
from bot.streams.company.company import Pause, Resume
from bot.streams.company.policy import DecidePolicy
from bot.streams.company.practices import DecidePractice
from bot.streams.deal.books import AlignCrm
from bot.streams.deal.deal import Deal
from bot.streams.deal.delivery import AnswerFollowUp, SayPresented
from bot.streams.deal.handoff import AcceptHandoff, GiveKudos
from bot.streams.deal.memo import JudgeMemo
from bot.streams.deal.opening import PauseDeal, ResumeDeal, SwitchListening
from bot.streams.deal.package import DraftAgain
from bot.streams.deal.parked import DecideParked
from bot.streams.deal.progress import ShareProgress
from bot.streams.deal.redlines import Answer, AnswerChange
from bot.streams.deal.signals import JudgeSignal
from bot.streams.deal.steps import TakeStep
from bot.streams.decision import Choice, Command, Link
from bot.streams.ids import COMPANY
from bot.streams.person.delivery import OpenRequests
from bot.streams.person.lending import TakeBack
from bot.streams.person.person import RateRequest
from bot.streams.tell import whoever

Made = Callable[[Ref, str], Command]
Shown = Callable[[Counter, Deal, Ref], dict[str, object]]

MOST_OPENED = 20


def _parked(ref: Ref, who: str, choice: Choice) -> Command:
    """`about` is the effect, `seen` which of its parkings the person looked at."""
    fence = int(ref.seen) if NUMBER.fullmatch(ref.seen) else -1
    return DecideParked(stream_id=ref.stream_id, actor=who, key=ref.about, fence=fence, choice=choice)


def _answered(ref: Ref, who: str, answer: Answer) -> Command:
    """`about` is the redline and its change, such as 1.3; what is neither is none that there is."""
    redline, change = (int(part) if NUMBER.fullmatch(part) else -1 for part in (ref.about + ".").split(".")[:2])
    told = {"stream_id": ref.stream_id, "actor": who, "redline": redline, "change": change}
    return AnswerChange(**told, answer=answer, seen=ref.seen)


# A press that is a decision: the command that it gives.
COMMANDS: dict[str, Made] = {
    ActionId.REDLINE_ACCEPT: lambda r, who: _answered(r, who, "accept"),
    ActionId.REDLINE_COUNTER: lambda r, who: _answered(r, who, "counter"),
    ActionId.REDLINE_ESCALATE: lambda r, who: _answered(r, who, "escalate"),
    ActionId.MEMO_ACCEPT: lambda r, who: JudgeMemo(stream_id=r.stream_id, actor=who, seen=r.seen, accepted=True),
    ActionId.HANDOFF_ACCEPT: lambda r, who: AcceptHandoff(stream_id=r.stream_id, actor=who, seen=r.seen),
    ActionId.REQUEST_OPEN: lambda r, who: OpenRequests(stream_id=r.stream_id, actor=who, bundle=number(r), most=1),
    ActionId.REQUEST_OPEN_ALL: lambda r, who: OpenRequests(
        stream_id=r.stream_id, actor=who, bundle=number(r), most=MOST_OPENED
    ),
    ActionId.PARKED_RETRY: lambda r, who: _parked(r, who, "retry"),
    ActionId.PARKED_SKIP: lambda r, who: _parked(r, who, "skip"),
    ActionId.PARKED_COMPENSATE: lambda r, who: _parked(r, who, "compensate"),
    ActionId.KUDOS_GIVE: lambda r, who: GiveKudos(stream_id=r.stream_id, actor=who),
    ActionId.LISTENING_STOP: lambda r, who: SwitchListening(stream_id=r.stream_id, actor=who, on=False),
    ActionId.LISTENING_START: lambda r, who: SwitchListening(stream_id=r.stream_id, actor=who, on=True),
    ActionId.DEAL_RESUME: lambda r, who: ResumeDeal(stream_id=r.stream_id, actor=who),
    ActionId.PROGRESS_SHARE: lambda r, who: ShareProgress(stream_id=r.stream_id, actor=who, seen=r.seen),
    ActionId.PACKAGE_AGAIN: lambda r, who: DraftAgain(stream_id=r.stream_id, actor=who, seen=r.seen),
    ActionId.CRM_ALIGN: lambda r, who: AlignCrm(stream_id=r.stream_id, actor=who),
    ActionId.POLICY_APPROVE: lambda r, who: DecidePolicy(stream_id=COMPANY, actor=who, seen=r.seen, yes=True),
    ActionId.POLICY_DECLINE: lambda r, who: DecidePolicy(stream_id=COMPANY, actor=who, seen=r.seen, yes=False),
    ActionId.PRACTICE_APPROVE: lambda r, who: DecidePractice(stream_id=COMPANY, actor=who, seen=r.seen, yes=True),
    ActionId.PRACTICE_DECLINE: lambda r, who: DecidePractice(stream_id=COMPANY, actor=who, seen=r.seen, yes=False),
    ActionId.PROPOSAL_ACCEPT: proposing.accepted,
    ActionId.LEND_BACK: lambda r, who: TakeBack(stream_id=r.stream_id, actor=who),
    ActionId.SYSTEM_STOP: lambda r, who: Pause(stream_id=COMPANY, actor=who, system="all"),
    ActionId.SYSTEM_RESUME: lambda r, who: Resume(stream_id=COMPANY, actor=who, system=r.about),
    **{
        action: partial(intel.decided, action)
        for action in (ActionId.NEWS_CUSTOMER, ActionId.NEWS_REP, ActionId.NEWS_NO, ActionId.STALE_SEEN)
    },
    ActionId.DELIVERY_PRESENTED: lambda r, who: SayPresented(stream_id=r.stream_id, actor=who),
    ActionId.FOLLOW_UP_SEND: lambda r, who: AnswerFollowUp(
        stream_id=r.stream_id, actor=who, number=number(r), send=True, seen=r.seen
    ),
    ActionId.FOLLOW_UP_LEAVE: lambda r, who: AnswerFollowUp(
        stream_id=r.stream_id, actor=who, number=number(r), send=False, seen=r.seen
    ),
    ActionId.SIGNAL_NOT_A_YES: lambda r, who: JudgeSignal(stream_id=r.stream_id, actor=who, no=number(r)),
    **documents.COMMANDS,
    **deciding.COMMANDS,
}

# A press that asks: what it shows, and the right that it needs.
VIEWS: dict[str, tuple[Permission, Shown]] = {
    **deciding.VIEWS,
    ActionId.ENVELOPE_REVIEW: (
        Permission.SEND_ENVELOPE,
        lambda c, deal, r: modals.send(deal, c.front.playbook, c.front.ask.known()),
    ),
    ActionId.PRICE_CHANGE: (Permission.REPRICE_DEAL, lambda c, deal, r: modals.reprice(deal, c.front.playbook)),
    ActionId.OVERRIDE_OPEN: (
        Permission.OVERRIDE_APPROVAL,
        lambda c, deal, r: people_forms.override(deal, c.front.ask.deciders(), c.front.dispatcher.clock().date()),
    ),
    ActionId.COUNTERSIGN_REVIEW: (
        Permission.COUNTERSIGN_CONTRACT,
        lambda c, deal, r: modals.countersign(deal, c.front.playbook, c.front.ask.known()),
    ),
    ActionId.MEMO_AMEND: (Permission.JUDGE_MEMO, lambda c, deal, r: modals.amend_memo(deal)),
    ActionId.DELIVERY_US: (Permission.SEND_ENVELOPE, lambda c, deal, r: delivery_forms.by_us(deal)),
    ActionId.DELIVERY_REP: (Permission.SEND_ENVELOPE, lambda c, deal, r: delivery_forms.by_rep(deal)),
    ActionId.DELIVERY_PRESENT: (Permission.SEND_ENVELOPE, lambda c, deal, r: delivery_forms.in_person(deal)),
    ActionId.HANDOFF_SEND_BACK: (Permission.DECIDE_HANDOFF, lambda c, deal, r: modals.handoff_back(deal)),
}


def pressed(counter: Counter, press: Press) -> None:
    """Always answered: by the card that changes, by a modal, or by words for the one who pressed."""
    if press.action == ActionId.HELP_OPEN:
        counter.say(press, answers.help_card(counter.front.playbook))
        return
    if press.ref is None:
        counter.say(press, counter.refusal("command.stale"))
        return
    if press.action in DECIDING:
        DECIDING[press.action](counter, press, press.ref)
    elif not counter.ours(press.who):
        counter.say(press, counter.refusal("outside.person"))
    else:
        _ask(counter, press, press.ref)


def _ask(counter: Counter, press: Press, ref: Ref) -> None:
    look = next((each for actions, each in ASKING if press.action in actions), _more)
    try:
        look(counter, press, ref)
    except Erased:
        counter.say(press, counter.refusal("stream.erased"))


def _step(counter: Counter, press: Press, ref: Ref) -> None:
    """A step that the company lets nobody but a person take."""
    step = next((step for step in Step if step == press.value), None)
    if step is None:
        counter.say(press, counter.refusal("command.stale"))
        return
    counter.decide(press, TakeStep(stream_id=ref.stream_id, actor=press.who, step=step, about=ref.about))


RATINGS = {ActionId.REQUEST_CLEAR: True, ActionId.REQUEST_UNCLEAR: False}


def _rate(counter: Counter, press: Press, ref: Ref) -> None:
    """Told to the person's own stream, whichever deal it is about."""
    if not counter.ours(press.who):
        counter.say(press, counter.refusal("outside.person"))
        return
    clear = RATINGS[ActionId(press.action)]
    told = RateRequest(stream_id=whoever("person"), actor=press.who, task_id=ref.about, clear=clear)
    counter.decide(press, told, Link("slack.user", press.who))


def _choose(counter: Counter, press: Press, ref: Ref) -> None:
    """An offer: its terms are the deal's own record of it, bound to the package that it was made beside."""
    deal = counter.front.ask.deal_if_kept(ref.stream_id)
    command = offering.chosen(deal, ref, press.who) if deal else None
    if command is None:
        counter.say(press, counter.refusal("offer.replaced" if counter.ours(press.who) else "outside.person"))
        return
    counter.decide(press, command)


def _decide(counter: Counter, press: Press, ref: Ref) -> None:
    counter.decide(press, COMMANDS[press.action](ref, press.who))


def _open(counter: Counter, press: Press, ref: Ref) -> None:
    permission, view = VIEWS[press.action]
    if not counter.front.ask.may(press.who, permission):
        counter.say(press, counter.refusal("permission.missing"))
        return
    deal = counter.front.ask.deal(ref.stream_id)
    if ref.seen and ref.seen != deal.package.hash:
        counter.say(press, counter.refusal("package.changed"))
        return
    counter.show(press, view(counter, deal, ref))


def _more(counter: Counter, press: Press, ref: Ref) -> None:
    """The deal card's overflow, and every button that only shows."""
    ask = counter.front.ask
    if not ask.may(press.who, Permission.SEE_DEAL):
        counter.say(press, counter.refusal("permission.missing"))
        return
    if press.value == More.PAUSE:
        outcome = counter.give(PauseDeal(stream_id=ref.stream_id, actor=press.who), press.key)
        if outcome.reason:
            counter.say(press, counter.refusal(outcome.reason))
        return
    deal = ask.deal(ref.stream_id)
    counter.say(press, _shown(counter, press, deal))


def _shown(counter: Counter, press: Press, deal: Deal) -> Card:
    ask, book = counter.front.ask, counter.front.playbook
    if press.value == More.DOCUMENTS:
        return documents.shown(counter, press.who, deal)
    if press.action == ActionId.APPROVALS_SHOW:
        return progress_card.card_of(deal, counter.front.dispatcher.clock(), book, ask.known())
    if press.value == More.WHY:
        return answers.why(deal, book, ask.known(), ask.texts(deal.id))
    return answers.status(deal, book, ask.known())


Look = Callable[[Counter, Press, Ref], None]
DECIDING: dict[str, Look] = {
    **dict.fromkeys(COMMANDS, _decide),
    **deciding.DECIDING,
    ActionId.STEP_TAKE: _step,
    ActionId.OFFER_CHOOSE: _choose,
    ActionId.REQUEST_CLEAR: _rate,
    ActionId.REQUEST_UNCLEAR: _rate,
    ActionId.PACKAGE_OPEN: documents.open_version,
    **dict.fromkeys(feedback.TAPS, feedback.tapped),
}
ASKING: tuple[tuple[Container[str], Look], ...] = (
    (at_home.ASKS, at_home.ask),
    (documents.FORMS, documents.ask),
    (frozenset({ActionId.INTEL_TELL}), intel.open_form),
    (feedback.FORMS, feedback.open_form),
    (proposing.FORMS, proposing.open_form),
    (VIEWS, _open),
)
