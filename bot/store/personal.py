"""Every place outside encrypted bodies that holds words about somebody. Erasing a stream rewrites exactly these."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.store.approval_tables import (
    bottlenecks,
    critical,
    decisions,
    doors,
    escalations,
    feedback,
    reminders,
    risks,
    waiting,
)
from bot.store.data_keys import DataKeys
from bot.store.tables import (
    customers,
    data_keys,
    deadlines,
    deals,
    dirty,
    heads,
    homes,
    links,
    members,
    memos,
    negotiated,
    news,
    outbox,
    past_deals,
    people,
    tasks,
    texts,
    timelines,
)
from bot.streams.past.past import HISTORY

ERASED = "(erased)"
OPPORTUNITY = "salesforce.opportunity"
OF_OPPORTUNITIES = (OPPORTUNITY, HISTORY)

# The words of a rule's reads, by field: a stamp keeps the rows that a decision relied on without them.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "colleagues": ("name", "title", "email"),
    "busy": ("people",),
    "weekdays": (),
    "stops": ("reason",),
    "autonomy": (),
    "past_deals": ("customer",),
    "past_of": (),
    "demands": (),
    "objections": (),
    "news": ("says", "source"),
    "paces": (),
    "reminded": (),
    "tempos": (),
    "queues": (),
}

# What is of one stream alone, and goes with it. Links stay: they are ids, and keep a repeated webhook from beginning
# the same deal anew.
OWN = (
    outbox,
    deadlines,
    texts,
    dirty,
    deals,
    timelines,
    tasks,
    customers,
    negotiated,
    memos,
    homes,
    news,
    decisions,
    reminders,
    escalations,
    risks,
    bottlenecks,
    critical,
    waiting,
    feedback,
    doors,
)


def erase(sql: sa.Connection, keys: DataKeys, stream_id: str, at: datetime) -> None:
    """Destroys the data key, and every word of the stream that stands in the open."""
    sql.execute(sa.select(heads.c.stream_id).where(heads.c.stream_id == stream_id).with_for_update())
    keys.destroy(stream_id, at)
    for table in OWN:
        sql.execute(table.delete().where(table.c.stream_id == stream_id))
    sql.execute(tasks.delete().where(tasks.c.deal == stream_id))
    mine = sa.select(people.c.person).where(people.c.stream_id == stream_id).scalar_subquery()
    sql.execute(members.delete().where(members.c.person == mine))
    sql.execute(people.delete().where(people.c.stream_id == stream_id))
    sql.execute(past_deals.update().where(past_deals.c.id.in_(_opportunities(stream_id))).values(name=""))
    sql.execute(heads.update().where(heads.c.stream_id == stream_id).values(body=""))


def erased_opportunities(sql: sa.Connection) -> frozenset[str]:
    """Whose words do not come back by another stream that knew them."""
    theirs = (data_keys.c.stream_id == links.c.stream_id, data_keys.c.erased_at.is_not(None))
    found = sa.select(links.c.foreign_id).where(links.c.system.in_(OF_OPPORTUNITIES), *theirs)
    return frozenset(sql.scalars(found))


def _opportunities(stream_id: str) -> sa.Select[tuple[str]]:
    here = (links.c.stream_id == stream_id, links.c.system.in_(OF_OPPORTUNITIES))
    return sa.select(links.c.foreign_id).where(*here)
