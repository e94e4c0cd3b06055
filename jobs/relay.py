"""Carries out what a stream owes. Killed anywhere, the lease runs out and another worker goes on."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from rq.timeouts import BaseTimeoutException

from bot import wiring
from bot.agents.table import COMMANDS
from bot.crashpoints import crashpoint
from bot.dispatch import Dispatcher
from bot.store.deadlines import Due
from bot.store.errors import Away, LostRace
from bot.store.outbox import Owed
from bot.store.transaction import Transaction
from bot.streams.deal.deal import Deal
from bot.streams.effects import OURS, Lane
from integrations.errors import Refused
from jobs import breaker, settling, verdict
from jobs.breaker import Admission
from jobs.crew import Crew
from jobs.effects.how import Desk, How, Repeat, Result, Work
from jobs.effects.table import EFFECTS
from jobs.keeper import kept
from jobs.settling import Settled

log = logging.getLogger(__name__)
STOPPED_WAIT_S = 2


class OutOfTime(Exception):
    """Too little of the lease is left for a call."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a stream has to do at one moment; `marked` when its reads are older than its facts."""

    due: list[Due]
    lanes: list[Lane]
    marked: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the record said at the moment before the lease: facts, the right to it, a stop."""

    state: Any
    allowed: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Taken:
    owed: Owed
    seen: Seen


@dataclass(frozen=True, slots=True)
class Relay:
    """`clock` is transport time (the system's); business time is the dispatcher's. No call outlives `deadline`.

    `long` says which effects this process takes: those that last, the others, or (None) all of them; `ring_long`
    wakes the process that takes those that last.
    """

    dispatcher: Dispatcher
    desk: Desk
    clock: Callable[[], datetime]
    ring: Callable[[str], object]
    lease: timedelta
    deadline: timedelta
    chance: verdict.Chance = wiring.chance
    long: bool | None = None
    ring_long: Callable[[str], object] = lambda _stream: None
    crew: Crew = field(default_factory=Crew)

    def __post_init__(self) -> None:
        if self.lease <= 2 * self.deadline:
            raise ValueError("a lease must outlive two calls")

    def poke(self, stream_id: str) -> None:
        """Deadlines, then all lanes at once, so that a slow one holds up no other; again while results owe more."""
        while self._goes_on(stream_id, found := self._look(stream_id)):
            pass
        if found.marked:
            self.dispatcher.attempt(partial(self._project, stream_id), lasting=False)

    def take(self, stream_id: str, lane: Lane) -> Taken | None:
        """The lease of the lane's first effect, when a stop, the provider and the budget for repeats allow it."""
        now = self.clock()
        with self.dispatcher.store.snapshot() as tx:
            first = tx.outbox.head(stream_id, lane, now)
            seen = self._see(tx, first) if first is not None else None
        if first is None or seen is None or self._elsewhere(first):
            return None
        if seen.stopped:
            self.dispatcher.attempt(lambda tx: tx.outbox.defer(first, self._after(STOPPED_WAIT_S)))
            return None
        lasting = EFFECTS[type(first.effect)].repeat is not Repeat.UPSERT
        owed = self.dispatcher.attempt(partial(self._lease, first, now), lasting)
        crashpoint("lease.taken")
        return Taken(owed, seen) if owed is not None else None

    def settle(self, owed: Owed, result: Result) -> Settled:
        """One transaction. The result is dropped when the lease was lost meanwhile."""
        return settling.settle(self.dispatcher, self.clock, self.ring, owed, result)

    def _lease(self, first: Owed, now: datetime, tx: Transaction) -> Owed | None:
        owed = self._admitted(tx, first, now, now + self.lease)
        crashpoint("lease.taking")
        return owed

    def _admitted(self, tx: Transaction, first: Owed, now: datetime, until: datetime) -> Owed | None:
        lane = first.effect.lane
        if lane in OURS or breaker.indifferent(tx.breakers.glance(lane, now), first.repeats):
            return tx.outbox.hold(first, until)
        row, admission = breaker.admit(tx.breakers.of(lane, now), now, until, first.repeats)
        if admission is Admission.OVER_BUDGET:
            tx.outbox.defer(first, self._after(verdict.backoff(first.tries, self.chance)))
        if admission is not Admission.YES:
            return None
        held = tx.outbox.hold(first, until)
        if held is not None:
            tx.breakers.write(row)
        return held

    def _elsewhere(self, first: Owed) -> bool:
        lasts = EFFECTS[type(first.effect)].long
        if self.long is None or lasts is self.long:
            return False
        (self.ring_long if lasts else self.ring)(first.stream_id)
        return True

    def _look(self, stream_id: str) -> Waiting:
        with self.dispatcher.store.snapshot() as tx:
            due = tx.deadlines.of(stream_id, self.dispatcher.clock())
            return Waiting(due, tx.outbox.lanes(stream_id, self.clock()), tx.marks.is_set(stream_id))

    def _goes_on(self, stream_id: str, found: Waiting) -> bool:
        fired = [self._fired(deadline) for deadline in found.due]
        return any(fired) or self.crew.run(stream_id, found.lanes, self._drain, self.ring)

    def _fired(self, due: Due) -> bool:
        """A bug of ours keeps nothing else of the stream waiting: what is left counts as late, and is tried again."""
        try:
            self.dispatcher.attempt(partial(self._fire, due))
        except (Away, LostRace, BaseTimeoutException):
            raise
        except Exception:
            log.exception("a deadline failed", extra={"stream": due.stream_id, "command": due.command})
            return False
        return True

    def _drain(self, stream_id: str, lane: Lane) -> bool:
        moved = False
        while (taken := self.take(stream_id, lane)) is not None:
            moved = True
            if self._carry_out(taken) is Settled.LAST:
                break
        return moved

    def _carry_out(self, taken: Taken) -> Settled:
        owed, how = taken.owed, EFFECTS[type(taken.owed.effect)]
        try:
            return self.settle(owed, self._run(taken, how))
        except OutOfTime:
            settling.give_back(self.dispatcher, owed, self.clock())
        except Exception as error:
            said = verdict.of(error, owed.tries, owed.failures, how.repeat, self.chance)
            if said.code == verdict.BUG:
                log.exception("an effect failed", extra={"effect": owed.key})
            settling.put_right(self.dispatcher, self.clock, owed, said)
        return Settled.NOT

    def _run(self, taken: Taken, how: How) -> Result:
        owed = taken.owed
        if not taken.seen.allowed:
            raise Refused("permission.lost")
        if owed.begun:
            raise Refused(verdict.UNKNOWN)  # whoever held it before may have done it
        with kept(self.dispatcher.store, self.clock, self.lease, owed, how.long) as progress:
            again = owed.tries > 0 and how.repeat is not Repeat.UPSERT
            work = Work(owed.effect, taken.seen.state, owed.key, again, self.dispatcher.clock(), self.desk, progress)
            if owed.leased_until is not None and self.clock() + 2 * self.deadline > owed.leased_until:
                raise OutOfTime
            crashpoint("call.before")
            if how.repeat is Repeat.ASK:
                self._begin(owed)
            result = how.run(work)
            crashpoint("call.done")
            return result

    def _begin(self, owed: Owed) -> None:
        if not self.dispatcher.attempt(lambda tx: tx.outbox.begin(owed, self.clock())):
            raise OutOfTime

    def _see(self, tx: Transaction, owed: Owed) -> Seen:
        state = tx.ledger.load(owed.stream_id, self.dispatcher.code).state
        return Seen(state, self.dispatcher.may(tx, owed.warrant), _stopped(tx, owed, state))

    def _after(self, seconds: float) -> datetime:
        return self.clock() + timedelta(seconds=seconds)

    def _fire(self, due: Due, tx: Transaction) -> None:
        tx.ledger.lock(due.stream_id)
        tx.deadlines.drop_fired(due)
        crashpoint("deadline.dropped")
        command = COMMANDS[due.command].model_validate_json(due.body)
        self.dispatcher.answer(tx, command, due.id)

    def _project(self, stream_id: str, tx: Transaction) -> None:
        tx.project_later(tx.ledger.load(stream_id, self.dispatcher.code).state)
        crashpoint("project.written")


def _stopped(tx: Transaction, owed: Owed, state: object) -> bool:
    """What is owed stays owed; nothing leaves."""
    if not EFFECTS[type(owed.effect)].leaves:
        return False
    systems = {stop.system for stop in tx.switches.stops()}
    paused = isinstance(state, Deal) and state.opening.paused is not None
    return paused or bool(systems & {"all", owed.effect.lane.value})
