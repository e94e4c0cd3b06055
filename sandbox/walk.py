"""The first deal, walked by the people of both companies: each step waits for what it should cause."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from sandbox import browser
from sandbox.reading import lines
from sandbox.salesforce import seed
from sandbox.slack.entities import Channel, Message
from sandbox.slack.people import People
from sandbox.town import Town
from sandbox.wait import until

T = TypeVar("T")
PATIENCE_S = 60.0
READING_S = 0.5
MAYA, JONAS, PRIYA, INES = "U07MAYA0001", "U07JONAS001", "U07PRIYA001", "U07INES0001"
NOOR, TOM, CLARA, HENRIK = "U07NOOR0001", "U07TOM00001", "U09CLARA001", "U09HENRIK01"
SHARED, WINS = "C07BRIGHT02", "C07WINS0001"
OPPORTUNITY = "006Hn00001BWfrtIAA"
CHANNEL = "deal-brightwater-freight"
BOOKS = ("invoices", "schedules", "journals", "commissions")
PROMISE = "We will have the test company ready before your training on 9 December."
YES = "Yes, let's go ahead. We accept the offer with the 22% and 60 days, please send us the contract."
NO = "18% is what the volume carries"
TOTAL = "237,984.80"
YES_IF = "18% with the same 24 months, and I approve it today."


@dataclass
class Walk:
    """`tell` hears the story as it happens: who, and what was said or shown. `nudge` runs before each look."""

    town: Town
    tell: Callable[[str, str], object] = lambda who, what: None
    patience_s: float = PATIENCE_S
    reading_s: float = READING_S
    nudge: Callable[[], object] = lambda: None
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def people(self) -> People:
        return self.town.people

    def channel(self) -> Channel:
        return self._wait(lambda: self.town.site.world.channel_named(CHANNEL), "the deal's channel")

    def card(self) -> Message:
        """The pinned one."""
        channel = self.channel()
        return self._wait(lambda: next((m for m in self._said(channel.id) if self._pinned(m)), None), "the deal's card")

    def thread(self) -> list[Message]:
        world = self.town.site.world
        return world.replies(self.channel().id, self.card().ts)

    def negotiate(self) -> None:
        self.tell("Salesforce", "Maya moves the opportunity to Negotiation")
        seed.negotiate(self.town.org)
        self.show("Countersign, pinned in the deal's channel", self.card())
        self.show("Countersign, in the channel shared with the customer", self.introduction())

    def introduction(self) -> Message:
        """Pinned; people take a moment to read it before they write."""
        look = lambda: next((m for m in self._said(SHARED) if m.bot and self._pinned(m)), None)  # noqa: E731
        found = self._wait(look, "the introduction in the shared channel")
        time.sleep(self.reading_s)
        return found

    def promise(self) -> None:
        self.tell("Tom, in the shared channel", PROMISE)
        self.stamps["promise"] = self.people.say(TOM, SHARED, PROMISE)

    def agree(self) -> None:
        self.tell("Clara, in the shared channel", YES)
        self.stamps["yes"] = self.people.say(CLARA, SHARED, YES)
        self.show("Countersign, in the deal's channel only", self.signal())

    def signal(self) -> Message:
        card, channel = self.card(), self.channel().id
        look = lambda: next((m for m in self._said(channel) if m.bot and m.ts > card.ts and not m.thread_ts), None)  # noqa: E731
        return self._wait(look, "the signal card")

    def request(self, user: str, button: str) -> Message:
        """The newest direct message to one of ours that can be decided on with this button."""
        look = lambda: next((m for m in reversed(self.people.dm(user)) if _has(m, button)), None)  # noqa: E731
        return self._wait(look, f"a message to {user} with {button}")

    def press(self, user: str, message: Message, button: str) -> None:
        self.tell(self.name(user), f"presses {_label(message, button)}")
        self.people.press(user, message.channel, message.ts, button)

    def modal(self, user: str) -> dict[str, Any]:
        found: dict[str, Any] = self._wait(lambda: self.people.modal(user), f"a modal for {user}")
        return found

    def reject(self) -> None:
        asked = self.request(JONAS, "approval.reject")
        self.show("Countersign, to Jonas", asked)
        self.show("Countersign, to Priya", self.request(PRIYA, "approval.approve"))
        self.press(JONAS, asked, "approval.reject")
        self.modal(JONAS)
        self.tell("Jonas", f"{NO}. {YES_IF}")
        self.people.submit(JONAS, {"reason": NO, "yes_if": YES_IF})

    def reprice(self) -> None:
        again = self.request(MAYA, "price.change")
        self.show("Countersign, to Maya", again)
        self.press(MAYA, again, "price.change")
        self.modal(MAYA)
        self.tell("Maya", "18%, still 60 days")
        self.people.submit(MAYA, {"discount": "18", "payment_days": "60"})
        self._wait(lambda: self.prices() == {"18"}, "the new price in Salesforce")

    def prices(self) -> set[str]:
        """The discounts of the lines in Salesforce that have one."""
        rows = self.town.org.records("OpportunityLineItem")
        mine = [row["Discount"] for row in rows if row["OpportunityId"] == OPPORTUNITY and row["Discount"]]
        return {format(discount.normalize() if hasattr(discount, "normalize") else discount, "f") for discount in mine}

    def approve(self) -> None:
        for user in (JONAS, PRIYA):
            asked = self.asked(user, TOTAL)
            self.show(f"Countersign, to {self.name(user)}", asked)
            self.press(user, asked, "approval.approve")

    def asked(self, user: str, total: str) -> Message:
        """The request for the package of that total, once it is there."""
        return self._wait(partial(self._asked, user, total), f"a request to {user}: {total}")

    def ready(self) -> Message:
        return self._wait(lambda: self._card_with("envelope.review"), "the card with Review and send")

    def send(self) -> None:
        ready = self.ready()
        self.show("Countersign, the same card", ready)
        self.press(MAYA, ready, "envelope.review")
        self.modal(MAYA)
        self.people.submit(MAYA, {})

    def sign(self, user: str) -> browser.Browser:
        address = self.town.site.world.users[user].email
        self.nudge()
        letter = self.town.mail.wait_for(address, timeout=self.patience_s)
        self.tell(f"Mail to {self.name(user)}", letter.subject)
        link = next(link for link in self.town.mail.links(letter) if "/p/" in link)
        page = browser.sign(link, self.town.site.world.users[user].name)
        self.tell(self.name(user), "agrees, opens every document, and signs")
        return page

    def countersign(self) -> None:
        self.sign_for_us()
        self.won()

    def sign_for_us(self) -> None:
        asked = self.request(INES, "countersign.review")
        self.show("Countersign, to Ines", asked)
        self.press(INES, asked, "countersign.review")
        self.modal(INES)
        self.people.submit(INES, {"confirm": ["yes"]} if self._asks(INES, "confirm") else {})

    def won(self) -> None:
        self._wait(lambda: self.opportunity()["StageName"] == "Closed Won", "Closed Won in Salesforce")

    def booked(self) -> list[tuple[str, str]]:
        return [(book, entry.key) for book in BOOKS for entry in self.town.books.entries(book)]

    def opportunity(self) -> dict[str, Any]:
        return self.town.org.get("Opportunity", OPPORTUNITY)

    def hand_over(self) -> None:
        offered = self.request(NOOR, "handoff.accept")
        self.show("Countersign, to Noor", offered)
        self.press(NOOR, offered, "handoff.accept")

    def win(self) -> Message:
        post = self._wait(lambda: self._by_bot(WINS), "the win post")
        self.show("Countersign, in #wins", post)
        return post

    def in_books(self) -> None:
        self._wait(lambda: {book for book, _ in self.booked()} == set(BOOKS), "all four books")

    def settled(self) -> None:
        """Everything that was owed is done."""
        self.in_books()
        self._wait(lambda: not self._card_with("handoff.accept"), "the handoff")

    def play(self) -> None:
        self.until_approved()
        self.from_sending()

    def until_approved(self) -> None:
        for step in (self.negotiate, self.promise, self.agree, self.reject, self.reprice, self.approve):
            step()

    def from_sending(self) -> None:
        self.send()
        self.from_signing()

    def from_signing(self) -> None:
        for signer in (CLARA, HENRIK):
            self.sign(signer)
        self.countersign()
        self.hand_over()
        self.win()
        self.settled()

    def name(self, user: str) -> str:
        return self.town.site.world.users[user].name

    def show(self, where: str, message: Message) -> None:
        self.tell(where, "\n".join(readable(message)))

    def _wait(self, look: Callable[[], T | None], what: str) -> T:
        def nudged() -> T | None:
            self.nudge()
            return look()

        return until(nudged, self.patience_s, what)

    def _said(self, channel: str) -> list[Message]:
        return list(self.town.site.world.messages.get(channel, []))

    def _by_bot(self, channel: str) -> Message | None:
        return next((m for m in reversed(self._said(channel)) if m.bot), None)

    def _pinned(self, message: Message) -> bool:
        return any(pin.ts == message.ts for pin in self.town.site.world.pins.get(message.channel, []))

    def _card_with(self, button: str) -> Message | None:
        card = self.card()
        return card if _has(card, button) else None

    def _asked(self, user: str, title: str) -> Message | None:
        found = [m for m in reversed(self.people.dm(user)) if _has(m, "approval.approve")]
        return next((m for m in found if title in "\n".join(readable(m))), None)

    def _asks(self, user: str, action: str) -> bool:
        return any(b.get("element", {}).get("action_id") == action for b in self.modal(user).get("blocks", []))


def readable(message: Message) -> list[str]:

    return lines(message.blocks) or [message.text]


def buttons(message: Message) -> dict[str, str]:
    """action_id -> label."""
    found: dict[str, str] = {}
    for block in message.blocks:
        elements = [*block.get("elements", []), *([block["accessory"]] if block.get("accessory") else [])]
        for element in elements:
            if isinstance(element, dict) and element.get("action_id"):
                label = element.get("text") or {}
                found[element["action_id"]] = str(label.get("text", element["action_id"]))
    return found


def _has(message: Message, button: str) -> bool:
    return any(name == button or name.startswith(f"{button}:") for name in buttons(message))


def _label(message: Message, button: str) -> str:
    return buttons(message).get(button, button)
