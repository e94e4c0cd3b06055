"""A practice that past deals speak for, or against: what would change, the numbers, and its owner's word."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Button, Card, actions, card, context, escape, header, moment, section
from bot.blocks.people import Known
from bot.streams.company.company import Company
from bot.streams.company.practices import PracticeProposed
from bot.streams.ids import COMPANY
from bot.streams.person.person import Inbox

GONE = "A practice: newer numbers took the place of these."


def card_of(company: Company, item: Inbox, known: Known) -> Card:
    proposal = company.practices.proposal(item.task.seen)
    if proposal is None:
        return card(GONE, section(GONE))
    asks, told = _asks(proposal), [section(*(escape(line) for line in proposal.evidence.told))]
    answer = company.practices.answer(proposal)
    if answer is not None:
        ended = f"{known.name(answer.by)} {'agreed' if answer.yes else 'declined'}, {moment(answer.at)}"
        return card(f"{asks} {ended}.", header(asks), section(f":white_check_mark: {escape(ended)}"), *told)
    return card(f"{asks} {proposal.evidence.told[0]}", header(asks), *told, _buttons(proposal), context(_why(proposal)))


def _asks(of: PracticeProposed) -> str:
    says = of.evidence.practice.says
    return f"Retire the practice “{says}”?" if of.evidence.change == "retired" else f"Make it a practice: “{says}”?"


def _why(of: PracticeProposed) -> str:
    instead = f" It takes the place of {escape(', '.join(of.evidence.instead_of))}." if of.evidence.instead_of else ""
    return f"Why you: you own what is said here beside requests.{instead} Until your yes nothing changes."


def _buttons(of: PracticeProposed) -> dict[str, object]:
    seen = of.evidence.digest
    ref = Ref(stream_id=COMPANY, slot="practice", about=seen[:16], seen=seen)
    yes = "Retire it" if of.evidence.change == "retired" else "Make it one"
    return actions(
        ref,
        Button(ActionId.PRACTICE_APPROVE, yes, f"{yes}: {of.evidence.practice.says}"[:70], True),
        Button(ActionId.PRACTICE_DECLINE, "Leave it", "Leave the practices as they are"),
    )
