"""Which of our people looks after which customer."""

import sqlalchemy as sa

from bot.store.tables import customers
from bot.streams.customer.customer import Customer


class Customers:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def project(self, customer: Customer) -> None:
        self._sql.execute(customers.delete().where(customers.c.stream_id == customer.id))
        if not customer.csm:
            return
        row = {"stream_id": customer.id, "account_id": customer.account_id, "csm": customer.csm}
        self._sql.execute(customers.insert().values(row))
