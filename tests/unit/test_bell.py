"""Many that wait are rung for together, each that changed since is rung for again, and nobody waits for the bell."""

from threading import Event

from bot.handlers.bell import Bell
from sandbox.wait import until


def test_streams_that_come_at_once_are_rung_for_once_and_together() -> None:
    rung: list[tuple[str, ...]] = []
    bell = Bell(lambda *streams: rung.append(streams))
    for stream in ("deal:2", "deal:1", "deal:2"):
        bell.ring(stream)
    until(lambda: rung, 30, "the bell rings")
    bell.ring("deal:1")
    until(lambda: len(rung) > 1, 30, "it rings again")
    assert [name for streams in rung for name in streams].count("deal:2") == 1
    assert rung[-1] == ("deal:1",)


def test_a_change_while_it_rings_is_rung_for_again() -> None:
    rung: list[tuple[str, ...]] = []
    begun, go_on = Event(), Event()

    def ring(*streams: str) -> None:
        rung.append(streams)
        begun.set()
        go_on.wait(5)

    bell = Bell(ring)
    bell.ring("deal:1")
    begun.wait(5)
    bell.ring("deal:1")
    assert rung == [("deal:1",)]
    go_on.set()
    until(lambda: rung == [("deal:1",), ("deal:1",)], 30, "it rings again")
