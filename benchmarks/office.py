"""A company with as many open deals as are wanted, beside the sandbox: what the benchmarks begin with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from urllib.parse import urlencode

import sqlalchemy as sa

from bot import dispatch, wiring
from bot.dispatch import Dispatcher
from bot.store.tables import outbox
from bot.store.transaction import Transaction
from bot.streams.company.company import LookAround
from bot.streams.deal.opening import BindChannels, NoticeOpportunity, RecordCard, RecordOpportunity
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import Command, Link
from bot.streams.ids import COMPANY, SYSTEM, stream_id
from jobs import worker
from jobs.effects.opportunity import translated
from jobs.relay import Relay
from sandbox.slack.deliveries import Reply
from sandbox.slack.entities import Channel
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import MAYA, OPPORTUNITY

KNOWN_S = 60
AT_ONCE = 50  # deals in one transaction, while the store is filled


class OpenTown(Town):
    """On the system's clock, as a real workspace is: a turned one costs a call five times a second."""

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment().items() if name != "CLOCK_URL"}


T = TypeVar("T", bound=Town)


@contextmanager
def opened(kind: type[T]) -> Iterator[T]:
    """A company in a folder of its own, which goes with it; Countersign itself is not started."""
    with TemporaryDirectory() as folder:
        town = kind(Path(folder))
        town.open()
        try:
            yield town
        finally:
            town.close()


def everybody_known(town: Town) -> None:
    """Waits until Countersign knows who works here."""
    name = town.site.world.users[MAYA].name
    until(lambda: name in town.run("people", "list").stdout, KNOWN_S, "everybody is known")


@dataclass(frozen=True)
class Office:
    town: Town

    @cached_property
    def settings(self) -> wiring.Settings:
        told = {name.lower(): value for name, value in self.town.environment().items()}
        return wiring.Settings.model_validate({n: told[n] for n in wiring.Settings.model_fields if n in told})

    @cached_property
    def relay(self) -> Relay:
        return worker.relay_of(self.settings, lambda _stream: None)

    @property
    def dispatcher(self) -> Dispatcher:
        return self.relay.dispatcher

    def look_around(self) -> None:
        """Until everybody's rights are known."""
        self.dispatcher.execute(LookAround(stream_id=COMPANY, actor=SYSTEM), f"look:{wiring.mint()}")
        due = dispatch.due(self.dispatcher, self.relay.clock)
        while streams := dict.fromkeys(due()):
            for stream in streams:
                self.relay.poke(stream)

    def open_deals(self, first: int, last: int) -> list[str]:
        """Deals by number, each with an opportunity, a channel and a card. What they owe for that counts as done."""
        numbers, _ = range(first, last), self._template
        for at in numbers[::AT_ONCE]:
            some = range(at, min(at + AT_ONCE, last))
            self.dispatcher.attempt(partial(self._open_some, some))
        with sa.create_engine(self.settings.database_url).begin() as sql:
            sql.execute(outbox.update().where(outbox.c.done_at.is_(None)).values(done_at=datetime.now(UTC)))
        return [channel_of(number) for number in numbers]

    def _open_some(self, numbers: range, tx: Transaction) -> None:
        for number in numbers:
            self._open(tx, number)

    def _open(self, tx: Transaction, number: int) -> None:
        stream = stream_id("deal", wiring.mint())
        for command, link in self._commands(stream, number):
            outcome = self.dispatcher.answer(tx, command, f"seed:{number}:{type(command).__name__}", link)
            assert outcome.reason is None, outcome
        tx.project_later(tx.ledger.load(stream, self.dispatcher.code).state)

    def _commands(self, stream: str, number: int) -> Iterator[tuple[Command, Link | None]]:
        id, channel = f"006Bn{number:013d}", channel_of(number)
        about = {"stream_id": stream, "actor": SYSTEM}
        opportunity = self._template.model_copy(update={"id": id, "name": f"{self._template.name} {number}"})
        yield NoticeOpportunity(**about, opportunity_id=id), Link("salesforce.opportunity", id)
        yield RecordOpportunity(**about, opportunity=opportunity), None
        yield BindChannels(**about, channel=channel, name=f"deal-{number}"), None
        yield RecordCard(**about, channel=channel, ts=f"1700000000.{number:06d}"), None

    @cached_property
    def _template(self) -> Opportunity:
        read = translated(self.relay.desk.ports.crm.read(OPPORTUNITY))
        return read.model_copy(update={"stage": min(self.dispatcher.playbook.stages.listen_from)})

    def events(self, channels: list[str], number: int) -> list[dict[str, Any]]:
        """As Slack would send them: `number` messages, spoken in turn in these channels."""
        world, taken = self.town.site.world, list[dict[str, Any]]()
        for channel in channels:
            world.channels[channel] = Channel(
                channel, channel.lower(), True, members=[self.town.site.app.bot_user, MAYA]
            )
        told: Callable[..., None] = self.town.site.deliveries.event
        self.town.site.deliveries.event = taken.append  # type: ignore[assignment,method-assign]
        try:
            for n in range(number):
                self.town.people.say(MAYA, channels[n % len(channels)], f"Note {n}: the training is on 9 December.")
        finally:
            self.town.site.deliveries.event = told  # type: ignore[method-assign]
        return taken

    def commands(self, channels: list[str], number: int) -> list[str]:
        """As Slack would send them: `number` times /deal pause and, later, /deal resume, in turn in these channels."""
        forms = list[str]()

        def take(_kind: str, body: dict[str, Any]) -> Reply:
            forms.append(urlencode(body))
            return Reply(200, "", 0)

        tell: Callable[..., Reply] = self.town.site.deliveries.form
        self.town.site.deliveries.form = take  # type: ignore[assignment,method-assign]
        try:
            for n in range(number):
                word = "resume" if n // len(channels) % 2 else "pause"
                self.town.people.command(MAYA, channels[n % len(channels)], "/deal", word)
        finally:
            self.town.site.deliveries.form = tell  # type: ignore[method-assign]
        return forms


def channel_of(number: int) -> str:
    return f"C0BENCH{number:06d}"
