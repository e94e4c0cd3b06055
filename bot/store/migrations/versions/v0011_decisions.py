"""What became of each request for an approval, and how our people stand: absences and authority that they lend."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    words = ("rule", "role", "asked", "person", "way", "moved", "lent", "body", "asked_at", "at")
    numbers = ("minutes", "expected", "low", "high")
    op.create_table(
        "decisions",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in words),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("until_on", WORD, nullable=True),
    )
    op.create_index("decisions_at", "decisions", ["at"])
    op.add_column("people", sa.Column("standing", WORD, nullable=False, server_default=""))
    op.execute("INSERT INTO dirty SELECT stream_id FROM heads WHERE stream_id NOT IN (SELECT stream_id FROM dirty)")
