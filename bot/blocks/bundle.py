"""What was held back, in one message: how many, how many need today, one line each, the most urgent first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, escape, moment, money, section, utc
from bot.figures.quiet import local
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox, Person
from bot.streams.person.settings import settled

SHOWN = 5
NOON, EVENING = 12, 18


def card_of(person: Person, waiting: Sequence[tuple[Deal, Inbox]], now: datetime, playbook: Playbook) -> Card:
    """`waiting` is not empty, and ordered."""
    today = sum(1 for _, item in waiting if item.task.by_when and item.task.by_when <= now + timedelta(days=1))
    urgent = f", {today} need{'s' if today == 1 else ''} you within a day" if today else ""
    greeting, count = _greeting(person, now, playbook), f"{len(waiting)} {_came(person, playbook)}{urgent}."
    more = len(waiting) - SHOWN
    return card(
        f"{greeting} {count} First: {waiting[0][1].task.title}{_due(waiting[0][1])}.",
        section(f"*{escape(greeting)}* {count}"),
        *(_line(number, deal, item) for number, (deal, item) in enumerate(waiting[:SHOWN], 1)),
        context(f"and {more} more" if more > 0 else ""),
        _buttons(person, waiting),
        context(_why(person, playbook)),
    )


def _line(number: int, deal: Deal, item: Inbox) -> Block | None:
    by = f" · by {moment(item.task.by_when)}" if item.task.by_when else ""
    made = deal.package.current
    total = money(made.contract.quote.total) if made and item.task.kind == "approval" else ""
    first = " · *critical deal*" if item.task.priority else ""
    return section(f"{number}. *{escape(item.task.title)}*", f"{total}{by}{first}".removeprefix(" · "))


def _due(item: Inbox) -> str:
    return f", by {utc(item.task.by_when)}" if item.task.by_when else ""


def _buttons(person: Person, waiting: Sequence[tuple[Deal, Inbox]]) -> Block:
    ref = Ref(stream_id=person.id, slot="bundle", about=str(person.delivery.bundles))
    first = Button(ActionId.REQUEST_OPEN, "Open the first", f"Open {waiting[0][1].task.title}", True)
    every = Button(ActionId.REQUEST_OPEN_ALL, "Open all", "Open all of these requests")
    return actions(ref, first, *([every] if len(waiting) > 1 else []))


def _greeting(person: Person, now: datetime, playbook: Playbook) -> str:
    profile = person.profile
    zone = profile.time_zone if profile else ""
    hour = local(now, zone, playbook.calendar_of(zone)).hour
    part = "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
    return f"Good {part}, {profile.name.split(' ')[0] if profile else 'colleague'}."


def _came(person: Person, playbook: Playbook) -> str:
    door = settled(person.wishes.preferences, playbook.notifications).door
    return "came in" if door == "digest" else "came in while you were off"


def _why(person: Person, playbook: Playbook) -> str:
    settings = settled(person.wishes.preferences, playbook.notifications)
    if settings.door == "digest":
        return playbook.word("bundle.digest")
    hours = f"{settings.quiet_from:%H:%M} to {settings.quiet_until:%H:%M}"
    return playbook.word("bundle.quiet", {"hours": hours, "per_day": str(settings.per_day)})
