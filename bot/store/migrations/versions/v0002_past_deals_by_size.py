"""Past deals are found by industry and size, and customers by who looks after them, however many there are."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("past_deals_industry", "past_deals", ["industry", "won", "currency", "total"])
    op.create_index("past_deals_size", "past_deals", ["currency", "won", "total"])
    op.create_index("customers_csm", "customers", ["csm"])
