"""Who opened her Home lately, and what it shows: so that it is published anew only when somebody may be looking."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.tables import homes

LATELY = timedelta(hours=12)
NOTHING = ""


class Homes:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def opened(self, person: str, stream_id: str, now: datetime) -> bool:
        """True when it is the first time."""
        mine = homes.update().where(homes.c.person == person)
        if self._sql.execute(mine.values(opened_at=now, shown=NOTHING)).rowcount:
            return False
        row = {"person": person, "stream_id": stream_id, "opened_at": now, "shown": NOTHING}
        self._sql.execute(homes.insert().values(row))
        return True

    def watching(self, now: datetime) -> dict[str, str]:
        """Who may be looking, by team:user id, with the hash of what is shown there."""
        lately = sa.select(homes.c.person, homes.c.shown).where(homes.c.opened_at > now - LATELY)
        return {row.person: row.shown for row in self._sql.execute(lately)}

    def published(self, person: str, shown: str) -> None:
        self._sql.execute(homes.update().where(homes.c.person == person).values(shown=shown))
