"""How I want to be told, and when I am away: each field says what holds when nothing is chosen."""

from datetime import date, time
from math import isfinite

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, day, plain, section
from bot.blocks.modals import modal
from bot.blocks.numbers import Numbers
from bot.figures.doors import typical
from bot.playbook.company import Door, Notifications
from bot.playbook.schema import Playbook
from bot.streams.money import Money
from bot.streams.person.person import Person
from bot.streams.person.settings import settled

DOORS: dict[Door, str] = {
    "quickest": "Whichever I answer sooner",
    "message": "A message for each, in Slack",
    "digest": "One message a day",
    "mail": "By mail",
    "home": "Only here, in Home",
}
LOUD = "loud"
SAMPLE = Money(minor=23_798_480, currency="EUR")


def settings(person: Person, playbook: Playbook) -> Block:
    """Filled in with what holds now."""
    book = playbook.notifications
    now = settled(person.wishes.preferences, book)
    body = [
        _select(inputs.DOOR, "How I tell you", DOORS, now.door),
        context(_so_far(person, playbook)),
        _time(inputs.QUIET_FROM, "Quiet from", now.quiet_from, "On your own clock; your free days are quiet too."),
        _time(
            inputs.QUIET_UNTIL, "Quiet until", now.quiet_until, "What came in meanwhile is told then, in one message."
        ),
        _input(inputs.PER_DAY, "Messages a day, at most", str(now.per_day), _budget(book)),
        _select(inputs.NUMBERS, "How numbers are written", _formats(book), now.numbers),
        _loud(now.critical_breaks_quiet),
        context(_where(person)),
    ]
    return modal(ViewId.SETTINGS, "Settings", ("Save", "Cancel"), Ref(stream_id=person.id, slot="settings"), body)


def away(person: Person, today: date) -> Block:
    """`today` is the day on the person's own clock."""
    said = person.wishes.away
    holds = said is not None and said.until_on >= today
    words = f"*You said: away from {day(said.from_on)} to {day(said.until_on)}.*" if said and holds else ""
    body = [
        section(words),
        _date(inputs.FROM_ON, "First day", said.from_on if said and holds else today),
        _date(inputs.UNTIL_ON, "Last day", said.until_on if said and holds else today),
        context("Approvals go to the next who may decide. Back early? Set the last day before the first."),
    ]
    return modal(ViewId.AWAY, "I am away", ("Save", "Cancel"), Ref(stream_id=person.id, slot="away"), body)


def _so_far(person: Person, playbook: Playbook) -> str:
    """Of her own decisions, for herself alone."""
    sent, rules = person.doors.sent, playbook.doors
    known = [(words, typical(sent, door, rules)) for door, words in (("message", "messages"), ("mail", "mail"))]
    told = [f"{words} within {time:.0f} minutes" for words, time in known if time is not None and isfinite(time)]
    half = f"Half of your approvals so far: by {', by '.join(told)} of working time. " if told else ""
    up_to = " or ".join(f"{currency} {limit:,}" for currency, limit in rules.mail_up_to.items())
    by_mail = f"By mail you can decide deals up to {up_to}, with a code that I send you here."
    return f"{half}{by_mail} Urgent requests come here, too."


def _budget(book: Notifications) -> str:
    return (
        f"A whole number from 1 to {book.most_per_day}; the rest comes together in one message. Usual: {book.per_day}."
    )


def _formats(book: Notifications) -> dict[str, str]:
    return {name: f"{Numbers(name).money(SAMPLE)} ({name.partition('_')[2]})" for name in book.numbers_offered}


def _where(person: Person) -> str:
    zone = person.profile.time_zone if person.profile else ""
    known = f"Your clock is {zone}, as Slack says." if zone else ""
    return " ".join(part for part in (known, "What waits on you always stands in Home, whatever you choose.") if part)


def _loud(now: bool) -> Block:
    option = {"text": plain("Tell me at once when a signer says no, also in quiet hours"), "value": LOUD}
    element: Block = {"type": "checkboxes", "action_id": inputs.CRITICAL, "options": [option]}
    element |= {"initial_options": [option]} if now else {}
    return _field(inputs.CRITICAL, "What may break the quiet", element) | {"optional": True}


def _select(name: str, label: str, offered: dict[Door, str] | dict[str, str], now: str) -> Block:
    options = [{"text": plain(words), "value": value} for value, words in offered.items()]
    element: Block = {"type": "static_select", "action_id": name, "options": options}
    chosen = next((option for option in options if option["value"] == now), None)
    return _field(name, label, element | ({"initial_option": chosen} if chosen else {}))


def _time(name: str, label: str, now: time, hint: str) -> Block:
    return _field(name, label, {"type": "timepicker", "action_id": name, "initial_time": f"{now:%H:%M}"}, hint)


def _date(name: str, label: str, now: date) -> Block:
    return _field(name, label, {"type": "datepicker", "action_id": name, "initial_date": now.isoformat()})


def _input(name: str, label: str, now: str, hint: str) -> Block:
    return _field(name, label, {"type": "plain_text_input", "action_id": name, "initial_value": now}, hint)


def _field(name: str, label: str, element: Block, hint: str = "") -> Block:
    made: Block = {"type": "input", "block_id": name, "label": plain(label), "element": element}
    return made | ({"hint": plain(hint)} if hint else {})
