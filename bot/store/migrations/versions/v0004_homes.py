"""Home is published anew for who opened it lately, and only when it would show something else."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "homes",
        sa.Column("person", WORD, primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("stream_id", "opened_at", "shown")),
    )
