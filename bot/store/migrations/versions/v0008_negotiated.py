"""What customers asked for and were given in their negotiations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "negotiated",
        *(sa.Column(name, WORD, primary_key=True, nullable=False) for name in ("stream_id", "deal", "about")),
        *(sa.Column(name, WORD, nullable=False) for name in ("industry", "day", "asked", "given")),
        sa.Column("signed", sa.Boolean(), nullable=False),
    )
    op.create_index("negotiated_industry", "negotiated", ["industry", "signed", "about", "given"])
