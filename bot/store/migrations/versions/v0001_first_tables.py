"""Every table, as the first release has it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Type = sa.types.TypeEngine[Any]
WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NUMBER, BIG, FLAG = sa.Integer(), sa.BigInteger(), sa.Boolean()
POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _record()
    _owed()
    _people()
    _deals()


def _key(*names: str, kind: Type = WORD) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True, nullable=False) for name in names]


def _must(*names: str, kind: Type = WORD) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _may(*names: str, kind: Type = WORD) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _record() -> None:
    op.create_table("data_keys", *_key("stream_id"), *_must("key_id", "store_key", "body"), *_may("erased_at"))
    op.create_index("data_keys_store_key", "data_keys", ["store_key"])
    op.create_table(
        "facts", *_key("stream_id"), *_key("seq", kind=NUMBER), *_must("kind", "at", "key_id", "body", "stamp", "hash")
    )
    op.create_table(
        "heads", *_key("stream_id"), *_must("seq", kind=NUMBER), *_must("hash", "signature", "code", "key_id", "body")
    )
    op.create_table("answers", *_key("key"), *_must("stream_id", "at"), *_may("reason", "field"))
    op.create_table("links", *_key("system", "foreign_id"), *_must("stream_id"))
    op.create_table("texts", *_key("id"), *_must("stream_id", "key_id", "body", "hash", "forget_at"))
    op.create_index("texts_forget", "texts", ["forget_at"])


def _owed() -> None:
    op.create_table(
        "outbox",
        *_key("position", kind=POSITION),
        *_must("key", "stream_id", "lane", "kind", "after", "key_id", "body", "actor", "permission"),
        *_must("fence", "tries", "failures", "parks", kind=NUMBER),
        *_may("due_at", "leased_until", "begun_at", "done_at", "parked_at", "problem", "outcome", "progress"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("outbox_due", "outbox", ["done_at", "parked_at", "due_at"])
    op.create_index("outbox_lane", "outbox", ["stream_id", "lane", "done_at"])
    op.create_table(
        "breakers",
        *_key("lane"),
        *_must("state"),
        *_must("fails", kind=NUMBER),
        *_must("code"),
        *_may("since", "until"),
        *_must("credit", kind=NUMBER),
        *_must("counted_at"),
        *_must("told", kind=FLAG),
    )
    op.create_table("elections", *_key("office"), *_must("holder", "until"), *_may("ticked_at"))
    op.create_table("deadlines", *_key("stream_id", "name"), *_must("id", "due_at", "command", "key_id", "body"))
    op.create_index("deadlines_due", "deadlines", ["due_at"])
    op.create_table("dirty", *_key("stream_id"))


def _people() -> None:
    op.create_table("people", *_key("person"), *_must("stream_id", "name", "title", "email", "time_zone"))
    op.create_index("people_email", "people", ["email"])
    op.create_table("members", *_key("person", "user_group"))
    op.create_table(
        "tasks",
        *_key("stream_id", "task_id"),
        *_must("person", "deal", "kind", "about", "seen", "title", "at"),
        *_may("by_when"),
    )
    op.create_index("tasks_person", "tasks", ["person"])
    op.create_table("switches", *_key("system"), *_must("by", "at", "reason"))


def _deals() -> None:
    op.create_table(
        "deals",
        *_key("stream_id"),
        *_must("customer", "title", "rep", "state", "waits_on"),
        *_may("since"),
        *_must("currency"),
        *_must("total", kind=BIG),
        *_must("channel", "words"),
    )
    op.create_index("deals_rep", "deals", ["rep"])
    op.create_table(
        "timelines",
        *_key("stream_id"),
        *_must("customer", "rep", "currency"),
        *_must("total", kind=BIG),
        *_must("stage"),
        *_may("stage_at", "yes_at", "made_at", "ready_at", "sent_at", "signed_at", "won_at", "ends_at"),
    )
    op.create_index("timelines_signed", "timelines", ["signed_at"])
    op.create_table(
        "past_deals",
        *_key("id"),
        *_must("customer", "industry", "currency"),
        *_must("total", kind=BIG),
        *_must("discount", "payment_days", kind=NUMBER),
        *_must("won", kind=FLAG),
        *_must("days", kind=NUMBER),
        *_must("closed_on"),
    )
    op.create_table("customers", *_key("stream_id"), *_must("account_id", "csm"))
