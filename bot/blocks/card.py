"""The parts of every card. Foreign words are escaped here, so that they can neither ping nor link nor format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.blocks.actions import ActionId, Ref
from bot.streams.money import Money, digits

Block = dict[str, Any]
SECTION = 2_900
HEADER = 140
TEXT = 420
LABEL = 70
ALT = 2_000
ZERO_WIDTH = "\u200b"


@dataclass(frozen=True, slots=True)
class Card:
    """`text` is the push notification and what a screen reader says: never empty, no mention, no token."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Button:
    """`label` is a verb; `about` says the same with its object, for who cannot see the card."""

    action: ActionId
    label: str
    about: str
    primary: bool = False
    value: str = ""
    url: str = ""
    confirm: tuple[str, str, str, str] | None = None  # title, text, yes, no
    danger: bool = False

    def block(self) -> Block:
        made: Block = {
            "type": "button",
            "action_id": self.action.value,
            "text": plain(self.label),
            "accessibility_label": cut(self.about, 75),
        }
        made |= {"style": "primary"} if self.primary else {}
        made |= {"style": "danger"} if self.danger else {}
        made |= {"value": self.value} if self.value else {}
        made |= {"url": self.url} if self.url else {}
        return made | ({"confirm": _confirm(*self.confirm)} if self.confirm else {})


def card(text: str, *blocks: Block | None) -> Card:
    return Card(cut(" ".join(text.split()), TEXT), [block for block in blocks if block is not None])


def header(text: str) -> Block:
    return {"type": "header", "text": plain(cut(text, HEADER))}


def section(*lines: str) -> Block | None:
    """Its lines are mrkdwn: what is foreign in them is escaped by who wrote them. None when all are empty."""
    kept = [line for line in lines if line]
    return {"type": "section", "text": mrkdwn("\n".join(kept))} if kept else None


def context(*lines: str) -> Block | None:
    kept = [line for line in lines if line]
    return {"type": "context", "elements": [mrkdwn(" · ".join(kept))]} if kept else None


def divider() -> Block:
    return {"type": "divider"}


def actions(ref: Ref, *elements: Button | Block) -> Block:
    made = [element.block() if isinstance(element, Button) else element for element in elements]
    return {"type": "actions", "block_id": route(ref), "elements": made}


def accessory(of: Block | None, ref: Ref, button: Button) -> Block | None:
    """The section with a button at its right; the route rides in the section."""
    return of | {"block_id": route(ref), "accessory": button.block()} if of else None


def image(file: str, alt: str) -> Block:
    """`file` is the id of a file that Slack holds; `alt` carries every number of it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": cut(alt, ALT)}


def overflow(action: ActionId, options: Sequence[tuple[str, str]]) -> Block:
    """`options` are (label, value)."""
    shown = [{"text": plain(label), "value": value} for label, value in options]
    return {"type": "overflow", "action_id": action.value, "options": shown}


def route(ref: Ref) -> str:
    return ref.model_dump_json(exclude_defaults=True)


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": cut(text, SECTION)}


def escape(text: str) -> str:
    """For mrkdwn: Slack's three characters, and what would begin a format, a link or a mention of its own."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "*_~`":
        safe = safe.replace(mark, mark + ZERO_WIDTH)
    return " ".join(safe.split())


def quote(text: str) -> str:
    return f"“{escape(text)}”"


def link(url: str, label: str) -> str:
    """Only to the web, and with nothing in it that could end the link."""
    if not url.startswith(("https://", "http://")) or any(mark in url for mark in "<>| \n"):
        return escape(label)
    return f"<{url}|{escape(label)}>"


def mention(person: str) -> str:
    """The tap on the shoulder, by team:user id."""
    return f"<@{person.partition(':')[2]}>"


def cut(text: str, most: int) -> str:
    """At a word, with an ellipsis."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    at = short.rfind(" ")
    return (short[:at] if at > most // 2 else short).rstrip() + "…"


def money(amount: Money) -> str:
    return f"{amount.currency} {amount.decimal():,.{digits(amount.currency)}f}"


def counted(number: int, noun: str) -> str:
    """English: one page, two pages."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def lasted(spent: timedelta) -> str:
    """How long ago, in the largest whole unit: 12 min, 3 h, 2 days."""
    minutes = max(int(spent.total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 1_440 else counted(minutes // 1_440, "day")


def share(basis_points: int) -> str:
    """One decimal, rounded down: a margin is never shown better than it is."""
    return f"{basis_points // 100}.{basis_points % 100 // 10}%"


def day(of: date) -> str:
    return f"{of.day} {of:%b %Y}"


def moment(at: datetime) -> str:
    """In the reader's own zone; the fallback is complete."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{utc(at)}>"


def utc(at: datetime) -> str:
    """For a text without tokens."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def _confirm(title: str, text: str, yes: str, no: str) -> Block:
    return {"title": plain(title), "text": mrkdwn(text), "confirm": plain(yes), "deny": plain(no)}
