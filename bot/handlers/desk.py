"""What every listener works with: give a command, show a modal, say no in words."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.blocks import answers, modals
from bot.blocks.card import Card
from bot.crashpoints import crashpoint
from bot.dispatch import Heard
from bot.front import Front
from bot.handlers.bell import Bell
from bot.handlers.press import Press
from bot.handlers.scribe import Scribe
from bot.store.ledger import Outcome
from bot.streams.decision import Command, Link
from integrations.errors import Busy, Refused, Unauthorised, Unknown

log = logging.getLogger(__name__)
OUTSIDE = (Busy, Refused, Unauthorised, Unknown)


@dataclass(frozen=True, slots=True)
class Counter:
    """`later` runs what is a courtesy, after Slack has its answer."""

    front: Front
    bell: Bell = field(init=False)
    scribe: Scribe = field(init=False)
    later: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, "later"))

    def __post_init__(self) -> None:
        object.__setattr__(self, "bell", Bell(self.front.ring))
        object.__setattr__(self, "scribe", Scribe(self._write))

    def give(self, command: Command, key: str, address: Link | None = None) -> Outcome:
        outcome = self.front.dispatcher.execute(command, key, address)
        crashpoint("receive.committed")
        self.bell.ring(outcome.stream_id)
        return outcome

    def hear(self, heard: Heard) -> "Future[None]":
        """For what nobody waits to have answered. Done when it is written down."""
        return self.scribe.hear(heard)

    def decide(self, press: Press, command: Command, address: Link | None = None) -> bool:
        """Whether it was taken; a no is said in words to the one who pressed."""
        reason = self.give(command, press.key, address).reason
        if reason is not None:
            outside = reason == "permission.missing" and not self.ours(press.who)
            self.say(press, self.refusal("outside.person" if outside else reason))
        return reason is None

    def give_both(self, first: Command, then: Command, key: str) -> Outcome:
        """In one transaction, or neither."""
        outcome = self.front.dispatcher.both(first, then, key)
        crashpoint("receive.committed")
        for stream in (first.stream_id, then.stream_id):
            self.bell.ring(stream)
        return outcome

    def ours(self, who: str) -> bool:
        return who.partition(":")[0] == self.front.settings.slack_team_id

    def refusal(self, reason: str) -> Card:
        return answers.refusal(reason, {}, self.front.playbook)

    def say(self, press: Press, card: Card) -> None:
        """To the one who pressed, and nobody else."""
        if press.response_url:
            self.after(lambda: self.front.slack.respond(press.response_url, card.text, card.blocks))
        elif press.trigger:
            self.show(press, modals.shown(self.front.playbook.company.name, card.blocks))

    def show(self, press: Press, view: dict[str, object]) -> None:
        """Or, when it cannot be opened, the words for it."""
        if (card := self.open(press.trigger, view)) is not None and press.response_url:
            self.after(lambda: self.front.slack.respond(press.response_url, card.text, card.blocks))

    def open(self, trigger: str, view: dict[str, object]) -> Card | None:
        """The trigger lives for three seconds, so this is the one call out that a listener makes itself. The no in
        words when Slack did not open it."""
        try:
            self.front.slack.open_view(trigger, view)
        except OUTSIDE as no:
            log.warning("a modal was not opened: %s", no)
            return self.refusal("press.again" if str(no).endswith("trigger_id") else "unavailable")
        return None

    def after(self, work: Callable[[], object]) -> None:
        self.later.submit(_quietly, work)

    def _write(self, heard: Sequence[Heard]) -> None:
        streams = self.front.dispatcher.hear(heard)
        crashpoint("receive.committed")
        for stream in filter(None, dict.fromkeys(streams)):
            self.bell.ring(stream)


def _quietly(work: Callable[[], object]) -> None:
    try:
        work()
    except OUTSIDE as no:
        log.warning("an answer was not delivered: %s", no)
