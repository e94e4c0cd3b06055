"""How likely approvals were to be in time, and whether they were; what the company's calendar takes of whose time."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "risks",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("level", "factors", "mitigated")),
        *(sa.Column(name, WORD, nullable=False) for name in ("planned_at", "deadline", "at")),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=True),
    )
    op.create_index("risks_at", "risks", ["at"])
    op.create_table(
        "busy",
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in ("starts_at", "ends_at", "people")),
        sa.Column("travel", sa.Boolean(), nullable=False),
    )
