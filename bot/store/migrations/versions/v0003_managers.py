"""A person's manager, by Salesforce: unknown until the next look around, which tells everybody's."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("manager", sa.String, nullable=False, server_default=""))
