"""Whether the operators know of a provider's trouble stands in the company's record."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("breakers", "told")
