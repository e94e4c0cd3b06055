"""A person's own rule on being asked how an approval was: rarely, never when it disturbs, once about a deal."""

from datetime import datetime, timedelta

from bot.agents.people.routing import moment, spent
from bot.playbook.feedback import NOTHING as NO_FRICTION
from bot.playbook.schema import Playbook
from bot.streams.decision import NOTHING, Accept, Command, Context, Decision, Refuse
from bot.streams.feedback_effects import PostFeedback, RefreshFeedback
from bot.streams.person.feedback import (
    AddWords,
    Asked,
    AskFeedback,
    FeedbackAsked,
    FeedbackGiven,
    FeedbackPosted,
    FrictionNamed,
    GiveFeedback,
    NameFriction,
    RecordFeedbackPosted,
    WordsAdded,
)
from bot.streams.person.person import Person


def ask(person: Person, command: AskFeedback, context: Context) -> Decision:
    """Nothing is held back for later: a question that would disturb is not asked at all."""
    book, here = context.playbook, moment(person, context.now, context.playbook)
    if person.profile is None or not person.profile.active or person.wishes.is_away(here.at.date()):
        return NOTHING
    if here.settings.door not in ("message", "quickest") or here.quiet is not None or spent(person, here):
        return NOTHING
    if any(person.feedback.about(command.about.deal)) or lately(person, context.now, book):
        return NOTHING
    no = len(person.feedback.asked) + 1
    fact = FeedbackAsked(no=no, about=command.about, on=here.at.date(), at=context.now)
    return Accept((fact,), (PostFeedback(no=no),))


def lately(person: Person, now: datetime, book: Playbook) -> bool:
    """She was asked something about a request so few days ago: how it was, or whether it was clear."""
    asked = [item.closed_at for item in person.inbox if item.asks and item.closed_at]
    last = max((at for at in (*asked, person.feedback.last_at) if at), default=None)
    return last is not None and now - last < timedelta(days=book.feedback.apart_days)


def give(person: Person, command: GiveFeedback, context: Context) -> Decision:
    asked = _hers(person, command, command.no)
    if isinstance(asked, Refuse):
        return asked
    answer = context.playbook.feedback.answer(command.answer)
    if answer is None or asked.answer:
        return Refuse("command.stale")
    fact = FeedbackGiven(no=asked.no, answer=answer.id, score=answer.score, at=context.now)
    return Accept((fact,), (RefreshFeedback(no=asked.no),))


def name_friction(person: Person, command: NameFriction, context: Context) -> Decision:
    asked = _hers(person, command, command.no)
    if isinstance(asked, Refuse):
        return asked
    offered = {each.id for each in context.playbook.feedback.offered(asked.about.side)} | {NO_FRICTION}
    if command.friction not in offered or not asked.answer or asked.friction:
        return Refuse("command.stale")
    fact = FrictionNamed(no=asked.no, friction=command.friction, at=context.now)
    return Accept((fact,), (RefreshFeedback(no=asked.no),))


def add_words(person: Person, command: AddWords, context: Context) -> Decision:
    asked = _hers(person, command, command.no)
    if isinstance(asked, Refuse):
        return asked
    if not command.words.strip():
        return Refuse("reason.missing", "words")
    if not asked.answer or asked.words:
        return Refuse("command.stale")
    fact = WordsAdded(no=asked.no, words=command.words.strip(), at=context.now)
    return Accept((fact,), (RefreshFeedback(no=asked.no),))


def record_posted(person: Person, command: RecordFeedbackPosted, context: Context) -> Decision:
    return Accept((FeedbackPosted(no=command.no, channel=command.channel, ts=command.ts),))


def _hers(person: Person, command: Command, no: int) -> Asked | Refuse:
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    return person.feedback.of(no) or Refuse("command.stale")
