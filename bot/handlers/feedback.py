"""The two taps of a question how an approval was, and the form for words; told to the person's own stream."""

from bot.blocks import feedback_card, inputs
from bot.blocks.actions import ActionId, Ref
from bot.handlers.desk import Counter
from bot.handlers.press import Press, Submission, number
from bot.streams.decision import Command, Link
from bot.streams.person.feedback import LONGEST, AddWords, GiveFeedback, NameFriction
from bot.streams.tell import whoever

LONGEST_KEY = 100
FORMS = frozenset({ActionId.FEEDBACK_WORDS})
TAPS = frozenset({*feedback_card.ANSWERS, *feedback_card.FRICTIONS})


def tapped(counter: Counter, press: Press, ref: Ref) -> None:
    if not counter.ours(press.who):
        counter.say(press, counter.refusal("outside.person"))
        return
    outcome = counter.give(_command(press, ref), press.key, Link("slack.user", press.who))
    if outcome.reason is not None:
        counter.say(press, counter.refusal(outcome.reason))


def open_form(counter: Counter, press: Press, ref: Ref) -> None:
    """Hers alone."""
    person = counter.front.ask.person(press.who)
    asked = person.feedback.of(number(ref)) if person is not None and person.id == ref.stream_id else None
    if person is None or asked is None or not asked.answer:
        counter.say(press, counter.refusal("command.stale"))
        return
    counter.show(press, feedback_card.form(person, asked, counter.front.playbook.feedback))


def words(told: Submission, ref: Ref) -> Command:
    said = told.text(inputs.WORDS)[:LONGEST]
    return AddWords(stream_id=ref.stream_id, actor=told.who, no=number(ref), words=said)


def _command(press: Press, ref: Ref) -> Command:
    chosen = press.value[:LONGEST_KEY]
    if press.action in feedback_card.ANSWERS:
        return GiveFeedback(stream_id=whoever("person"), actor=press.who, no=number(ref), answer=chosen)
    return NameFriction(stream_id=whoever("person"), actor=press.who, no=number(ref), friction=chosen)
