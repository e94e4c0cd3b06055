"""What each reminder told whom, and whether she decided soon after it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("person", "tone", "tells", "at")),
        sa.Column("minutes", sa.Integer(), nullable=True),
    )
    op.create_index("reminders_at", "reminders", ["at"])
