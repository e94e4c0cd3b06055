"""A SOQL tree over the org's records, answered in REST's shape."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sandbox.salesforce.errors import Rejected, no_such_column
from sandbox.salesforce.ids import key
from sandbox.salesforce.org import Org, Row
from sandbox.salesforce.schema import IDS, NUMBERS, Field, SObject
from sandbox.salesforce.soql_parse import Every, Literal, Not, Query, Some, Test
from sandbox.salesforce.values import parse_moment, to_json

Held = dict[tuple[str, str], dict[str, list[Row]]]
BASE = "/services/data/v66.0"
COMPARED = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def run(org: Org, query: Query, deleted: bool = False) -> list[dict[str, Any]]:
    """Every record that is found, before it is cut into pages."""
    of = _object(org, query.kind)
    _check(org, of, query)
    rows = _chosen(org, of, query, org.records(of.name, deleted))
    held: Held = {}
    return rows if query.count else [shown(org, of, query, row, held) for row in rows]


def shown(org: Org, of: SObject, query: Query, row: Row, held: Held) -> dict[str, Any]:
    """`held` keeps the children of all parents, by kind and field, once they were looked for."""
    url = f"{BASE}/sobjects/{of.name}/{row['Id']}"
    made: dict[str, Any] = {"attributes": {"type": of.name, "url": url}}
    for path in query.fields:
        if isinstance(path, Query):
            name, children = _children(org, of, path, row, held)
            made[name] = {"totalSize": len(children), "done": True, "records": children} if children else None
        else:
            _put(org, of, row, path.split("."), made)
    return made


def matching(org: Org, of: SObject, where: Any, row: Row) -> bool:
    match where:
        case None:
            return True
        case Every(parts):
            return all(matching(org, of, part, row) for part in parts)
        case Some(parts):
            return any(matching(org, of, part, row) for part in parts)
        case Not(part):
            return not matching(org, of, part, row)
        case _:
            return _test(org, of, where, row)


def _check(org: Org, of: SObject, query: Query) -> None:
    """Every path leads somewhere, whether there are rows or not."""
    paths = [path for path in query.fields if isinstance(path, str) and path != "COUNT()"]
    for path in [*paths, *(path for path, _ in query.order), *_tested(query.where)]:
        _field_of(org, of, path.split("."))
    for inner in query.fields:
        if isinstance(inner, Query):
            _check(org, _children_of(org, of, inner)[0], inner)


def _tested(where: Any) -> list[str]:
    match where:
        case None:
            return []
        case Every(parts) | Some(parts):
            return [path for part in parts for path in _tested(part)]
        case Not(part):
            return _tested(part)
        case _:
            return [where.path]


def _object(org: Org, name: str) -> SObject:
    try:
        return org.schema(name)
    except Rejected:
        said = f"sObject type '{name}' is not supported."
        raise Rejected("INVALID_TYPE", said) from None


def _chosen(org: Org, of: SObject, query: Query, rows: list[Row]) -> list[Row]:
    found = [row for row in rows if matching(org, of, query.where, row)]
    for path, down in reversed(query.order):
        found.sort(key=lambda row, path=path: _sortable(_at(org, of, row, path)), reverse=down)  # type: ignore[misc]
    end = None if query.limit is None else query.offset + query.limit
    return found[query.offset : end]


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def _children_of(org: Org, of: SObject, query: Query) -> tuple[SObject, Field]:
    for each in org.schemas():
        for field in each.fields.values():
            if field.children.lower() == query.kind.lower() and field.children and of.name in field.refers_to:
                return each, field
    raise Rejected("INVALID_TYPE", f"Didn't understand relationship '{query.kind}' in FROM part of query call.")


def _children(org: Org, of: SObject, query: Query, row: Row, held: Held) -> tuple[str, list[dict[str, Any]]]:
    each, field = _children_of(org, of, query)
    where = (each.name, field.name)
    if where not in held:
        held[where] = _by_parent(org, *where)
    mine = held[where].get(key(row["Id"]), [])
    return field.children, [shown(org, each, query, r, held) for r in _chosen(org, each, query, mine)]


def _by_parent(org: Org, kind: str, field: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in org.records(kind):
        if row[field]:
            found.setdefault(key(row[field]), []).append(row)
    return found


def _put(org: Org, of: SObject, row: Row, path: list[str], into: dict[str, Any]) -> None:
    if len(path) == 1:
        field = _field(of, path[0])
        into[field.name] = to_json(row[field.name])
        return
    parent, found, name = _parent(org, of, row, path[0])
    if found is None:
        _field_of(org, parent, path[1:])
        into.setdefault(name, None)
        return
    inner = into.get(name) or {
        "attributes": {"type": parent.name, "url": f"{BASE}/sobjects/{parent.name}/{found['Id']}"}
    }
    into[name] = inner
    _put(org, parent, found, path[1:], inner)


def _at(org: Org, of: SObject, row: Row, path: str) -> Any:
    first, _, rest = path.partition(".")
    if not rest:
        return row[_field(of, first).name]
    parent, found, _ = _parent(org, of, row, first)
    return None if found is None else _at(org, parent, found, rest)


def _parent(org: Org, of: SObject, row: Row, name: str) -> tuple[SObject, Row | None, str]:
    relation = of.relation(name)
    if relation is None:
        raise _no_relation(name)
    parent = org.schema(relation.refers_to[0])
    value = row[relation.name]
    found = org.find(value) if value else None
    return parent, found, relation.relationship


def _no_relation(name: str) -> Rejected:
    return Rejected("INVALID_FIELD", f"Didn't understand relationship '{name}' in field path.", (name,))


def _field(of: SObject, name: str) -> Field:
    field = of.field(name)
    if field is None:
        raise no_such_column(name, of.name, "entity")
    return field


def _field_of(org: Org, of: SObject, path: list[str]) -> Field:
    if len(path) == 1:
        return _field(of, path[0])
    relation = of.relation(path[0])
    if relation is None:
        raise _no_relation(path[0])
    return _field_of(org, org.schema(relation.refers_to[0]), path[1:])


def _test(org: Org, of: SObject, test: Test, row: Row) -> bool:
    field = _field_of(org, of, test.path.split("."))
    value = _at(org, of, row, test.path)
    if test.operator == "in":
        return any(_same(org, field, value, wanted) for wanted in test.wanted)
    if test.operator == "like":
        return value is not None and _like(str(value), str(test.wanted))
    if test.operator in ("=", "!="):
        return _same(org, field, value, test.wanted) == (test.operator == "=")
    wanted = _typed(org, field, test.wanted)
    if isinstance(wanted, tuple):
        wanted = wanted[0] if test.operator in ("<", ">=") else wanted[1]
    return value is not None and wanted is not None and bool(COMPARED[test.operator](value, wanted))


def _same(org: Org, field: Field, value: Any, wanted: Any) -> bool:
    typed = _typed(org, field, wanted)
    if typed is None or value is None:
        return typed is value
    if isinstance(typed, tuple):
        return bool(typed[0] <= value <= typed[1])
    if field.kind in IDS:
        return key(str(value)) == key(str(typed))
    return str(value).casefold() == str(typed).casefold() if isinstance(value, str) else bool(value == typed)


def _typed(org: Org, field: Field, wanted: Any) -> Any:
    """In the field's own kind; a date literal is its first and last moment."""
    if wanted is None or isinstance(wanted, bool):
        return wanted
    if isinstance(wanted, Literal):
        return _range(org, field, wanted)
    try:
        if field.kind in NUMBERS:
            return Decimal(str(wanted))
        if field.kind == "date":
            return date.fromisoformat(str(wanted)[:10])
        return parse_moment(str(wanted)) if field.kind == "datetime" else wanted
    except (ValueError, ArithmeticError):
        said = f"value of filter criterion for field '{field.name}' must be of type {field.kind}"
        raise Rejected("INVALID_FIELD", said, (field.name,)) from None


def _range(org: Org, field: Field, literal: Literal) -> tuple[Any, Any]:
    today = org.now().date()
    days = {"YESTERDAY": (-1, -1), "TODAY": (0, 0), "TOMORROW": (1, 1), "LAST_N_DAYS": (-literal.days, 0)}
    low, high = days.get(literal.name, (1, literal.days))
    first, last = today + timedelta(days=low), today + timedelta(days=high)
    if field.kind == "date":
        return first, last
    return datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)


def _like(value: str, pattern: str) -> bool:
    parts = re.split(r"(\\[%_]|%|_)", pattern)
    shown = {"%": ".*", "_": "."}
    made = "".join(shown.get(part, re.escape(part.removeprefix("\\") if part[:1] == "\\" else part)) for part in parts)
    return re.fullmatch(made, value, re.IGNORECASE | re.DOTALL) is not None
