"""Keeps the lease of a task that lasts, and writes down how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from bot.store.outbox import Owed
from bot.store.transaction import Store

LARGEST_PROGRESS = 80


class LeaseLost(Exception):
    """Another worker holds it: whatever this one would still do is done by the other."""


@contextmanager
def kept(
    store: Store, clock: Callable[[], datetime], lease: timedelta, owed: Owed, lasts: bool
) -> Iterator[Callable[[str], None]]:
    """Hands out what a task tells its progress to: it renews the lease, and stops a task that has lost it."""

    def renew(told: str | None = None) -> bool:
        with store.transaction() as tx:
            return tx.outbox.renew(owed, clock() + lease, told and told[:LARGEST_PROGRESS])

    def progress(told: str) -> None:
        if not renew(told):
            raise LeaseLost

    if not lasts:
        yield progress
        return
    over = Event()
    thread = Thread(target=_renew_until, args=(over, renew, lease.total_seconds() / 3), name="keeper", daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        thread.join()


def _renew_until(over: Event, renew: Callable[[], bool], every_s: float) -> None:
    while not over.wait(every_s) and renew():
        pass
