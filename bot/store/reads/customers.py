"""Which of our people looks after which customer."""

import sqlalchemy as sa

from bot.store.reads.rows import RowsOf
from bot.store.tables import customers
from bot.streams.customer.customer import Customer

_ROWS = RowsOf(customers)


class Customers:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def project(self, customer: Customer) -> None:
        row = {"stream_id": customer.id, "account_id": customer.account_id, "csm": customer.csm}
        _ROWS.put(self._sql, customer.id, [row] if customer.csm else [])
