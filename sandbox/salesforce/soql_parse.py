"""SOQL as text into a tree: the part of it that integrations use."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.salesforce.errors import Rejected

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<moment>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)"
    r"|(?P<number>[+-]?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w.]*(?::\d+)?)|(?P<mark><=|>=|!=|<>|[(),=<>]))",
    re.ASCII,
)
LONGEST = 100_000
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
WORDS = frozenset({"from", "where", "order", "limit", "offset", "and", "or", "not", "in", "like", "asc", "desc"})


@dataclass(frozen=True, slots=True)
class Test:
    """`wanted` is a value, or a tuple of them for IN."""

    path: str
    operator: str
    wanted: Any


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Any


@dataclass(frozen=True, slots=True)
class Literal:
    """A date literal such as TODAY or LAST_N_DAYS:30."""

    name: str
    days: int = 0


@dataclass
class Query:
    fields: list[Any]  # a path, or a Query over children
    kind: str
    where: Any = None
    order: list[tuple[str, bool]] = field(default_factory=list)  # (path, descending)
    limit: int | None = None
    offset: int = 0
    count: bool = False


def parse(text: str) -> Query:
    """Raises Rejected MALFORMED_QUERY."""
    if len(text) > LONGEST:
        raise Rejected("QUERY_TOO_COMPLICATED", f"at most {LONGEST} characters")
    reader = _Reader(_tokens(text))
    try:
        query = reader.query()
    except RecursionError:
        raise malformed("nested too deeply") from None
    if reader.peek() is not None:
        raise malformed(f"unexpected token: '{reader.peek()}'")
    return query


def malformed(said: str) -> Rejected:
    return Rejected("MALFORMED_QUERY", said)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:
            raise malformed(f"line 1:{at} no viable alternative at character '{text[at]}'")
        found.append((match.lastgroup or "", match[match.lastgroup or 0]))
        at = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    def peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def query(self) -> Query:
        self._word("select")
        fields = self._fields()
        self._word("from")
        made = Query(fields, self._name())
        made.count = fields == ["COUNT()"]
        if self._takes("where"):
            made.where = self._any()
        if self._takes("order"):
            self._word("by")
            made.order = self._orders()
        if self._takes("limit"):
            made.limit = self._count()
        if self._takes("offset"):
            made.offset = self._count()
        return made

    def _count(self) -> int:
        word = self._next()
        if not (word.isascii() and word.isdigit() and len(word) < 10):
            raise malformed(f"unexpected token: '{word}'")
        return int(word)

    def _fields(self) -> list[Any]:
        fields: list[Any] = []
        while True:
            if self._takes("("):
                fields.append(self.query())
                self._word(")")
            else:
                fields.append(self._field())
            if not self._takes(","):
                return fields

    def _field(self) -> str:
        name = self._name()
        if name.lower() == "count" and self._takes("("):
            self._word(")")
            return "COUNT()"
        return name

    def _orders(self) -> list[tuple[str, bool]]:
        orders = []
        while True:
            path = self._name()
            down = self._takes("desc")
            if not down:
                self._takes("asc")
            if self._takes("nulls"):
                self._next()
            orders.append((path, down))
            if not self._takes(","):
                return orders

    def _any(self) -> Any:
        parts = [self._all()]
        while self._takes("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _all(self) -> Any:
        parts = [self._one()]
        while self._takes("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Any:
        if self._takes("not"):
            return Not(self._one())
        if self._takes("("):
            inner = self._any()
            self._word(")")
            return inner
        return self._test()

    def _test(self) -> Any:
        path = self._name()
        if self._takes("not"):
            self._word("in")
            return Not(Test(path, "in", self._list()))
        operator = self._next().lower()
        if operator == "in":
            return Test(path, "in", self._list())
        if operator not in ("=", "!=", "<>", "<", ">", "<=", ">=", "like"):
            raise malformed(f"unexpected token: '{operator}'")
        return Test(path, "!=" if operator == "<>" else operator, self._value())

    def _list(self) -> tuple[Any, ...]:
        self._word("(")
        values = [self._value()]
        while self._takes(","):
            values.append(self._value())
        self._word(")")
        return tuple(values)

    def _value(self) -> Any:
        if self._at >= len(self._tokens):
            raise malformed("unexpected token: '<EOF>'")
        kind, word = self._tokens[self._at]
        self._at += 1
        if kind == "text":
            return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[0] if m[1] in "%_" else m[1]), word[1:-1])
        if kind in ("moment", "number"):
            return word
        return _named(word)

    def _name(self) -> str:
        kind, word = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        if kind == "name" and word.lower() not in WORDS:
            return self._next()
        raise malformed(f"unexpected token: '{self.peek() or '<EOF>'}'")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise malformed("unexpected token: '<EOF>'")
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _takes(self, word: str) -> bool:
        found = self.peek()
        if found is None or found.lower() != word or self._tokens[self._at][0] == "text":
            return False
        self._at += 1
        return True

    def _word(self, word: str) -> None:
        if not self._takes(word):
            raise malformed(f"expecting '{word}', found '{self.peek() or '<EOF>'}'")


def _named(word: str) -> Any:
    lower = word.lower()
    if lower in ("true", "false"):
        return lower == "true"
    if lower == "null":
        return None
    name, _, days = word.upper().partition(":")
    if name in ("TODAY", "YESTERDAY", "TOMORROW", "LAST_N_DAYS", "NEXT_N_DAYS"):
        return Literal(name, int(days or 0))
    raise malformed(f"unexpected token: '{word}'")
