"""By which doors people were told of requests, how soon they decided, and by which the next one comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

from bot.figures.doors import choose, typical
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.transaction import Store, Transaction
from bot.streams.person.delivery import Chose
from bot.streams.person.doors import CHOSEN, Sent
from bot.streams.person.person import Person
from bot.streams.person.settings import settled


@dataclass(frozen=True, slots=True)
class DoorLine:
    """Of one person and door: told of so many requests, `settled` of them said something of it, `acted` led to her
    decision. `minutes` are the business minutes in which half of them did; None: not enough data, or fewer did
    (`slow`)."""

    door: str
    sent: int
    settled: int
    acted: int
    minutes: int | None
    slow: bool


@dataclass(frozen=True, slots=True)
class PersonDoors:
    """`next` are the doors of the next request that may be decided by mail, `why` they are chosen. Of `choices` so many
    tried another door."""

    person: str
    name: str
    next: tuple[str, ...]
    why: Chose
    choices: int
    explored: int
    doors: tuple[DoorLine, ...]


def channels(store: Store, book: Playbook, code: str) -> list[PersonDoors]:
    with store.snapshot() as tx:
        names = tx.people.names()
        streams = sorted({row.stream_id for row in tx.doors.newest()})
        found = [made for stream in streams if (made := _of(tx, stream, names, book, code)) is not None]
    return sorted(found, key=lambda each: (each.name, each.person))


def lines(sent: Sequence[Sent], book: Playbook) -> tuple[DoorLine, ...]:
    return tuple(_line(door, sent, book) for door in sorted({each.door for each in sent}))


def _of(tx: Transaction, stream: str, names: dict[str, str], book: Playbook, code: str) -> PersonDoors | None:
    try:
        person: Person = tx.ledger.load(stream, code).state
    except Erased:
        return None
    if person.profile is None:
        return None
    sent, user = person.doors.sent, person.profile.user
    door, why = _next(person, book)
    choices = [each for each in sent if each.chose in CHOSEN]
    explored = sum(each.chose == "exploring" for each in choices)
    return PersonDoors(user, names.get(user, user), door, why, len(choices), explored, lines(sent, book))


def _next(person: Person, book: Playbook) -> tuple[tuple[str, ...], Chose]:
    settings = settled(person.wishes.preferences, book.notifications)
    if settings.door != "quickest":
        return (settings.door,), "preference"
    chosen = choose(person.doors.sent, book.doors.offered, person.id, book.doors)
    return chosen.doors, chosen.why


def _line(door: str, sent: Sequence[Sent], book: Playbook) -> DoorLine:
    mine = [each for each in sent if each.door == door]
    done = [each for each in mine if each.how in ("acted", "missed")]
    minutes = typical(mine, door, book.doors)
    known = minutes is not None and not isinf(minutes)
    return DoorLine(
        door=door,
        sent=len(mine),
        settled=len(done),
        acted=sum(each.how == "acted" and each.minutes <= book.doors.counts_minutes for each in done),
        minutes=int(minutes) if known and minutes is not None else None,
        slow=minutes is not None and not known,
    )
