"""Administrators switch the autonomy of a step: rules read what holds now."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "autonomy",
        sa.Column("step", WORD, primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("level", "by", "at")),
    )
