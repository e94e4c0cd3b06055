"""What was given up and waits for a person, with its words; and the command that decides about it."""

from dataclasses import dataclass
from datetime import datetime

from bot.blocks import parked_card
from bot.playbook.schema import Playbook
from bot.store.parked import Parked
from bot.store.transaction import Store
from bot.streams.company.stranded import DecideStranded
from bot.streams.deal.parked import DecideParked
from bot.streams.decision import Choice
from bot.streams.effects import Lane
from bot.streams.ids import COMPANY


@dataclass(frozen=True, slots=True)
class Shown:
    """`deal` is the stream that owes it; `undo` is empty where nothing undoes it."""

    key: str
    stream: str
    system: str
    kind: str
    code: str
    since: datetime
    tries: int
    what: str
    why: str
    if_skipped: str
    undo: str


@dataclass(frozen=True, slots=True)
class Waiting:
    store: Store
    playbook: Playbook

    def every(self) -> list[Shown]:
        """The oldest first."""
        with self.store.snapshot() as tx:
            return [self._shown(row) for row in tx.parked.every()]

    def command(self, key: str, choice: Choice, actor: str) -> DecideParked | DecideStranded | None:
        """About the parking as it stands; None when nothing of that key waits."""
        with self.store.snapshot() as tx:
            row = tx.parked.of(key)
        if row is None:
            return None
        told = {"actor": actor, "key": key, "fence": row.fence, "choice": choice}
        if row.stream_id.startswith("deal:"):
            return DecideParked(stream_id=row.stream_id, **told)
        return DecideStranded(stream_id=COMPANY, **told)

    def _shown(self, row: Parked) -> Shown:
        words, lane = self.playbook.given_up(row.kind), Lane(row.lane)
        return Shown(
            key=row.key,
            stream=row.stream_id,
            system=lane.value,
            kind=row.kind,
            code=row.problem,
            since=row.at,
            tries=row.tries,
            what=words.what,
            why=parked_card.why(row.problem, lane, self.playbook),
            if_skipped=words.skip,
            undo=words.undo,
        )
