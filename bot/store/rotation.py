"""Wraps every data key with the first store key, and vouches every head with it: afterwards the others may go.

Nothing else is encrypted anew. What is done is committed in small parts: killed anywhere, the rest is what is left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from bot.store.errors import Damaged, Erased, WrongKey
from bot.store.tables import data_keys, heads
from bot.store.transaction import Store, Transaction

AT_ONCE = 50
Attempt = Callable[[Callable[[Transaction], list[str]]], list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """How many streams were looked at, and what was found damaged among them: that is left as it is."""

    streams: int
    problems: tuple[str, ...]


def left(store: Store) -> int:
    """Streams that still need another key than the first."""
    with store.engine.reading() as sql:
        return int(sql.scalar(sa.select(sa.func.count()).select_from(_behind(store).subquery())) or 0)


def steps(store: Store, attempt: Attempt) -> Iterator[Step]:
    after = ""
    while streams := _next(store, after):
        yield Step(len(streams), tuple(attempt(partial(_rotate, streams))))
        after = streams[-1]


def _next(store: Store, after: str) -> list[str]:
    behind = _behind(store).subquery()
    mine = sa.select(behind.c.stream_id).where(behind.c.stream_id > after).order_by(behind.c.stream_id).limit(AT_ONCE)
    with store.engine.reading() as sql:
        return list(sql.scalars(mine))


def _behind(store: Store) -> sa.CompoundSelect[tuple[str]]:
    first = store.keyring.first.id
    wrapped = sa.and_(data_keys.c.store_key != first, data_keys.c.erased_at.is_(None))
    vouched = heads.c.signature.not_like(f"{first.replace('_', '/_')}:%", escape="/")
    return sa.union(sa.select(data_keys.c.stream_id).where(wrapped), sa.select(heads.c.stream_id).where(vouched))


def _rotate(streams: list[str], tx: Transaction) -> list[str]:
    problems = []
    for stream_id in streams:
        tx.ledger.lock(stream_id)
        try:
            _rewrap(tx, stream_id)
            tx.ledger.revouch(stream_id)
        except (Damaged, WrongKey) as problem:
            problems.append(str(problem))
    return problems


def _rewrap(tx: Transaction, stream_id: str) -> None:
    try:
        tx.keys.rewrap(stream_id)
    except Erased:
        return
