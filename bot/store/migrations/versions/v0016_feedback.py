"""What people were asked about approvals, and what they said."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("rule", "role", "side", "friction", "at")),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("body", WORD, nullable=True),
    )
    op.create_index("feedback_at", "feedback", ["at"])
