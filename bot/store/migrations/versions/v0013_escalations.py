"""Which requests were escalated, by which row, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "escalations",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("row", "before", "asked", "decided_by", "at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("level", "used", "whole")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("minutes", "took")),
    )
    op.create_index("escalations_at", "escalations", ["at"])
