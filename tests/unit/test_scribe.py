"""Written in the order of telling, together what came meanwhile; nobody is refused for another's sake."""

from collections.abc import Sequence
from functools import partial
from threading import Event

import pytest

from bot.dispatch import Heard
from bot.handlers.scribe import Scribe
from bot.store.errors import Away
from bot.store.together import MOST
from bot.streams.company.company import LookAround
from bot.streams.decision import Link

WAIT_S = 5


def heard(key: str) -> Heard:
    return Heard(partial(LookAround, actor="system"), key, Link("slack.channel", "C1"))


def test_what_comes_while_it_writes_is_written_together_and_in_order() -> None:
    written: list[list[str]] = []
    begun, go_on = Event(), Event()

    def write(some: Sequence[Heard]) -> None:
        written.append([each.key for each in some])
        begun.set()
        assert go_on.wait(WAIT_S)

    scribe = Scribe(write)
    first = scribe.hear(heard("first"))
    assert begun.wait(WAIT_S)
    later = [scribe.hear(heard(str(n))) for n in range(MOST + 3)]
    assert not first.done()
    go_on.set()
    for told in (first, *later):
        told.result(WAIT_S)
    assert [len(some) for some in written] == [1, MOST, 3]
    assert [key for some in written[1:] for key in some] == [str(n) for n in range(MOST + 3)]


def test_one_that_we_stumble_over_is_told_so_alone() -> None:
    written: list[str] = []
    begun, go_on = Event(), Event()

    def write(some: Sequence[Heard]) -> None:
        begun.set()
        assert go_on.wait(WAIT_S)
        if any(each.key == "bad" for each in some):
            raise ArithmeticError("a bug of ours")
        written.extend(each.key for each in some)

    scribe = Scribe(write)
    told = {key: scribe.hear(heard(key)) for key in ("first", "second", "bad", "third")}
    assert begun.wait(WAIT_S)
    go_on.set()
    with pytest.raises(ArithmeticError):
        told.pop("bad").result(WAIT_S)
    for each in told.values():
        each.result(WAIT_S)
    assert written == ["first", "second", "third"]


def test_a_store_that_is_away_is_said_and_the_next_is_written_again() -> None:
    answers: list[Exception | None] = [Away(), None]

    def write(_some: Sequence[Heard]) -> None:
        if (problem := answers.pop(0)) is not None:
            raise problem

    scribe = Scribe(write)
    with pytest.raises(Away):
        scribe.hear(heard("first")).result(WAIT_S)
    scribe.hear(heard("second")).result(WAIT_S)
