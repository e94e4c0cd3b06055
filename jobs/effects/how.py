"""How an effect is carried out, how it may be repeated, and what its runner is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

from bot.blocks.people import Known
from bot.documents.brand import Brand
from bot.figures import credit_rows
from bot.figures.credit_rows import Credits
from bot.playbook.schema import Playbook
from bot.store.anchors import Anchors
from bot.store.transaction import Store
from bot.streams.deal.deal import Deal
from bot.streams.decision import Command, Context, Link
from bot.streams.effects import Effect
from integrations.esign.port import Links
from integrations.files.port import ShareLinks
from integrations.mail.port import Requests
from integrations.ports import Ports


class Repeat(Enum):
    UPSERT = auto()  # the same values land in the same place
    KEYED = auto()  # the provider knows our idempotency key
    PROBE = auto()  # the runner looks for our marker first
    ASK = auto()  # an unknown outcome goes to a person


@dataclass(frozen=True, slots=True)
class Desk:
    """What every runner may use. `names` and `texts` are read when the effect runs, not when it was owed."""

    ports: Ports
    store: Store
    playbook: Playbook
    brand: Brand
    templates: Mapping[str, Mapping[str, str]]
    links: Links
    shares: ShareLinks
    requests: Requests
    anchors: Anchors
    code: str
    credit_file: Path | None = None

    def credits(self) -> Credits | None:
        """As the file is now; one that cannot be read says nothing of anybody. None where there is no such file."""
        if self.credit_file is None:
            return None
        try:
            return credit_rows.read(self.credit_file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as no:
            return credit_rows.unreadable(type(no).__name__)

    def known(self) -> Known:
        with self.store.snapshot() as tx:
            return Known(tx.people.names())

    def deal(self, stream_id: str) -> Deal:
        """An empty one for what is of no deal, such as news."""
        with self.store.snapshot() as tx:
            found = tx.ledger.load(stream_id, self.code).state
            return found if isinstance(found, Deal) else Deal(id=stream_id)

    def state(self, stream_id: str) -> Any:
        with self.store.snapshot() as tx:
            return tx.ledger.load(stream_id, self.code).state

    def context(self, now: datetime, *names: str, of: object = None) -> Context:
        """What a rule would be shown at this moment; `of` is the stream that it would decide for."""
        with self.store.snapshot() as tx:
            return Context(now=now, playbook=self.playbook, reads=tx.read(names, of))

    def texts(self, stream_id: str) -> dict[str, str]:
        with self.store.snapshot() as tx:
            return tx.texts.of(stream_id)


@dataclass(frozen=True, slots=True)
class Work:
    """One effect to carry out. `again`: an earlier try may already have done it."""

    effect: Any
    state: Any
    key: str
    again: bool
    now: datetime
    desk: Desk
    progress: Callable[[str], None] = lambda _told: None  # of a task that lasts: how far it is, such as "120 of 400"


@dataclass(frozen=True, slots=True)
class Told:
    """A command for another stream, or for whoever holds the address."""

    command: Command
    address: Link | None = None


Result = Command | Told | None
Runner = Callable[[Work], Result]


@dataclass(frozen=True, slots=True)
class How:
    """`leaves`: it reaches somebody or something outside of us, so that a stop holds it back. `long`: it may last
    more than 20 seconds, so that a process of its own carries it out and its lease is renewed meanwhile."""

    run: Runner
    repeat: Repeat
    leaves: bool = True
    long: bool = False


Table = dict[type[Effect], How]
