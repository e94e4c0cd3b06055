"""The buttons of a proposal, and the form that asks for the reason of a no."""

from bot.blocks import inputs, proposal_card
from bot.blocks.actions import ActionId, Ref
from bot.handlers.desk import Counter
from bot.handlers.press import Press, Submission
from bot.questions.proposals import proposal_of
from bot.streams.company.proposals import Choice, DecideProposal
from bot.streams.decision import Command
from bot.streams.ids import COMPANY

LONGEST_REASON = 200
FORMS = frozenset({ActionId.PROPOSAL_DECLINE, ActionId.PROPOSAL_UNTRUE})


def accepted(ref: Ref, who: str) -> Command:
    return DecideProposal(stream_id=COMPANY, actor=who, about=ref.about, choice="accept")


def refused(told: Submission, ref: Ref, choice: Choice) -> Command:
    reason = told.text(inputs.REASON)[:LONGEST_REASON]
    return DecideProposal(stream_id=COMPANY, actor=told.who, about=ref.about, choice=choice, reason=reason)


def open_form(counter: Counter, press: Press, ref: Ref) -> None:
    """For who was asked; anybody else is told that it is not hers."""
    ask = counter.front.ask
    found = proposal_of(ask.store, ask.code, ref.about)
    if found is None or press.who not in found.raised.asked:
        counter.say(press, counter.refusal("approval.not_yours"))
        return
    counter.show(press, proposal_card.form(found, ActionId(press.action)))
