"""By which door each request for an approval was told to whom, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "doors",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("person", "door", "chose", "how", "at")),
        sa.Column("minutes", sa.Integer(), nullable=False),
    )
    op.create_index("doors_at", "doors", ["at"])
