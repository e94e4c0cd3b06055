"""Makes every read anew from the folds, one stream after the other: what was read yesterday stays until then."""

from collections.abc import Callable, Iterator
from functools import partial

import sqlalchemy as sa

from bot.store.errors import Erased
from bot.store.tables import data_keys, dirty, heads
from bot.store.transaction import Store, Transaction

AT_ONCE = 200
Attempt = Callable[[Callable[[Transaction], None]], None]


def begin(store: Store) -> int:
    """Marks every stream; how many are marked. From here on the workers help, and a killed rebuild goes on."""
    with store.engine.writing() as sql:
        erased = sa.select(data_keys.c.stream_id).where(data_keys.c.erased_at.is_not(None))
        passed = sa.union_all(sa.select(dirty.c.stream_id), erased)
        behind = sa.select(heads.c.stream_id).where(heads.c.stream_id.not_in(passed))
        sql.execute(dirty.insert().from_select(["stream_id"], behind))
    return left(store)


def left(store: Store) -> int:
    with store.engine.reading() as sql:
        return int(sql.scalar(sa.select(sa.func.count()).select_from(dirty)) or 0)


def steps(store: Store, code: str, attempt: Attempt) -> Iterator[str]:
    """Each stream whose reads have just been made anew."""
    after = ""
    while marked := _marked(store, after):
        for stream_id in marked:
            attempt(partial(_project, stream_id, code))
            yield stream_id
        after = marked[-1]


def _marked(store: Store, after: str) -> list[str]:
    mine = sa.select(dirty.c.stream_id).where(dirty.c.stream_id > after).order_by(dirty.c.stream_id).limit(AT_ONCE)
    with store.engine.reading() as sql:
        return list(sql.scalars(mine))


def _project(stream_id: str, code: str, tx: Transaction) -> None:
    try:
        tx.project_later(tx.ledger.load(stream_id, code).state)
    except Erased:
        tx.marks.clear(stream_id)
