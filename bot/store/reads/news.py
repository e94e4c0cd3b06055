"""News of competitors that their owners took: what the next package goes by."""

from collections.abc import Iterator

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.store.tables import news
from bot.streams.decision import NewsRead
from bot.streams.news.news import News

MOST = 500
_BODY = TypeAdapter(NewsRead)
_ROWS = RowsOf(news)


class NewsOf:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, news)

    def taken(self) -> tuple[NewsRead, ...]:
        """The newest MOST, in the order in which they were told."""
        newest = sa.select(news).order_by(news.c.stream_id.desc()).limit(MOST)
        rows = self._hidden.opening(self._sql.execute(newest))
        found = (_BODY.validate_json(self._hidden.show(r.stream_id, r.stream_id, r.body)) for r in rows)
        return tuple(sorted(found, key=lambda told: told.id))

    def project(self, state: News) -> None:
        _ROWS.put(self._sql, state.id, self._rows(state))

    def _rows(self, state: News) -> Iterator[dict[str, object]]:
        told, decided = state.told, state.decided
        if told is None or decided is None or not state.taken:
            return
        said = told.model_dump(include={"card", "topic", "says", "source", "seen_on"})
        body = _BODY.dump_json(NewsRead(id=state.id, audience=decided.verdict, **said)).decode()
        yield {"stream_id": state.id, "card": told.card, "body": self._hidden.hide(state.id, state.id, body)}
