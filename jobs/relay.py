"""Carries out what a stream owes. Killed anywhere, the lease runs out and another worker goes on."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.agents.table import COMMANDS
from bot.crashpoints import crashpoint
from bot.dispatch import Dispatcher
from bot.store.deadlines import Due
from bot.store.errors import Erased
from bot.store.ledger import Outcome
from bot.store.outbox import Owed
from bot.store.transaction import Transaction
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import ReportTrouble
from bot.streams.effects import Lane
from bot.streams.ids import SYSTEM
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from jobs.effects.how import Desk, Repeat, Result, Told, Work
from jobs.effects.table import EFFECTS

log = logging.getLogger(__name__)
LONGEST_WAIT_S = 300
STOPPED_WAIT_S = 2
TRIES = 10


@dataclass(frozen=True, slots=True)
class Relay:
    """`clock` is transport time (the system's); business time is the dispatcher's. No call outlives `deadline`."""

    dispatcher: Dispatcher
    desk: Desk
    clock: Callable[[], datetime]
    ring: Callable[[str], object]
    lease: timedelta
    deadline: timedelta

    def __post_init__(self) -> None:
        if self.lease <= 2 * self.deadline:
            raise ValueError("a lease must outlive two calls")

    def poke(self, stream_id: str) -> None:
        """Deadlines, then all lanes at once, so that a slow one holds up no other; again while results owe more."""
        while self._fire(stream_id) or self._drain_all(stream_id):
            pass
        self._project(stream_id)

    def take(self, stream_id: str, lane: Lane) -> Owed | None:
        now = self.clock()
        with self.dispatcher.store.transaction() as tx:
            owed = tx.outbox.lease(stream_id, lane, now, now + self.lease)
            crashpoint("lease.taking")
        crashpoint("lease.taken")
        return owed

    def settle(self, owed: Owed, result: Result) -> bool:
        """One transaction. False, and the result is dropped, when the lease was lost meanwhile."""
        told = result if isinstance(result, Told) or result is None else Told(result)
        woken: list[str] = []

        def both(tx: Transaction) -> bool:
            ours = tx.outbox.settle(owed, self.clock())
            crashpoint("settle.marked")
            if ours and told is not None:
                outcome = self.dispatcher.answer(tx, told.command, owed.key, told.address)
                woken[:] = [outcome.stream_id]
                self._refused(tx, owed, outcome)
            crashpoint("settle.answered")
            return ours

        done = self.dispatcher.attempt(both)
        crashpoint("settle.done")
        for other in woken:
            if other != owed.stream_id:
                self.ring(other)
        return done

    def _refused(self, tx: Transaction, owed: Owed, outcome: Outcome) -> None:
        """A result that a rule does not take is nothing that anybody sees, unless it is said."""
        if outcome.reason is None or not outcome.stream_id.startswith("deal:"):
            return
        log.warning("%s: its result was refused: %s", owed.key, outcome.reason)
        trouble = _trouble(owed, outcome.reason).model_copy(update={"stream_id": outcome.stream_id})
        self.dispatcher.answer(tx, trouble, f"{owed.key}:refused")

    def _drain_all(self, stream_id: str) -> bool:
        with self.dispatcher.store.snapshot() as tx:
            lanes = tx.outbox.lanes(stream_id, self.clock())
        if len(lanes) < 2:
            return any([self._drain(stream_id, lane) for lane in lanes])
        with ThreadPoolExecutor(len(lanes)) as pool:
            return any(list(pool.map(lambda lane: self._drain(stream_id, lane), lanes)))

    def _drain(self, stream_id: str, lane: Lane) -> bool:
        moved = False
        while (owed := self.take(stream_id, lane)) is not None:
            self._carry_out(owed)
            moved = True
        return moved

    def _carry_out(self, owed: Owed) -> None:
        try:
            if self._stopped(owed):
                self._later(lambda tx: tx.outbox.give_back(owed, self._after(STOPPED_WAIT_S)))
                return
            result = self._run(owed)
        except Busy as busy:
            self._put_off(owed, busy.retry_after_s, str(busy))
        except Unknown as lost:
            self._unknown(owed, str(lost))
        except Unauthorised as no:
            log.warning("%s: credentials refused: %s", owed.key, no)
            self._put_off(owed, LONGEST_WAIT_S, f"unauthorised {no}")
        except (Refused, Erased) as no:  # an erased stream owes nothing: its row is gone already
            self._park(owed, str(no))
        except Exception:
            log.exception("%s failed", owed.key)
            self._failed(owed)
        else:
            self.settle(owed, result)

    def _run(self, owed: Owed) -> Result:
        with self.dispatcher.store.snapshot() as tx:
            allowed = self.dispatcher.may(tx, owed.warrant)
            state = tx.ledger.load(owed.stream_id, self.dispatcher.code).state
        if not allowed:
            raise Refused("permission.lost")
        how = EFFECTS[type(owed.effect)]
        again = owed.tries > 0 and how.repeat is not Repeat.UPSERT
        work = Work(owed.effect, state, owed.key, again, self.dispatcher.clock(), self.desk)
        crashpoint("call.before")
        result = how.run(work)
        crashpoint("call.done")
        return result

    def _stopped(self, owed: Owed) -> bool:
        """What is owed stays owed; nothing leaves."""
        if not EFFECTS[type(owed.effect)].leaves:
            return False
        with self.dispatcher.store.snapshot() as tx:
            systems = {stop.system for stop in tx.switches.stops()}
            state = tx.ledger.load(owed.stream_id, self.dispatcher.code).state
        paused = isinstance(state, Deal) and state.opening.paused is not None
        return paused or bool(systems & {"all", owed.effect.lane.value})

    def _unknown(self, owed: Owed, problem: str) -> None:
        if EFFECTS[type(owed.effect)].repeat is Repeat.ASK:
            self._park(owed, "outcome.unknown")
        else:
            self._put_off(owed, min(2**owed.tries, LONGEST_WAIT_S), problem)

    def _failed(self, owed: Owed) -> None:
        if owed.tries + 1 >= TRIES:
            self._park(owed, "our.bug")
        else:
            self._put_off(owed, min(2**owed.tries, LONGEST_WAIT_S), "our.bug")

    def _put_off(self, owed: Owed, seconds: int, problem: str) -> None:
        self._later(lambda tx: tx.outbox.put_off(owed, self._after(seconds), problem))

    def _park(self, owed: Owed, problem: str) -> None:
        """Waits for a person; the deal's card says so."""
        log.warning("%s is parked: %s", owed.key, problem)

        def both(tx: Transaction) -> None:
            if tx.outbox.park(owed, self.clock(), problem) and owed.stream_id.startswith("deal:"):
                self.dispatcher.answer(tx, _trouble(owed, problem), f"{owed.key}:parked:{owed.fence}")

        self.dispatcher.attempt(both)

    def _later(self, work: Callable[[Transaction], object]) -> None:
        crashpoint("call.failed")
        with self.dispatcher.store.transaction() as tx:
            work(tx)

    def _after(self, seconds: int) -> datetime:
        return self.clock() + timedelta(seconds=seconds)

    def _fire(self, stream_id: str) -> bool:
        with self.dispatcher.store.snapshot() as tx:
            due = tx.deadlines.of(stream_id, self.dispatcher.clock())
        for deadline in due:
            self.dispatcher.attempt(partial(self._fire_one, deadline))
        return bool(due)

    def _fire_one(self, due: Due, tx: Transaction) -> None:
        tx.deadlines.drop_fired(due)
        crashpoint("deadline.dropped")
        command = COMMANDS[due.command].model_validate_json(due.body)
        self.dispatcher.answer(tx, command, due.id)

    def _project(self, stream_id: str) -> None:
        with self.dispatcher.store.snapshot() as tx:
            marked = tx.marks.is_set(stream_id)
        if marked:
            with self.dispatcher.store.transaction() as tx:
                tx.project_later(tx.ledger.load(stream_id, self.dispatcher.code).state)
                crashpoint("project.written")


def _trouble(owed: Owed, problem: str) -> ReportTrouble:
    lane = owed.effect.lane
    return ReportTrouble(stream_id=owed.stream_id, actor=SYSTEM, effect=owed.effect.kind, lane=lane, code=problem)
