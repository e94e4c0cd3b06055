"""Every table of the store."""

import sqlalchemy as sa

from bot.store.columns import Instant, Position, Word, count, key, may, meta, must

# a destroyed key leaves its row, with no body: the stream is erased, and not begun again
data_keys = sa.Table(
    "data_keys",
    meta,
    key("stream_id"),
    must("key_id"),
    must("store_key"),
    must("body"),
    may("erased_at", Instant),
    sa.Index("data_keys_store_key", "store_key"),
)
# key_id names the data key that body, stamp and problem are encrypted with
facts = sa.Table(
    "facts",
    meta,
    key("stream_id"),
    key("seq", sa.Integer),
    must("kind"),
    must("at", Instant),
    must("key_id"),
    must("body"),
    must("stamp"),
    must("hash"),
)
heads = sa.Table(
    "heads",
    meta,
    key("stream_id"),
    must("seq", sa.Integer),
    must("hash"),
    must("signature"),
    must("code"),
    must("key_id"),
    must("body"),
)
answers = sa.Table("answers", meta, key("key"), must("stream_id"), must("at", Instant), may("reason"), may("field"))
outbox = sa.Table(
    "outbox",
    meta,
    sa.Column("position", Position, primary_key=True),
    sa.Column("key", Word, nullable=False, unique=True),
    must("stream_id"),
    must("lane"),
    must("kind"),
    must("after"),
    must("key_id"),
    must("body"),
    must("actor"),
    must("permission"),
    count("fence"),
    count("tries"),
    count("failures"),  # that count towards parking; a busy provider's do not
    count("parks"),
    may("due_at", Instant),
    may("leased_until", Instant),
    may("begun_at", Instant),  # of a call whose outcome nobody could find out later
    may("done_at", Instant),
    may("parked_at", Instant),
    may("problem"),
    may("outcome"),  # done, skipped or compensated
    may("progress"),
    sa.Index("outbox_lane", "stream_id", "lane", "done_at"),
    sa.Index("outbox_due", "done_at", "parked_at", "due_at"),
)
breakers = sa.Table(
    "breakers",
    meta,
    key("lane"),
    must("state"),
    count("fails"),
    must("code"),
    may("since", Instant),
    may("until", Instant),
    must("credit", sa.Integer),
    must("counted_at", Instant),
)
elections = sa.Table(
    "elections", meta, key("office"), must("holder"), must("until", Instant), may("ticked_at", Instant)
)
deadlines = sa.Table(
    "deadlines",
    meta,
    key("stream_id"),
    key("name"),
    must("id"),
    must("due_at", Instant),
    must("command"),
    must("key_id"),
    must("body"),
    sa.Index("deadlines_due", "due_at"),
)
links = sa.Table("links", meta, key("system"), key("foreign_id"), must("stream_id"))
texts = sa.Table(
    "texts",
    meta,
    key("id"),
    must("stream_id"),
    must("key_id"),
    must("body"),
    must("hash"),
    must("forget_at", Instant),
    sa.Index("texts_forget", "forget_at"),
)
dirty = sa.Table("dirty", meta, key("stream_id"))

people = sa.Table(
    "people",
    meta,
    key("person"),
    must("stream_id"),
    must("name"),
    must("title"),
    must("email"),
    must("time_zone"),
    must("manager"),
    sa.Column("standing", Word, nullable=False, server_default=""),  # absences, and authority that is lent
    sa.Index("people_email", "email"),
)
members = sa.Table("members", meta, key("person"), key("user_group"))
tasks = sa.Table(
    "tasks",
    meta,
    key("stream_id"),
    key("task_id"),
    must("person"),
    must("deal"),
    must("kind"),
    must("about"),
    must("seen"),
    must("body"),
    must("at", Instant),
    may("by_when", Instant),
    sa.Index("tasks_person", "person"),
)
autonomy = sa.Table("autonomy", meta, key("step"), must("level"), must("by"), must("at", Instant))
# who looked at her Home, when, and the hash of what was published there last
homes = sa.Table("homes", meta, key("person"), must("stream_id"), must("opened_at", Instant), must("shown"))
switches = sa.Table("switches", meta, key("system"), must("by"), must("at", Instant), must("reason"))
deals = sa.Table("deals", meta, key("stream_id"), must("rep"), must("body"), sa.Index("deals_rep", "rep"))
timelines = sa.Table(
    "timelines",
    meta,
    key("stream_id"),
    must("rep"),
    must("body"),
    must("stage"),
    may("stage_at", Instant),
    may("yes_at", Instant),
    may("made_at", Instant),
    may("ready_at", Instant),
    may("sent_at", Instant),
    may("signed_at", Instant),
    may("won_at", Instant),
    may("ends_at", Instant),
    sa.Index("timelines_signed", "signed_at"),
)
past_deals = sa.Table(
    "past_deals",
    meta,
    key("id"),
    must("stream_id"),  # whose name stands in `name`; the numbers in `body` are the company's
    must("industry"),
    must("currency"),
    must("won", sa.Boolean),
    must("size", sa.Integer),  # of the total: only between which powers of two it lies
    must("name"),
    must("body"),
    sa.Index("past_deals_industry", "industry", "won", "currency", "size"),
    sa.Index("past_deals_size", "currency", "won", "size"),
)
# what a customer asked for in a deal and was given, by clause or what else it is about; keys and days alone
negotiated = sa.Table(
    "negotiated",
    meta,
    key("stream_id"),
    key("deal"),
    key("about"),
    must("industry"),
    must("day"),
    must("asked"),
    must("given"),
    must("signed", sa.Boolean),
    sa.Index("negotiated_industry", "industry", "signed", "about", "given"),
)
memos = sa.Table("memos", meta, key("stream_id"), key("version", sa.Integer), must("accepted", sa.Boolean))
# of a competitor, as its owner took it; `card` names the battle card
news = sa.Table("news", meta, key("stream_id"), must("card"), must("body"))
customers = sa.Table(
    "customers", meta, key("stream_id"), must("account_id"), must("csm"), sa.Index("customers_csm", "csm")
)
