"""What the tables of the store are made of."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

meta = sa.MetaData()


def _by_bytes(dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
    return dialect.type_descriptor(sa.String(collation="C" if dialect.name == "postgresql" else None))


class Word(sa.TypeDecorator[str]):
    """Text that sorts by its bytes on both engines. PostgreSQL keeps no NUL, so neither does SQLite."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _by_bytes(dialect)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return value.replace("\0", "\ufffd") if value else value


class Instant(sa.TypeDecorator[datetime]):
    """Aware in Python; fixed-width UTC text in SQL, so that it sorts."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return _by_bytes(dialect)

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


Position = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up only what it calls INTEGER
Kind = type[sa.types.TypeEngine[Any]]


def key(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True)


def must(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def may(name: str, kind: Kind = Word) -> sa.Column[Any]:
    return sa.Column(name, kind)


def count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, default=0)
