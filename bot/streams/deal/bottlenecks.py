"""Where a deal's approvals queued up: of which class, why, what was done about it by itself, and what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.playbook.bottlenecks import Does, Relief
from bot.streams.deal.approvals import ApprovalMoved
from bot.streams.deal.approving import Decided
from bot.streams.decision import Command, Fact

LOOK = "bottlenecks"  # the deadline's name
WHO = "{who}"
BY_HAND = frozenset({"replaced", "passed_on"})
End = Literal["", "decided", "moved"]


class LookForBottlenecks(Command):
    """A deadline gives it. What is seen began after `since`: the look before, or when the first was set."""

    since: datetime


class BottleneckSeen(Fact):
    """On whom the request of that rule waits, and by which class of the playbook. `cause` in words, with `{who}` for
    her; `signs` are the numbers behind it. The relief that was carried out: `to` somebody, or others that are `freed`;
    `recommend`: `owner` was told, or nobody was. `without_at` is when it would have been decided without the relief,
    `how` that was worked out, `takes` how many minutes whoever decides now usually takes."""

    kind: Literal["bottleneck.seen"] = "bottleneck.seen"
    bottleneck: str
    line: str
    approval: str
    rule: str
    person: str
    cause: str
    signs: dict[str, int]
    relief: Relief
    since: datetime
    at: datetime
    to: str = ""
    freed: tuple[str, ...] = ()
    owner: str = ""
    advice: str = ""
    does: Does = "look"
    without_at: datetime | None = None
    how: str = ""
    takes: int = 0

    @property
    def says(self) -> str:
        return self.line.partition(": ")[2] or self.line

    def why(self, name: Callable[[str], str]) -> str:
        return self.cause.replace(WHO, name(self.person))


BottleneckFact = BottleneckSeen


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    made: tuple[BottleneckSeen, ...] = ()

    def of(self, approval: str) -> tuple[BottleneckSeen, ...]:
        return tuple(each for each in self.made if each.approval == approval)

    def seen(self, approval: str, person: str) -> tuple[frozenset[str], frozenset[str]]:
        """The classes that this request was in already, while she had it: those that were relieved, and those of which
        it was only told what would help."""
        mine = [each for each in self.of(approval) if each.person == person]
        told = frozenset(each.bottleneck for each in mine if each.relief == "recommend")
        return frozenset(each.bottleneck for each in mine if each.relief != "recommend"), told

    def told(self, approval: str) -> tuple[BottleneckSeen, ...]:
        """Those that were put before somebody."""
        return tuple(each for each in self.of(approval) if each.owner)


def apply(state: Bottlenecks, fact: BottleneckFact) -> Bottlenecks:
    return replace(state, made=(*state.made, fact))


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one: when and how its request ended and by whom, and when that would have been without."""

    seen: BottleneckSeen
    end: End = ""
    at: datetime | None = None
    by: str = ""
    without_at: datetime | None = None


def outcomes(
    made: Iterable[BottleneckSeen], decided: Iterable[Decided], moved: Iterable[ApprovalMoved]
) -> Iterator[Ended]:
    """Of others that were freed, the last that was decided, once all are."""
    ends = {over.approval.id: over for over in decided}
    hands = [move for move in moved if move.why in BY_HAND and move.at]
    for each in made:
        yield _freed(each, ends) if each.relief == "parallelise" else _one(each, ends, hands)


def _one(seen: BottleneckSeen, ends: dict[str, Decided], hands: list[ApprovalMoved]) -> Ended:
    over = ends.get(seen.approval)
    by_hand = next((m for m in hands if m.approval == seen.approval and m.at and m.at >= seen.at), None)
    if seen.relief == "recommend" and by_hand is not None:
        return Ended(seen, "moved", by_hand.at, by_hand.by, seen.without_at)
    if over is None or over.at < seen.at:
        return Ended(seen, without_at=seen.without_at)
    return Ended(seen, "decided", over.at, over.by, seen.without_at)


def _freed(seen: BottleneckSeen, ends: dict[str, Decided]) -> Ended:
    """Had the one before it been decided sooner than expected, they would have been asked sooner, too."""
    over = [ends[name] for name in seen.freed if name in ends]
    if not over or len(over) < len(seen.freed):
        return Ended(seen, without_at=seen.without_at)
    last, before, without = max(over, key=lambda each: each.at), ends.get(seen.approval), seen.without_at
    if before is not None and without is not None:
        without = min(without, before.at + timedelta(minutes=seen.takes))
    return Ended(seen, "decided", last.at, last.by, without)
