"""What is written when an effect is over: its result, its next try, or that it waits for a person."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.crashpoints import crashpoint
from bot.dispatch import Dispatcher
from bot.store.breakers import State
from bot.store.ledger import Outcome
from bot.store.outbox import Owed
from bot.store.transaction import Transaction
from bot.streams.deal.opening import ReportTrouble
from bot.streams.deal.parked import LONGEST_CODE, ReportParked
from bot.streams.effects import OURS
from bot.streams.ids import SYSTEM
from jobs import breaker
from jobs.effects.how import Result, Told
from jobs.verdict import Blame, Verdict

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class Settled(Enum):
    """NOT: the lease was lost, or the effect is still owed. MORE: its lane has another that may begin."""

    NOT = auto()
    MORE = auto()
    LAST = auto()


def settle(dispatcher: Dispatcher, clock: Clock, ring: Callable[[str], object], owed: Owed, result: Result) -> Settled:
    told = result if isinstance(result, Told) or result is None else Told(result)
    woken: list[str] = []

    def both(tx: Transaction) -> Settled:
        woken.clear()
        if not tx.outbox.settle(owed, clock()):
            return Settled.NOT
        crashpoint("settle.marked")
        _worked(tx, owed, clock())
        if told is not None:
            outcome = dispatcher.answer(tx, told.command, owed.key, told.address)
            woken.append(outcome.stream_id)
            _refused(dispatcher, tx, owed, outcome)
        crashpoint("settle.answered")
        return Settled.MORE if tx.outbox.goes_on(owed.stream_id, owed.effect.lane, clock()) else Settled.LAST

    done = dispatcher.attempt(both)
    crashpoint("settle.done")
    for other in woken:
        if other != owed.stream_id:
            ring(other)
    return done


def give_back(dispatcher: Dispatcher, owed: Owed, until: datetime) -> None:
    dispatcher.attempt(lambda tx: tx.outbox.give_back(owed, until))


def put_right(dispatcher: Dispatcher, clock: Clock, owed: Owed, said: Verdict) -> None:
    """After a try that did not go through."""

    def both(tx: Transaction) -> None:
        now = clock()
        if said.wait_s is None:
            written = tx.outbox.park(owed, now, said.code)
        elif said.untried:
            written = tx.outbox.give_back(owed, now + timedelta(seconds=said.wait_s), said.code)
        else:
            counts = said.counts and not _provider_is_down(tx, owed, now)
            failures = owed.failures + 1 if counts else owed.failures
            written = tx.outbox.put_off(owed, now + timedelta(seconds=said.wait_s), said.code, failures)
        if not written:
            return
        _blame(tx, owed, said, now)
        if said.wait_s is None:
            _report(dispatcher, tx, owed, said.code)

    log.warning("an effect did not go through", extra={"effect": owed.key, "code": said.code, "wait_s": said.wait_s})
    crashpoint("call.failed")
    dispatcher.attempt(both)


def _provider_is_down(tx: Transaction, owed: Owed, now: datetime) -> bool:
    """Then it is not this effect that is at fault."""
    return owed.effect.lane not in OURS and tx.breakers.of(owed.effect.lane, now).state is not State.CLOSED


def _worked(tx: Transaction, owed: Owed, now: datetime) -> None:
    lane = owed.effect.lane
    if lane not in OURS and not breaker.calm(tx.breakers.glance(lane, now)):
        tx.breakers.write(breaker.worked(tx.breakers.of(lane, now)))


def _blame(tx: Transaction, owed: Owed, said: Verdict, now: datetime) -> None:
    if owed.effect.lane in OURS:
        return
    if said.blame is Blame.NOBODY:
        _worked(tx, owed, now)
    elif said.blame is not Blame.US:
        refused = said.blame is Blame.CREDENTIALS
        row = breaker.failed(tx.breakers.of(owed.effect.lane, now), now, said.code, refused, said.told_s)
        tx.breakers.write(row)


def _refused(dispatcher: Dispatcher, tx: Transaction, owed: Owed, outcome: Outcome) -> None:
    """A result that a rule does not take is nothing that anybody sees, unless it is said."""
    if outcome.reason is None or not outcome.stream_id.startswith("deal:"):
        return
    log.warning("a result was refused", extra={"effect": owed.key, "code": outcome.reason})
    trouble = _trouble(owed, outcome.stream_id, outcome.reason)
    dispatcher.answer(tx, trouble, f"{owed.key}:refused")


def _report(dispatcher: Dispatcher, tx: Transaction, owed: Owed, code: str) -> None:
    """To the deal's owner; a view that could not be made anew is nothing that she could decide."""
    effect = owed.effect
    if not owed.stream_id.startswith("deal:") or effect.coalesces:
        return
    told = ReportParked(
        stream_id=owed.stream_id,
        actor=SYSTEM,
        key=owed.key,
        fence=owed.fence,
        effect=effect.kind,
        lane=effect.lane,
        code=code[:LONGEST_CODE],
    )
    dispatcher.answer(tx, told, f"{owed.key}:parked:{owed.fence}")


def _trouble(owed: Owed, stream_id: str, code: str) -> ReportTrouble:
    effect = owed.effect
    return ReportTrouble(stream_id=stream_id, actor=SYSTEM, effect=effect.kind, lane=effect.lane, code=code)
