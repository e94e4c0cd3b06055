"""Product and sandbox in one process, on real loopback sockets, each with a store and a clock of its own.

A story enters through an outside door and looks at the outside; `settle` carries out what is owed in between.
"""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import dispatch, front, wiring
from bot.handlers import slack_app, slack_socket, web
from bot.handlers.desk import Counter
from bot.streams.company.company import LookAround
from bot.streams.ids import COMPANY, SYSTEM
from integrations.clock.remote import RemoteClock
from jobs import worker
from jobs.doorbell import Doorbell
from jobs.operators import Watch
from jobs.relay import Relay
from sandbox.reading import lines
from sandbox.salesforce.seed import PAST_DEALS
from sandbox.slack.entities import Message
from sandbox.slack.people import People
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import CHANNEL, OPPORTUNITY, Walk, buttons, readable
from sandbox.web import WebServer

ROUNDS = 200
QUIET_S = 2.0
WAIT_S = 60.0
# A process keeps one clock an address, and it never goes back: where a world had its clock, no later one may have it.
CLOCKS_OF_OLD: list[socket.socket] = []


@dataclass
class Counted:
    """Every request that came in by one of the product's doors."""

    app: ASGIApp
    requests: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        await self.app(scope, receive, send)


@dataclass
class World:
    """`entered` and `looked` tell whether the story used a door, and looked at what is outside."""

    folder: Path
    seal_dir: Path
    database_url: str = ""
    more: Mapping[str, str] = field(default_factory=dict)  # settings beyond those of every world
    socket_mode: bool = False
    past: int = PAST_DEALS  # closed deals in Salesforce
    town: Town = field(init=False)
    entered: int = 0
    looked: int = 0
    ahead: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        self.town = Town(self.folder, database_url=self.database_url, socket_mode=self.socket_mode, past=self.past)
        self.town.open()
        self.walk = Walk(self.town, patience_s=WAIT_S, reading_s=0, nudge=self.settle)
        self._queue = Doorbell(str(self.folder / "no-queue"))
        self._front = front.build(self.settings, _unheard, self._queue.answers)
        self._doors = Counted(web.create(self._front))
        self._web = WebServer(self._doors, self.town.port)
        self._web.start()
        self.socket = slack_socket.listening(counter := Counter(self._front), slack_app.create(counter))
        if self.socket is not None:
            self.socket.start()
            until(lambda: self.town.site.socket.lines, WAIT_S, "the product's line to Slack")
        self.relay.dispatcher.execute(LookAround(stream_id=COMPANY, actor=SYSTEM), "look:first")
        self.settle()
        self._doors.requests = 0

    @cached_property
    def settings(self) -> wiring.Settings:
        """Only addresses and keys, as a real installation has them."""
        told = {name.lower(): value for name, value in {**self.town.environment(), **self.more}.items()}
        told["seal_dir"] = str(self.seal_dir)
        return wiring.Settings.model_validate({n: told[n] for n in wiring.Settings.model_fields if n in told})

    @cached_property
    def relay(self) -> Relay:
        made = worker.relay_of(self.settings, _unheard)
        return replace(made, clock=self.system_time)

    def system_time(self) -> datetime:
        return wiring.system_clock().now() + self.ahead

    @cached_property
    def due(self) -> Callable[[], list[str]]:
        return dispatch.due(self.relay.dispatcher, self.system_time)

    def settle(self) -> None:
        """Until nothing is under way in the sandbox and nothing is due in the product."""
        for _ in range(ROUNDS):
            self.town.site.queue.idle(QUIET_S)
            if self.town.outbound is not None:
                self.town.outbound.idle()
            streams = dict.fromkeys(self.due())
            if not streams:
                return
            for stream_id in streams:
                self.relay.poke(stream_id)
        raise AssertionError(f"it never settles; still due: {list(streams)}")

    def turn(self, **by: float) -> datetime:
        """Turns the clock as timedelta's words say, then lets happen what is due."""
        now = self.town.clock.turn(timedelta(**by))
        self.read_clock()
        self.settle()
        return now

    def passes(self, **by: float) -> None:
        """The system's time, by which calls are tried again, as timedelta's words say."""
        self.ahead += timedelta(**by)
        self.settle()
        self.look_out()
        self.settle()

    def look_out(self) -> None:
        """What the clock does every few seconds: are there troubles that the operators should know of?"""
        Watch(self.relay.dispatcher, self.relay.clock, _unheard)()
        self.settle()

    def read_clock(self) -> None:
        """The product looks at the clock five times a second; a story does not wait for that."""
        clock = wiring.clock(self.settings)
        assert isinstance(clock, RemoteClock)
        clock.read()

    def look(self) -> None:
        """Countersign looks again at who is who."""
        self.relay.dispatcher.execute(LookAround(stream_id=COMPANY, actor=SYSTEM), f"look:{wiring.mint()}")
        self.settle()

    def run(self, *words: str) -> str:
        """A command of the administrator's shell; its output. It must succeed."""
        self.entered, self.looked = self.entered + 1, self.looked + 1
        ran = self.town.run(*words, more=self.more)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def person(self, user: str) -> "Person":
        return Person(self, user)

    def card(self) -> str:
        """The deal's living card, as it is read aloud."""
        return self.read(self.walk.card)

    def said(self, channel: str = CHANNEL) -> list[str]:
        """By the app, in a channel (its id or its name), oldest first."""
        self.settle()
        self.looked += 1
        world = self.town.site.world
        known = world.channel_named(channel)
        found = world.messages.get(known.id if known else channel, [])
        return ["\n".join([m.text, *readable(m)]) for m in found if m.bot]

    def record(self, kind: str = "Opportunity", id: str = OPPORTUNITY) -> dict[str, Any]:
        """As it stands in Salesforce."""
        self.settle()
        self.looked += 1
        return self.town.org.get(kind, id)

    def read(self, look: Callable[[], Message]) -> str:
        self.settle()
        self.looked += 1
        return "\n".join(readable(look()))

    def close(self) -> None:
        if self.socket is not None:
            self.socket.stop()
        self._web.stop()
        for dispatcher in (self._front.dispatcher, self.relay.dispatcher):
            dispatcher.store.close()
        clock = urlsplit(self.town.clock.url)
        self.town.close()
        CLOCKS_OF_OLD.append(socket.create_server((str(clock.hostname), clock.port or 0)))

    def told(self) -> None:
        """A story that used no door, or looked at nothing, shows nothing."""
        assert self.entered + self._doors.requests + len(self.town.site.socket.told), (
            "nothing came in by an outside door"
        )
        assert self.looked, "nothing outside was looked at"


def _unheard(*_streams: str) -> None:
    """`settle` finds in the store what is due; nobody needs to be rung for. No method of a world: FastAPI remembers
    the doors of this process for good, and each would keep its whole world."""


@dataclass(frozen=True)
class Person:
    """Somebody of either company, who sees what Slack shows her, and acts."""

    world: World
    user: str

    def says(self, text: str, channel: str) -> str:
        ts = self.world.town.people.say(self.user, channel, text)
        self.world.settle()
        return ts

    def types(self, text: str, channel: str = "") -> str:
        """A slash command, such as "/deal status"; what the person alone is shown for it."""
        command, _, rest = text.partition(" ")
        return self._answer(lambda: self._people.command(self.user, self._where(channel), command, rest))

    def presses(self, button: str, value: str = "") -> None:
        """The newest message that has it, of her direct messages first, then of the deal's channel."""
        message = self.sees(button)
        self._people.press(self.user, message.channel, message.ts, button, value)
        self.world.settle()

    def tries(self, button: str, message: Message) -> str:
        """Presses what she may not, or no longer; the words that come back to her alone."""
        return self._answer(lambda: self._people.press(self.user, message.channel, message.ts, button))

    def fills(self, **values: Any) -> dict[str, str]:
        """The open modal, by action id, and submits it; the errors at its fields, by block id."""
        self._people.submit(self.user, values)
        self.world.settle()
        self.world.looked += 1
        return dict(self._people.field_errors(self.user))

    def sees(self, button: str) -> Message:
        def look() -> Message | None:
            self.world.settle()
            found = [*self._people.dm(self.user), *self._channel()]
            return next((m for m in reversed(found) if any(b.startswith(button) for b in buttons(m))), None)

        self.world.looked += 1
        return until(look, WAIT_S, f"a message to {self.user} with {button}")

    def reads(self, button: str = "") -> str:
        """Her newest direct message with that button, or her newest one at all, read aloud."""
        return self.world.read(lambda: self.sees(button) if button else self._people.dm(self.user)[-1])

    def modal(self) -> dict[str, Any]:
        self.world.looked += 1
        found: dict[str, Any] = until(lambda: dict(self._people.modal(self.user) or {}), WAIT_S, "a modal")
        return found

    def home(self) -> str:
        """Opens Home; what is published for it, read aloud."""
        journal = self.world.town.site.journal
        before = len(journal.calls("views.publish"))
        self._people.open_home(self.user)
        until(lambda: len(journal.calls("views.publish")) > before, WAIT_S, f"the Home of {self.user}")
        return self.at_home()

    def at_home(self) -> str:
        """As it stands there now, without opening it again."""
        self.world.settle()
        self.world.looked += 1
        found = self._people.home(self.user)
        return "\n".join(lines(found["blocks"])) if found else ""

    def presses_home(self, button: str, block: str = "") -> None:
        self._people.press_home(self.user, button, block)
        self.world.settle()

    @property
    def _people(self) -> People:
        return self.world.town.people

    def _channel(self) -> list[Message]:
        known = self.world.town.site.world.channel_named(CHANNEL)
        return self.world.town.site.world.messages.get(known.id, []) if known else []

    def _where(self, channel: str) -> str:
        if channel:
            return channel
        known = self.world.town.site.world.channel_named(CHANNEL)
        return known.id if known else str(self.world.town.site.app.bot_user)

    def _answer(self, act: Callable[[], object]) -> str:
        self.world.looked += 1
        before = len(self._people.ephemerals(self.user))
        act()
        self.world.settle()
        new = until(lambda: self._people.ephemerals(self.user)[before:], WAIT_S, f"an answer to {self.user}")
        return "\n".join(readable(new[-1]))
