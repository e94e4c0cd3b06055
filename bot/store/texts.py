"""Heard texts, beside the facts, until their days are over."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.store.data_keys import DataKeys
from bot.store.prepared import Prepared
from bot.store.tables import texts
from bot.streams.decision import HeardText

_LENGTHEN = Prepared(texts.update().where(texts.c.id == sa.bindparam("text")))
_KEEP = Prepared(texts.insert())


class Texts:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql = sql
        self._keys = keys

    def keep(self, stream_id: str, heard: Iterable[HeardText], now: datetime) -> None:
        """A text kept again keeps its words and gets the later end."""
        for text in heard:
            forget_at = now + text.keep
            if _LENGTHEN.change(self._sql, {"text": text.id, "forget_at": forget_at}):
                continue
            cipher = self._keys.writing(stream_id)
            body = cipher.encrypt(text.body, *_place(text.id))
            row = {"key_id": cipher.key_id, "body": body, "hash": cipher.fingerprint(text.body)}
            _KEEP.change(self._sql, row | {"id": text.id, "stream_id": stream_id, "forget_at": forget_at})

    def of(self, stream_id: str) -> dict[str, str]:
        mine = sa.select(texts.c.id, texts.c.body).where(texts.c.stream_id == stream_id)
        rows = self._sql.execute(mine).all()
        if not rows:
            return {}
        cipher = self._keys.reading(stream_id)
        return {row.id: cipher.decrypt(row.body, *_place(row.id)) for row in rows}

    def kept(self, now: datetime) -> tuple[int, int]:
        """How many there are, and how many of these should be forgotten by now."""
        every = sa.select(sa.func.count()).select_from(texts)
        over = every.where(texts.c.forget_at <= now)
        return int(self._sql.scalar(every) or 0), int(self._sql.scalar(over) or 0)

    def forget(self, now: datetime) -> int:
        return self._sql.execute(texts.delete().where(texts.c.forget_at <= now)).rowcount


def _place(text_id: str) -> tuple[str, str, str]:
    return "texts", text_id, "body"
