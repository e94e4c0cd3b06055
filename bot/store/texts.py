"""Heard texts, beside the facts, until their days are over."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.store.tables import texts
from bot.streams.decision import HeardText
from bot.streams.ids import digest


class Texts:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def keep(self, stream_id: str, heard: Iterable[HeardText], now: datetime) -> None:
        """A text kept again keeps its words and gets the later end."""
        for text in heard:
            forget_at = now + text.keep
            mine = texts.c.id == text.id
            if self._sql.execute(texts.update().where(mine).values(forget_at=forget_at)).rowcount:
                continue
            row = {"key_id": "", "body": text.body, "hash": digest(text.body), "forget_at": forget_at}
            self._sql.execute(texts.insert().values(id=text.id, stream_id=stream_id, **row))

    def of(self, stream_id: str) -> dict[str, str]:
        rows = self._sql.execute(sa.select(texts.c.id, texts.c.body).where(texts.c.stream_id == stream_id))
        return {row.id: row.body for row in rows}

    def forget(self, now: datetime) -> int:
        return self._sql.execute(texts.delete().where(texts.c.forget_at <= now)).rowcount
