"""Which deals asked for priority, when they had it, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "critical",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("claimed_at", WORD, nullable=False),
        *(sa.Column(name, WORD, nullable=True) for name in ("given_at", "left_at", "asked_at", "approved_at")),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("won", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hands", "by_hands")),
    )
    op.create_index("critical_claimed", "critical", ["claimed_at"])
