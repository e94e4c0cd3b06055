"""Every table of the store."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

meta = sa.MetaData()


def _by_bytes(dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
    return dialect.type_descriptor(sa.String(collation="C" if dialect.name == "postgresql" else None))


class Word(sa.TypeDecorator[str]):
    """Text that sorts by its bytes on both engines. PostgreSQL keeps no NUL, so neither does SQLite."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _by_bytes(dialect)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return value.replace("\0", "\ufffd") if value else value


class Instant(sa.TypeDecorator[datetime]):
    """Aware in Python; fixed-width UTC text in SQL, so that it sorts."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _by_bytes(dialect)

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


Position = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up only what it calls INTEGER
Kind = type[sa.types.TypeEngine[Any]]


def _key(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True)


def _must(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, default=0)


# a destroyed key leaves its row, with no body: the stream is erased, and not begun again
data_keys = sa.Table(
    "data_keys",
    meta,
    _key("stream_id"),
    _must("key_id"),
    _must("store_key"),
    _must("body"),
    _may("erased_at", Instant),
    sa.Index("data_keys_store_key", "store_key"),
)
# key_id names the data key that body, stamp and problem are encrypted with
facts = sa.Table(
    "facts",
    meta,
    _key("stream_id"),
    _key("seq", sa.Integer),
    _must("kind"),
    _must("at", Instant),
    _must("key_id"),
    _must("body"),
    _must("stamp"),
    _must("hash"),
)
heads = sa.Table(
    "heads",
    meta,
    _key("stream_id"),
    _must("seq", sa.Integer),
    _must("hash"),
    _must("signature"),
    _must("code"),
    _must("key_id"),
    _must("body"),
)
answers = sa.Table(
    "answers", meta, _key("key"), _must("stream_id"), _must("at", Instant), _may("reason"), _may("field")
)
outbox = sa.Table(
    "outbox",
    meta,
    sa.Column("position", Position, primary_key=True),
    sa.Column("key", Word, nullable=False, unique=True),
    _must("stream_id"),
    _must("lane"),
    _must("kind"),
    _must("after"),
    _must("key_id"),
    _must("body"),
    _must("actor"),
    _must("permission"),
    _count("fence"),
    _count("tries"),
    _count("failures"),  # that count towards parking; a busy provider's do not
    _count("parks"),
    _may("due_at", Instant),
    _may("leased_until", Instant),
    _may("begun_at", Instant),  # of a call whose outcome nobody could find out later
    _may("done_at", Instant),
    _may("parked_at", Instant),
    _may("problem"),
    _may("outcome"),  # done, skipped or compensated
    _may("progress"),
    sa.Index("outbox_lane", "stream_id", "lane", "done_at"),
    sa.Index("outbox_due", "done_at", "parked_at", "due_at"),
)
breakers = sa.Table(
    "breakers",
    meta,
    _key("lane"),
    _must("state"),
    _count("fails"),
    _must("code"),
    _may("since", Instant),
    _may("until", Instant),
    _must("credit", sa.Integer),
    _must("counted_at", Instant),
)
elections = sa.Table(
    "elections", meta, _key("office"), _must("holder"), _must("until", Instant), _may("ticked_at", Instant)
)
deadlines = sa.Table(
    "deadlines",
    meta,
    _key("stream_id"),
    _key("name"),
    _must("id"),
    _must("due_at", Instant),
    _must("command"),
    _must("key_id"),
    _must("body"),
    sa.Index("deadlines_due", "due_at"),
)
links = sa.Table("links", meta, _key("system"), _key("foreign_id"), _must("stream_id"))
texts = sa.Table(
    "texts",
    meta,
    _key("id"),
    _must("stream_id"),
    _must("key_id"),
    _must("body"),
    _must("hash"),
    _must("forget_at", Instant),
    sa.Index("texts_forget", "forget_at"),
)
dirty = sa.Table("dirty", meta, _key("stream_id"))

people = sa.Table(
    "people",
    meta,
    _key("person"),
    _must("stream_id"),
    _must("name"),
    _must("title"),
    _must("email"),
    _must("time_zone"),
    _must("manager"),
    sa.Column("standing", Word, nullable=False, server_default=""),  # absences, and authority that is lent
    sa.Index("people_email", "email"),
)
members = sa.Table("members", meta, _key("person"), _key("user_group"))
tasks = sa.Table(
    "tasks",
    meta,
    _key("stream_id"),
    _key("task_id"),
    _must("person"),
    _must("deal"),
    _must("kind"),
    _must("about"),
    _must("seen"),
    _must("body"),
    _must("at", Instant),
    _may("by_when", Instant),
    sa.Index("tasks_person", "person"),
)
autonomy = sa.Table("autonomy", meta, _key("step"), _must("level"), _must("by"), _must("at", Instant))
# who looked at her Home, when, and the hash of what was published there last
homes = sa.Table("homes", meta, _key("person"), _must("stream_id"), _must("opened_at", Instant), _must("shown"))
switches = sa.Table("switches", meta, _key("system"), _must("by"), _must("at", Instant), _must("reason"))
deals = sa.Table("deals", meta, _key("stream_id"), _must("rep"), _must("body"), sa.Index("deals_rep", "rep"))
timelines = sa.Table(
    "timelines",
    meta,
    _key("stream_id"),
    _must("rep"),
    _must("body"),
    _must("stage"),
    _may("stage_at", Instant),
    _may("yes_at", Instant),
    _may("made_at", Instant),
    _may("ready_at", Instant),
    _may("sent_at", Instant),
    _may("signed_at", Instant),
    _may("won_at", Instant),
    _may("ends_at", Instant),
    sa.Index("timelines_signed", "signed_at"),
)
decisions = sa.Table(
    "decisions",
    meta,
    _key("stream_id"),
    _key("no", sa.Integer),
    *(_must(name) for name in ("rule", "role", "asked", "person", "way", "moved", "lent", "body")),
    *(_must(name, Instant) for name in ("asked_at", "at")),
    *(_must(name, sa.Integer) for name in ("minutes", "expected", "low", "high")),
    _must("yes", sa.Boolean),
    _may("until_on"),
    sa.Index("decisions_at", "at"),
)
# what each reminder told whom, and after how many minutes she decided; none: not after this one
reminders = sa.Table(
    "reminders",
    meta,
    _key("stream_id"),
    _key("no", sa.Integer),
    *(_must(name) for name in ("person", "tone", "tells")),
    _must("at", Instant),
    _may("minutes", sa.Integer),
    sa.Index("reminders_at", "at"),
)
# which row of the playbook had whom asked beside whom, and after how many minutes it was decided
escalations = sa.Table(
    "escalations",
    meta,
    _key("stream_id"),
    _key("no", sa.Integer),
    *(_must(name) for name in ("row", "before", "asked", "decided_by")),
    _must("at", Instant),
    *(_must(name, sa.Integer) for name in ("level", "used", "whole")),
    *(_may(name, sa.Integer) for name in ("minutes", "took")),
    sa.Index("escalations_at", "at"),
)
past_deals = sa.Table(
    "past_deals",
    meta,
    _key("id"),
    _must("stream_id"),  # whose name stands in `name`; the numbers in `body` are the company's
    _must("industry"),
    _must("currency"),
    _must("won", sa.Boolean),
    _must("size", sa.Integer),  # of the total: only between which powers of two it lies
    _must("name"),
    _must("body"),
    sa.Index("past_deals_industry", "industry", "won", "currency", "size"),
    sa.Index("past_deals_size", "currency", "won", "size"),
)
# what a customer asked for in a deal and was given, by clause or what else it is about; keys and days alone
negotiated = sa.Table(
    "negotiated",
    meta,
    _key("stream_id"),
    _key("deal"),
    _key("about"),
    _must("industry"),
    _must("day"),
    _must("asked"),
    _must("given"),
    _must("signed", sa.Boolean),
    sa.Index("negotiated_industry", "industry", "signed", "about", "given"),
)
memos = sa.Table("memos", meta, _key("stream_id"), _key("version", sa.Integer), _must("accepted", sa.Boolean))
# of a competitor, as its owner took it; `card` names the battle card
news = sa.Table("news", meta, _key("stream_id"), _must("card"), _must("body"))
customers = sa.Table(
    "customers", meta, _key("stream_id"), _must("account_id"), _must("csm"), sa.Index("customers_csm", "csm")
)
