"""Which stream a foreign id belongs to."""

import sqlalchemy as sa

from bot.store.errors import LostRace
from bot.store.tables import links
from bot.streams.decision import Link


class Links:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def stream_of(self, link: Link) -> str | None:
        here = (links.c.system == link.system, links.c.foreign_id == link.foreign_id)
        return self._sql.scalar(sa.select(links.c.stream_id).where(*here))

    def write(self, stream_id: str, link: Link) -> None:
        """Writing one's own link again is no change; another stream's link is a lost race."""
        holder = self.stream_of(link)
        if holder == stream_id:
            return
        if holder is not None:
            raise LostRace
        row = {"system": link.system, "foreign_id": link.foreign_id, "stream_id": stream_id}
        self._sql.execute(links.insert().values(row))
