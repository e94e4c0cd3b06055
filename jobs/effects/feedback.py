"""The question how an approval was, in a message of its own; its next taps take its place."""

from bot.blocks import feedback_card
from bot.blocks.card import Card
from bot.store.errors import Erased
from bot.streams.feedback_effects import PostFeedback, RefreshFeedback
from bot.streams.ids import SYSTEM
from bot.streams.person.feedback import Asked, RecordFeedbackPosted
from bot.streams.person.person import Person
from jobs.effects.how import Work


def post(work: Work) -> RecordFeedbackPosted | None:
    person: Person = work.state
    effect: PostFeedback = work.effect
    asked = person.feedback.of(effect.no)
    if asked is None or asked.answer or person.profile is None:
        return None
    card = _card(work, asked)
    user = person.profile.user.partition(":")[2]
    posted = work.desk.ports.slack.post(work.key, user, card.text, card.blocks, probe=work.again)
    return RecordFeedbackPosted(stream_id=person.id, actor=SYSTEM, no=effect.no, channel=posted.channel, ts=posted.ts)


def refresh(work: Work) -> None:
    person: Person = work.state
    effect: RefreshFeedback = work.effect
    asked = person.feedback.of(effect.no)
    if asked is not None and asked.ts:
        card = _card(work, asked)
        work.desk.ports.slack.update(asked.channel, asked.ts, card.text, card.blocks)


def _card(work: Work, asked: Asked) -> Card:
    return feedback_card.card_of(work.state, asked, _customer(work, asked), work.desk.playbook.feedback)


def _customer(work: Work, asked: Asked) -> str:
    try:
        return work.desk.deal(asked.about.deal).customer
    except Erased:
        return ""
