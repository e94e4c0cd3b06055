"""The people whom nobody plays: they answer what waits for them, after as long as a person takes."""

import random
import threading
import time
from dataclasses import dataclass

import requests

from sandbox import browser
from sandbox.slack import controls
from sandbox.slack.entities import Message
from sandbox.slack.errors import Json
from sandbox.slack.submitting import NotSubmitted
from sandbox.town import Town

LOOK_S = 1.0
FASTEST_S, SLOWEST_S = 4.0, 9.0
# What somebody agreeable presses when it is there, in this order.
AGREEABLE = ("approval.approve", "handoff.accept", "countersign.review", "envelope.review")
PUZZLED = (LookupError, PermissionError, NotSubmitted, requests.RequestException)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that waits for `user`: a button to press, or a letter with a page to sign."""

    user: str
    message: Message | None = None
    action: str = ""
    link: str = ""

    @property
    def key(self) -> tuple[str, str]:
        where = f"{self.message.channel}:{self.message.ts}:{self.message.edits}" if self.message else self.link
        return self.user, f"{where}:{self.action}"


class Others:
    """`except_for` is the one at the page: nothing is done in that name."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.on, self.except_for = False, ""
        self._stop = threading.Event()
        self._done: set[tuple[str, str]] = set()
        self._due: dict[tuple[str, str], float] = {}
        self._thread = threading.Thread(target=self._run, name="others", daemon=True)
        self._thread.start()

    def let(self, on: bool, except_for: str) -> None:
        self.on, self.except_for = on, except_for

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=30)

    def chores(self) -> list[Chore]:
        found = [chore for user in self._people() for chore in (*self._pressing(user), *self._signing(user))]
        return [chore for chore in found if chore.key not in self._done]

    def do(self, chore: Chore) -> None:
        """As a careful person does it: presses, and fills in what the modal asks."""
        self._done.add(chore.key)
        people = self._town.people
        if chore.message is None:
            browser.sign(chore.link, self._town.site.world.users[chore.user].name)
            return
        people.press(chore.user, chore.message.channel, chore.message.ts, chore.action)
        if (modal := people.modal(chore.user)) is not None:
            people.submit(chore.user, _filled(modal["blocks"]))

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            for chore in self.chores() if self.on else ():
                due = self._due.setdefault(chore.key, time.monotonic() + random.uniform(FASTEST_S, SLOWEST_S))
                if chore.user != self.except_for and time.monotonic() >= due and not self._stop.is_set():
                    self._try(chore)

    def _try(self, chore: Chore) -> None:
        try:
            self.do(chore)
        except PUZZLED:
            return  # somebody else was faster, or it is not theirs: people shrug and go on

    def _people(self) -> list[str]:
        return [user.id for user in list(self._town.site.world.users.values()) if not user.bot_id and not user.deleted]

    def _pressing(self, user: str) -> list[Chore]:
        world = self._town.site.world
        if world.is_foreign(user):
            return []
        own = [c.id for c in list(world.channels.values()) if user in c.members and c.name.startswith("deal-")]
        said = [m for m in self._town.people.dm(user) if m.bot]
        cards = [m for channel in own for m in self._town.people.messages(channel) if m.pinned]
        offered = [*said, *(cards if user in self._reps() else ())]
        return [Chore(user, m, action) for m in offered if (action := _agreeable(m))]

    def _reps(self) -> list[str]:
        return self._town.site.world.groups["reps"].users

    def _signing(self, user: str) -> list[Chore]:
        address = self._town.site.world.users[user].email.lower()
        start = f"{self._town.url}/p/"
        letters = [letter for letter in self._town.mail.letters if letter.to.lower() == address]
        return [Chore(user, link=link) for x in letters for link in x.links if link.startswith(start)][:1]


def _agreeable(message: Message) -> str:
    there = [control.action_id for control in controls.found(message.blocks)]
    return next((name for wanted in AGREEABLE for name in there if name.partition(":")[0] == wanted), "")


def _filled(blocks: list[Json]) -> Json:
    """Boxes are ticked; what has a first value keeps it."""
    found = controls.found(blocks)
    return {c.action_id: c.choices() for c in found if c.kind == "checkboxes" and not c.block.get("optional")}
