"""A reminder of a request: what it is, the one thing that is new, until when, and what else one can do than decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, day, escape, link, moment, money, section, utc
from bot.blocks.people import Known
from bot.figures.reminding import LEFT
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox
from bot.streams.person.reminding import ReminderHeld, Sent

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Look:
    """`news` are the words of what is new, `url` is where the request stands, `others` what else waits on her, `held`
    is when she wants to hear of it again."""

    deal: Deal
    sent: Sent
    item: Inbox
    news: Sequence[str]
    url: str
    others: Sequence[Inbox]
    held: ReminderHeld | None
    now: datetime
    playbook: Playbook
    known: Known


def card_of(look: Look) -> Card:
    task = look.item.task
    if look.item.closed_at is not None:
        over = f"{task.title}: decided, or no longer needed. Nothing more to do."
        return card(over, section(f":white_check_mark: *{escape(task.title)}:* decided, or no longer needed."))
    told, head = _told(look), look.playbook.word(f"remind.{look.sent.about.tone}")
    return card(
        f"{head}: {task.title}{_by(look, utc)}. {told}.",
        section(f"*{head}: {escape(task.title)}*", _terms(look), f"{escape(told)}."),
        _buttons(look),
        context(f"Also waiting on you: {_others(look.others)}.") if look.others else None,
        context(*_where(look)),
    )


def _terms(look: Look) -> str:
    made = look.deal.package.current
    total = money(made.contract.quote.total) if made else ""
    return f"{total}{_by(look, moment)}".removeprefix(", ")


def _by(look: Look, at: object) -> str:
    by_when = look.item.task.by_when
    if by_when is None or not callable(at):
        return ""
    return f", it was due {at(by_when)}" if by_when <= look.now else f", by {at(by_when)}"


def _told(look: Look) -> str:
    """Made from the deal as it is now; when that has nothing to tell by now, that it is still hers."""
    tells, words = look.sent.about.tells, tuple(look.news)
    if tells == LEFT or not words:
        return look.playbook.word("remind.left")
    match tells:
        case "waits" if words == (look.deal.customer,):
            return look.playbook.word("remind.out", {"what": look.deal.customer})
        case "waits":
            return look.playbook.word("remind.waits", {"what": " and ".join(words)})
        case "others":
            return look.playbook.word("remind.others", {"done": words[0], "of": words[1]})
        case "date":
            about = {"customer": look.deal.customer, "day": day(date.fromisoformat(words[0]))}
            return look.playbook.word("remind.date", about)
        case _:
            return look.playbook.word("remind.instead", {"name": look.known.name(words[0])})


def _buttons(look: Look) -> Block | None:
    task = look.item.task
    if look.held is not None and look.held.by_herself:
        return context(f"I remind you again {moment(look.held.until)}.")
    ref = Ref(stream_id=task.deal, slot="remind", about=task.about, seen=task.seen)
    return actions(
        ref,
        Button(ActionId.APPROVAL_PASS_ON, "Pass on…", f"Let somebody else decide {task.title}"),
        Button(ActionId.REMINDER_LATER, "Tomorrow morning", f"Be reminded of {task.title} tomorrow morning"),
        Button(ActionId.TIME_HOLD, "Hold time", f"Hold time in your calendar to decide {task.title}"),
    )


def _others(others: Sequence[Inbox]) -> str:
    named = ", ".join(escape(item.task.title) for item in others[:SHOWN])
    more = len(others) - SHOWN
    return f"{named} and {more} more" if more > 0 else named


def _where(look: Look) -> tuple[str, ...]:
    here = (
        f"{link(look.url, 'Decide it in the request')}. "
        if look.url
        else "Decide it in the request above, or in Home. "
    )
    return (f"{here}Quiet hours and how many messages you get are yours to set in Home.",)
