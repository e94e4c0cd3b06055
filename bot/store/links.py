"""Which stream a foreign id belongs to."""

import sqlalchemy as sa

from bot.store.errors import LostRace
from bot.store.prepared import Once, Prepared
from bot.store.tables import links
from bot.streams.decision import Link

_STREAM_OF = Prepared(
    sa.select(links.c.stream_id).where(
        links.c.system == sa.bindparam("system"), links.c.foreign_id == sa.bindparam("foreign_id")
    )
)
_WRITE = Once(links.insert())


class Links:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def stream_of(self, link: Link) -> str | None:
        return _STREAM_OF.scalar(self._sql, {"system": link.system, "foreign_id": link.foreign_id})

    def write(self, stream_id: str, link: Link) -> None:
        """Writing one's own link again is no change; another stream's link is a lost race."""
        row = {"system": link.system, "foreign_id": link.foreign_id, "stream_id": stream_id}
        if not _WRITE.change(self._sql, row) and self.stream_of(link) != stream_id:
            raise LostRace
