"""Each stream's data key: begun with its first fact, unwrapped once a transaction, destroyed to erase the stream.

Unwrapping takes microseconds, so no process keeps an open key: what was destroyed cannot be found in a cache.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from bot.store.errors import Damaged, Erased
from bot.store.keyring import Cipher, Keyring, Wrapped
from bot.store.prepared import Prepared
from bot.store.tables import data_keys

AT_ONCE = 500
_WRITE = Prepared(data_keys.insert())
_FIND = Prepared(sa.select(data_keys).where(data_keys.c.stream_id == sa.bindparam("stream")))


class DataKeys:
    def __init__(self, sql: sa.Connection, keyring: Keyring) -> None:
        self._sql = sql
        self.keyring = keyring
        self._open: dict[str, Cipher] = {}

    def reading(self, stream_id: str) -> Cipher:
        """Raises Erased, or Damaged when the key is gone without having been destroyed."""
        cipher = self._find(stream_id)
        if cipher is None:
            raise Damaged(stream_id, "has lost its data key")
        return cipher

    def writing(self, stream_id: str) -> Cipher:
        """Begins a key for a stream that has none. Raises Erased."""
        return self._find(stream_id) or self._begin(stream_id)

    def open_all(self, stream_ids: Collection[str]) -> None:
        """By few statements; what is erased or lost is found out when it is read."""
        missing = sorted(set(stream_ids) - set(self._open))
        for at in range(0, len(missing), AT_ONCE):
            some = data_keys.c.stream_id.in_(missing[at : at + AT_ONCE])
            for row in self._sql.execute(sa.select(data_keys).where(some, data_keys.c.erased_at.is_(None))):
                self._remember(self.keyring.unwrap(row.stream_id, Wrapped(row.key_id, row.store_key, row.body)))

    def file_key(self, stream_id: str) -> bytes | None:
        """None for a stream that is erased, or was never begun."""
        try:
            cipher = self._find(stream_id)
        except Erased:
            return None
        return cipher.derive("files") if cipher else None

    def erased(self) -> frozenset[str]:
        gone = sa.select(data_keys.c.stream_id).where(data_keys.c.erased_at.is_not(None))
        return frozenset(self._sql.scalars(gone))

    def destroy(self, stream_id: str, at: datetime) -> None:
        self._open.pop(stream_id, None)
        mine = data_keys.update().where(data_keys.c.stream_id == stream_id)
        self._sql.execute(mine.values(store_key="", body="", erased_at=at))

    def rewrap(self, stream_id: str) -> None:
        """With the first store key. Nothing, when it is destroyed at the same moment; raises Erased when it was."""
        kept = self.keyring.wrap(self.reading(stream_id))
        living = (data_keys.c.stream_id == stream_id, data_keys.c.erased_at.is_(None))
        mine = data_keys.update().where(*living)
        self._sql.execute(mine.values(store_key=kept.store_key, body=kept.body))

    def check(self) -> None:
        """One key of each store key is opened. Raises WrongKey."""
        living = data_keys.c.erased_at.is_(None)
        sample = sa.select(sa.func.min(data_keys.c.stream_id)).where(living).group_by(data_keys.c.store_key)
        for stream_id in self._sql.scalars(sample).all():
            self.reading(stream_id)

    def _find(self, stream_id: str) -> Cipher | None:
        if (cipher := self._open.get(stream_id)) is not None:
            return cipher
        row = _FIND.first(self._sql, {"stream": stream_id})
        if row is None:
            return None
        if row.erased_at is not None:
            raise Erased(stream_id)
        return self._remember(self.keyring.unwrap(stream_id, Wrapped(row.key_id, row.store_key, row.body)))

    def _begin(self, stream_id: str) -> Cipher:
        cipher, kept = self.keyring.new(stream_id)
        row = {"key_id": kept.key_id, "store_key": kept.store_key, "body": kept.body}
        _WRITE.change(self._sql, row | {"stream_id": stream_id})
        return self._remember(cipher)

    def _remember(self, cipher: Cipher) -> Cipher:
        self._open[cipher.stream_id] = cipher
        return cipher
