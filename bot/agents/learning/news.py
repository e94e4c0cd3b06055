"""News of competitors: told by one of ours, and used once whoever keeps the battle card has taken it."""

from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.streams.decision import NOTHING, Accept, Colleague, Context, Decision, Refuse
from bot.streams.ids import digest
from bot.streams.news.news import AskOwner, DecideNews, News, NewsDecided, NewsTold, OwnerAsked, TellNews
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def tell(news: News, command: TellNews, context: Context) -> Decision:
    """A fact without a source or a day is hearsay: it is not taken."""
    if news.told is not None:
        return Refuse("news.told")
    if (flaw := _flaw(command, context)) is not None:
        return flaw
    owner = _owner(command.card, (command.actor,), context)
    if owner is None:
        return Refuse("news.nobody")
    told = NewsTold(
        card=command.card,
        topic=command.topic,
        says=_line(command.says),
        source=_line(command.source),
        seen_on=command.seen_on,
        by=command.actor,
        at=context.now,
    )
    return Accept((told, OwnerAsked(person=owner, at=context.now)), (offer(owner, task_of(news.id, told, context)),))


def ask_owner(news: News, command: AskOwner, context: Context) -> Decision:
    """The next one, when who was asked is not there any more."""
    if news.told is None or news.decided is not None:
        return NOTHING
    owner = _owner(news.told.card, (news.told.by, *news.asked, command.without), context)
    if owner is None:
        return NOTHING
    asked = OwnerAsked(person=owner, at=context.now)
    return Accept((asked,), (offer(owner, task_of(news.id, news.told, context)),))


def decide(news: News, command: DecideNews, context: Context) -> Decision:
    """Never by who told it. What customers may read is on a topic, so that it stands beside what we say to it."""
    told = news.told
    if told is None:
        return Refuse("news.unknown")
    if news.decided is not None:
        return Refuse("news.decided")
    if command.actor == told.by:
        return Refuse("news.own")
    if command.verdict == "customer" and not told.topic:
        return Refuse("news.no_topic")
    decided = NewsDecided(verdict=command.verdict, by=command.actor, at=context.now)
    return Accept((decided,), tuple(close(person, task_id(news.id)) for person in news.asked))


def task_id(news_id: str) -> str:
    return f"{news_id}:news"


def task_of(news_id: str, told: NewsTold, context: Context) -> Task:
    name = context.playbook.battlecards[told.card].name
    seen = digest(told.card, told.topic, told.says, told.source, told.seen_on.isoformat())
    return Task(id=task_id(news_id), deal=news_id, kind="news", seen=seen, title=f"News of {name}")


def _flaw(command: TellNews, context: Context) -> Refuse | None:
    book = context.playbook
    if command.card not in book.battlecards:
        return Refuse("news.no_card", field="card")
    if command.topic and book.positioning.topic(command.topic) is None:
        return Refuse("news.no_card", field="topic")
    if not _line(command.says):
        return Refuse("news.empty", field="says")
    if not _line(command.source):
        return Refuse("news.no_source", field="source")
    if not book.positioning.is_fresh(command.seen_on, context.now.date()):
        return Refuse("news.not_fresh", field="seen_on")
    return None


def _line(text: str) -> str:
    """One line of letters that can be read: nothing of it steers a page or a card."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _owner(card: str, without: tuple[str, ...], context: Context) -> str | None:
    """Who holds the card's role and has least to do; else whoever may decide."""
    book = context.playbook
    groups = book.groups_of(book.battlecards[card].owner)
    free = [c for c in context.reads.colleagues if c.person not in without]
    mine = [c for c in free if c.groups & groups] or [c for c in free if _may(c, book)]
    return min(mine, key=lambda c: (c.open_tasks, c.person)).person if mine else None


def _may(colleague: Colleague, playbook: Playbook) -> bool:
    return playbook.may(colleague.groups, Permission.DECIDE_INTEL)
