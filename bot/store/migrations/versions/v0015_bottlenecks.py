"""What waits on whom, where requests queued up, what was done about it, and what came of that."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MUST = ("bottleneck", "rule", "person", "relief", "given", "owner", "signs", "end", "since", "at", "ended_by")


def upgrade() -> None:
    op.create_table(
        "waiting",
        *(sa.Column(name, WORD, primary_key=True, nullable=False) for name in ("stream_id", "approval")),
        *(sa.Column(name, WORD, nullable=False) for name in ("person", "rule", "at")),
    )
    op.create_index("waiting_person", "waiting", ["person", "at"])
    op.create_table(
        "bottlenecks",
        sa.Column("stream_id", WORD, primary_key=True, nullable=False),
        sa.Column("no", sa.Integer(), primary_key=True, nullable=False),
        *(sa.Column(name, WORD, nullable=False) for name in MUST),
        *(sa.Column(name, WORD, nullable=True) for name in ("without_at", "ended_at")),
    )
    op.create_index("bottlenecks_at", "bottlenecks", ["at"])
