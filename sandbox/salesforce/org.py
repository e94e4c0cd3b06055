"""One Salesforce org: records, their history, and who changed them when."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from sandbox.salesforce import saving
from sandbox.salesforce.catalog import LOWER, OBJECTS
from sandbox.salesforce.describing import described
from sandbox.salesforce.errors import Rejected, not_found
from sandbox.salesforce.ids import Ids, key
from sandbox.salesforce.rules import AFTER, BEFORE, Save
from sandbox.salesforce.schema import SObject, read_only
from sandbox.salesforce.setup import Setup

Row = dict[str, Any]
Past = tuple[datetime, str, str, Any, Any]
SILENT = frozenset({"SystemModstamp", "LastModifiedDate", "LastModifiedById"})


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Change:
    """`fields` are those whose values differ; all of them when the record is new."""

    kind: str
    id: str
    by: str
    fields: frozenset[str]
    new: bool


class Org:
    """Thread-safe. `by` is a user's id; without it, the automated process made the change."""

    def __init__(self, org_id: str, clock: Clock) -> None:
        self.id = org_id
        self.ids = Ids()
        self.lock = threading.RLock()
        self.blobs: dict[str, bytes] = {}
        self.listeners: list[Callable[[list[Change]], None]] = []
        self.setup = Setup()
        self._clock = clock
        self._schemas = dict(OBJECTS)
        self._rows: dict[str, dict[str, Row]] = {name: {} for name in OBJECTS}
        self._history: list[tuple[str, Past]] = []
        self._changes: list[Change] = []
        self._undo: list[tuple[str, str, Row | None]] = []
        self._depth = 0
        self.process_id = self._user("Automated", "Process", "process@larkspur.example")
        self.integration_id = self._user("Countersign", "Integration", "countersign@larkspur.example")

    def now(self) -> datetime:
        return self._clock.now().astimezone(UTC).replace(microsecond=0)

    def schema(self, kind: str) -> SObject:
        named = LOWER.get(kind.lower())
        found = self._schemas.get(named.name) if named else None
        if found is None:
            raise not_found()
        return found

    def schemas(self) -> list[SObject]:
        return list(self._schemas.values())

    def kind_of(self, record_id: str) -> str:
        """By its prefix. Raises Rejected."""
        found = next((of.name for of in self._schemas.values() if of.prefix == record_id[:3]), None)
        if found is None:
            raise Rejected("MALFORMED_ID", f"malformed id {record_id[:40]}")
        return found

    def lack(self, kind: str, field: str = "") -> None:
        """From now on nobody sees the field, or the whole object: it was not deployed, or is not permitted."""
        of = self._schemas.pop(kind)
        if field:
            self._schemas[kind] = of.of_fields(f for f in of.fields.values() if f.name != field)

    def forbid(self, kind: str, field: str = "") -> None:
        """From now on the field, or the object's records, can be read but not written by the integration's user."""
        of = self._schemas[kind]
        closed = of.of_fields(read_only(f) if f.name == field else f for f in of.fields.values())
        self._schemas[kind] = closed if field else replace(of, writeable=False)

    def describe(self, kind: str) -> dict[str, Any]:
        return described(self.schema(kind))

    def create(self, kind: str, fields: Mapping[str, Any], by: str = "", at: datetime | None = None) -> str:
        """The new id. `Id` may be given here, though never over the wire; `at` dates the record back."""
        of = self._written(kind, by)
        given = {name: value for name, value in fields.items() if name != "Id"}
        return self._insert(of, saving.accepted(of, given, new=True), fields.get("Id"), by or self.process_id, at)

    def make(self, kind: str, fields: Mapping[str, Any], by: str, at: datetime) -> str:
        """For the rules: what nobody may write is written."""
        return self._insert(self.schema(kind), dict(fields), None, by, at)

    def update(
        self, kind: str, record_id: str, fields: Mapping[str, Any], by: str = "", at: datetime | None = None
    ) -> None:
        of = self._written(kind, by)
        given = saving.accepted(of, fields, new=False)
        with self.atomic():
            old = self._row(of, record_id)
            row = {**old, **given}
            saving.referred(self, of, row, given)
            moment = at or self.now()
            save = Save(self, row, old, frozenset(given), by or self.process_id, moment)
            self._before(of, save)
            self._keep(of, save)
            self._after(of, save)

    def derive(self, kind: str, record_id: str, fields: Mapping[str, Any], by: str, at: datetime) -> None:
        """For the rules: kept as it is, but stamped and in the history like any change."""
        of = self.schema(kind)
        old = self._row(of, record_id)
        if any(old.get(name) != value for name, value in fields.items()):
            self._keep(of, Save(self, {**old, **fields}, old, frozenset(fields), by, at))

    def delete(self, kind: str, record_id: str, by: str = "") -> None:
        """To the bin: queryAll still sees it."""
        of = self.schema(kind)
        with self.atomic():
            old = self._row(of, record_id)
            for child, field in self._children(of):
                for row in self.records(child):
                    if row[field] is not None and key(row[field]) == key(record_id):
                        self.delete(child, row["Id"], by)
            save = Save(self, {**old, "IsDeleted": True}, old, frozenset(), by or self.process_id, self.now())
            self._keep(of, save)
            self._after(of, save)

    def get(self, kind: str, record_id: str) -> Row:
        """A copy. Raises Rejected NOT_FOUND or ENTITY_IS_DELETED."""
        with self.lock:
            return dict(self._row(self.schema(kind), record_id))

    def find(self, record_id: str) -> Row | None:
        with self.lock:
            for rows in self._rows.values():
                row = rows.get(key(record_id))
                if row is not None and not row["IsDeleted"]:
                    return dict(row)
        return None

    def records(self, kind: str, deleted: bool = False) -> list[Row]:
        with self.lock:
            rows = self._rows[self.schema(kind).name].values()
            return [dict(row) for row in rows if deleted or not row["IsDeleted"]]

    def by_key(self, kind: str, field: str, value: str) -> list[Row]:
        """External ids are compared without regard to case."""
        wanted = value.casefold()
        with self.lock:
            rows = self._rows[kind].values()
            return [dict(r) for r in rows if not r["IsDeleted"] and str(r.get(field) or "").casefold() == wanted]

    def history(self, record_id: str) -> list[Past]:
        """(at, by, field, old, new), oldest first."""
        with self.lock:
            return [past for owner, past in self._history if owner == key(record_id)]

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; who listens hears of it when the outermost one is done."""
        with self.lock:
            marks = len(self._undo), len(self._history), len(self._changes)
            self._depth += 1
            try:
                yield
            except BaseException:
                self._roll_back(*marks)
                raise
            finally:
                self._depth -= 1
            if not self._depth:
                self._commit()

    def _written(self, kind: str, by: str) -> SObject:
        of = self.schema(kind)
        if not of.writeable and by == self.integration_id:
            said = "insufficient access rights on object id"
            raise Rejected("INSUFFICIENT_ACCESS_OR_READONLY", said, status=403)
        return of

    def _commit(self) -> None:
        changes, self._changes = self._changes, []
        self._undo.clear()
        for listener in self.listeners:
            listener(changes)

    def _roll_back(self, undo: int, history: int, changes: int) -> None:
        while len(self._undo) > undo:
            kind, record, old = self._undo.pop()
            if old is None:
                del self._rows[kind][record]
            else:
                self._rows[kind][record] = old
        del self._history[history:]
        del self._changes[changes:]

    def _row(self, of: SObject, record_id: str) -> Row:
        row = self._rows[of.name].get(key(record_id))
        if row is None:
            raise not_found()
        if row["IsDeleted"]:
            raise Rejected("ENTITY_IS_DELETED", "entity is deleted", status=404)
        return row

    def _insert(self, of: SObject, given: dict[str, Any], wanted: str | None, by: str, at: datetime | None) -> str:
        with self.atomic():
            moment = at or self.now()
            row: Row = {field.name: field.default for field in of.fields.values()} | given
            row |= {"Id": saving.new_id(self, of, wanted), "CreatedDate": moment, "CreatedById": by}
            if "OwnerId" in of.fields and row["OwnerId"] is None:
                row["OwnerId"] = by
            saving.complete(of, row)
            saving.referred(self, of, row, given)
            save = Save(self, row, None, frozenset(given), by, moment)
            self._before(of, save)
            self._keep(of, save)
            self._after(of, save)
            return str(row["Id"])

    def _before(self, of: SObject, save: Save) -> None:
        saving.complete(of, save.row)
        if rule := BEFORE.get(of.name):
            rule(save)
        saving.unique(self, of, save.row)

    def _after(self, of: SObject, save: Save) -> None:
        if rule := AFTER.get(of.name):
            rule(save)

    def _keep(self, of: SObject, save: Save) -> None:
        record = key(save.row["Id"])
        row = {
            **save.row,
            "LastModifiedDate": save.at,
            "LastModifiedById": save.by,
            "SystemModstamp": save.at,
        }
        old = self._rows[of.name].get(record)
        before = old or {}
        changed = frozenset(name for name, value in row.items() if before.get(name) != value) - SILENT
        self._undo.append((of.name, record, old))
        self._rows[of.name][record] = row
        self._changes.append(Change(of.name, row["Id"], save.by, changed, old is None))
        if old is not None:
            self._history += [(record, (save.at, save.by, name, old[name], row[name])) for name in sorted(changed)]

    def _children(self, of: SObject) -> list[tuple[str, str]]:
        return [
            (each.name, field.name)
            for each in OBJECTS.values()
            for field in each.fields.values()
            if field.cascades and of.name in field.refers_to
        ]

    def _user(self, first: str, last: str, address: str) -> str:
        fields = {"FirstName": first, "LastName": last, "Username": address, "Email": address}
        return self._insert(self.schema("User"), fields, None, "", self.now())
