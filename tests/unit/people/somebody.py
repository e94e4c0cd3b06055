"""People of the example company, and the moment at which their rules are asked."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.playbook.loader import load
from bot.playbook.schema import Playbook
from bot.streams.decision import Accept, Context, Decision
from bot.streams.person.person import Person, PersonSeen, Profile, Task, fold
from bot.wiring import texts

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)  # 11:00 in Hamburg
JONAS = "T07LARK:U07JONAS001"


@cache
def playbook() -> Playbook:
    return load(texts(Path("playbook")))


def profile(**change: Any) -> Profile:
    mine = {
        "user": JONAS,
        "name": "Jonas Weber",
        "title": "VP Sales",
        "email": "jonas@larkspur.example",
        "time_zone": "Europe/Berlin",
        "active": True,
        "groups": frozenset({"sales-vps"}),
    }
    return Profile.model_validate(mine | change)


def jonas(*facts: Any) -> Person:
    empty = Person("person:01JD8Z00000000000000000001")
    return fold(empty, (PersonSeen(profile=profile()), *facts))


def task(number: int = 1, kind: str = "approval") -> Task:
    return Task.model_validate({"id": f"t{number}", "deal": "deal:01JD8Z00000000000000000001", "kind": kind})


def context(now: datetime = MONDAY) -> Context:
    return Context(now=now, playbook=playbook())


def accepted(decision: Decision) -> Accept:
    assert isinstance(decision, Accept), decision
    return decision


def after(person: Person, decision: Decision) -> Person:
    facts: Any = accepted(decision).facts
    return fold(person, facts)
