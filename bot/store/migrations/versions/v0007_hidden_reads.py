"""What lists and digests say of customers, contracts and amounts is encrypted: these reads are made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _must(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, WORD, nullable=False) for name in names]


def upgrade() -> None:
    for table in ("deals", "timelines", "tasks", "past_deals"):
        op.drop_table(table)
    _deals()
    _timelines()
    _tasks()
    _past_deals()
    op.execute("INSERT INTO dirty SELECT stream_id FROM heads WHERE stream_id NOT IN (SELECT stream_id FROM dirty)")


def _deals() -> None:
    op.create_table("deals", sa.Column("stream_id", WORD, primary_key=True, nullable=False), *_must("rep", "body"))
    op.create_index("deals_rep", "deals", ["rep"])


def _timelines() -> None:
    steps = ("stage", "yes", "made", "ready", "sent", "signed", "won", "ends")
    op.create_table(
        "timelines",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        *_must("rep", "body", "stage"),
        *(sa.Column(f"{step}_at", WORD, nullable=True) for step in steps),
    )
    op.create_index("timelines_signed", "timelines", ["signed_at"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        *(sa.Column(name, WORD, primary_key=True, nullable=False) for name in ("stream_id", "task_id")),
        *_must("person", "deal", "kind", "about", "seen", "body", "at"),
        sa.Column("by_when", WORD, nullable=True),
    )
    op.create_index("tasks_person", "tasks", ["person"])


def _past_deals() -> None:
    op.create_table(
        "past_deals",
        sa.Column("id", WORD, primary_key=True, nullable=False),
        *_must("stream_id", "industry", "currency"),
        sa.Column("won", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *_must("name", "body"),
    )
    op.create_index("past_deals_industry", "past_deals", ["industry", "won", "currency", "size"])
    op.create_index("past_deals_size", "past_deals", ["currency", "won", "size"])
