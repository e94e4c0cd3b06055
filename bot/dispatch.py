"""Command in, facts and owed effects out, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.agents.approvals.holding_time import tracked
from bot.agents.table import RULES
from bot.crashpoints import crashpoint
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.store.errors import Erased, LostRace
from bot.store.ledger import Head, Outcome
from bot.store.outbox import Warrant
from bot.store.stamp import Stamp
from bot.store.transaction import Store, Transaction
from bot.streams.company.keeping import EraseStream
from bot.streams.decision import Accept, Command, Context, Fact, Link, Refuse
from bot.streams.effects import Effect, RefreshCard, RefreshHome
from bot.streams.ids import COMPANY, OPERATOR, READER, SYSTEM

ATTEMPTS = 8
T = TypeVar("T")
BEARER = "signer:"  # the actor of a personal link; a person's id is team:user and cannot begin like this
ANYBODY = frozenset({Permission.SWITCH_LISTENING})  # everybody in a shared channel may stop the reading
OPERATORS = frozenset({Permission.PAUSE_SYSTEM, Permission.DECIDE_EFFECT, Permission.DECIDE_ANY_EFFECT})


class Undone(Exception):
    """Of two commands that belong together one was refused: neither was carried out."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Heard:
    """A command for the stream that holds the link: `told` makes it of a `stream_id`."""

    told: Callable[..., Command]
    key: str
    holder: Link


@dataclass(frozen=True, slots=True)
class Dispatcher:
    store: Store
    playbook: Playbook
    code: str
    clock: Callable[[], datetime]
    jitter: Callable[[int], None]
    mint: Callable[[], str]

    def execute(self, command: Command, key: str, address: Link | None = None) -> Outcome:
        """Same key, same outcome, once. With an address, the command goes to the stream that holds that link;
        when nobody does, the command's own stream id begins a new one."""
        return self.attempt(lambda tx: self.answer(tx, command, key, address))

    def hear(self, heard: Sequence[Heard]) -> list[str | None]:
        """Written down, each for its stream, and decided by a worker as soon as it comes to it: who told us waits for
        one row alone. The streams; None, and nothing written, for what no stream is for any more."""
        return self.attempt(lambda tx: [self._heard(tx, each) for each in heard])

    def erase(self, stream_id: str, reason: str, key: str) -> Outcome:
        """For ever. The company's fact and the end of the data key are one transaction."""
        command = EraseStream(stream_id=COMPANY, actor=OPERATOR, erased=stream_id, reason=reason)

        def both(tx: Transaction) -> Outcome:
            outcome = self.answer(tx, command, key)
            if outcome.reason is None:
                tx.erase(stream_id, self.clock())
            return outcome

        return self.attempt(both)

    def both(self, first: Command, then: Command, key: str) -> Outcome:
        """In one transaction. A no to either leaves both undone; the outcome is that of the second, else the no."""

        def work(tx: Transaction) -> Outcome:
            for command, name in ((first, f"{key}:first"), (then, key)):
                outcome = self.answer(tx, command, name)
                if outcome.reason is not None:
                    raise Undone(outcome)
            return outcome

        try:
            return self.attempt(work)
        except Undone as undone:
            return undone.outcome

    def attempt(self, work: Callable[[Transaction], T], lasting: bool = True) -> T:
        """A lost race wrote nothing and rules are pure, so the work is simply done again."""
        for attempt in range(ATTEMPTS):
            try:
                return self.store.run(work, lasting)
            except LostRace:
                self.jitter(attempt)
        raise LostRace

    def answer(self, tx: Transaction, command: Command, key: str, address: Link | None = None) -> Outcome:
        """For a caller that holds the transaction: the relay settles an effect in the same one."""
        if (earlier := tx.ledger.answered(key)) is not None:
            return earlier
        crashpoint("dispatch.begun")
        holder = tx.links.stream_of(address) if address is not None else None
        if holder is not None:
            command = command.model_copy(update={"stream_id": holder})
        outcome = self._decide(tx, command, key)
        if address is not None and holder is None and tx.links.stream_of(address) not in (None, command.stream_id):
            raise LostRace  # whom it is for began while this was decided: it is told to that one
        crashpoint("dispatch.recorded")
        tx.ledger.remember(key, outcome, self.clock())
        return outcome

    def may(self, tx: Transaction, warrant: Warrant) -> bool:
        match warrant.permission:
            case Permission.REPORT_RESULT:
                return warrant.actor == SYSTEM
            case Permission.SIGN_AS_CUSTOMER:
                return warrant.actor.startswith(BEARER)
            case Permission.READ_SHARED:
                return warrant.actor.startswith(READER)
            case Permission.ERASE_STREAM:
                return warrant.actor == OPERATOR
            case permission if warrant.actor == OPERATOR and permission in OPERATORS:
                return True
            case permission if permission in ANYBODY:
                return not warrant.actor.startswith((BEARER, READER))
            case permission:
                return self.playbook.may(_groups(tx, warrant.actor), permission)

    def ids(self) -> Iterator[str]:
        while True:
            yield self.mint()

    def _heard(self, tx: Transaction, heard: Heard) -> str | None:
        stream = tx.links.stream_of(heard.holder)
        try:
            if stream is not None:
                tx.deadlines.at_once(heard.told(stream_id=stream), heard.key, self.clock())
        except Erased:
            return None
        return stream

    def _decide(self, tx: Transaction, command: Command, key: str) -> Outcome:
        permission, reads, rule = RULES[type(command)]
        warrant = Warrant(command.actor, permission)
        if not self.may(tx, warrant):
            return Outcome(command.stream_id, "permission.missing")
        try:
            head = tx.ledger.load(command.stream_id, self.code)
        except Erased:
            return Outcome(command.stream_id, "stream.erased")
        context = Context(
            now=self.clock(),
            playbook=self.playbook,
            groups=_groups(tx, command.actor),
            reads=tx.read(reads, head.state),
            mint=self.ids(),
        )
        decision = rule(head.state, command, context)
        if isinstance(decision, Refuse):
            return Outcome(command.stream_id, decision.reason, decision.field)
        if _taken(tx, head, decision):
            return Outcome(command.stream_id, "link.taken")
        if not all(tx.parked.waits(each) for each in decision.releases):
            return Outcome(command.stream_id, "parked.decided")
        stamp = Stamp(
            actor=command.actor,
            at=context.now,
            cause=key,
            code=self.code,
            playbook=self.playbook.digest,
            relied=context.reads,
        )
        _record(tx, head, decision, stamp, warrant)
        return Outcome(command.stream_id)


def _groups(tx: Transaction, actor: str) -> frozenset[str]:
    return frozenset() if actor == SYSTEM else tx.people.groups(actor)


def _taken(tx: Transaction, head: Head, decision: Accept) -> bool:
    """Two notifications for one opportunity make one deal."""
    return any(tx.links.stream_of(link) not in (None, head.state.id) for link in decision.links)


def _record(tx: Transaction, head: Head, accepted: Accept, stamp: Stamp, warrant: Warrant) -> None:
    head = tx.ledger.append(head, accepted.facts, stamp)
    crashpoint("dispatch.facts")
    stream_id = head.state.id
    for release in accepted.releases:
        tx.parked.decide(release, stamp.at)
    tx.texts.keep(stream_id, accepted.texts, stamp.at)
    tx.outbox.owe(stream_id, head.seq, accepted.effects, warrant)
    if accepted.facts:
        ours = Warrant(SYSTEM, Permission.REPORT_RESULT)
        tx.outbox.owe(stream_id, head.seq, _shown(head.state, accepted.facts), ours, first=len(accepted.effects))
    crashpoint("dispatch.owed")
    tx.deadlines.set(stream_id, head.seq, accepted.deadlines)
    for link in accepted.links:
        tx.links.write(stream_id, link)
    tx.project_now(head.state)


def _shown(state: Any, facts: Iterable[Fact]) -> tuple[Effect, ...]:
    """Every change is seen: on the deal's card, or in the person's Home; of approvals, beside Slack, too."""
    kind = state.id.partition(":")[0]
    shown: dict[str, tuple[Effect, ...]] = {"deal": (RefreshCard(),), "person": (RefreshHome(),)}
    return (*shown.get(kind, ()), *(tracked(state, facts) if kind == "deal" else ()))


def due(of: Dispatcher, system: Callable[[], datetime]) -> Callable[[], list[str]]:
    """Every stream that owes something, has a deadline that is over, or reads that are behind. `system` is transport
    time."""

    def ids() -> list[str]:
        with of.store.snapshot() as tx:
            return [*tx.outbox.due(system()), *tx.deadlines.due(of.clock()), *tx.marks.due()]

    return ids
