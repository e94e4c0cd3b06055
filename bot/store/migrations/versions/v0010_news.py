"""News of competitors, as their owners took them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "news",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("card", "body")),
    )
