"""REST resources: records, queries, files, and many writes in one request."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sandbox.salesforce import soql_parse, soql_run
from sandbox.salesforce.catalog import OBJECTS
from sandbox.salesforce.describing import summary
from sandbox.salesforce.errors import Rejected, not_found
from sandbox.salesforce.ids import key
from sandbox.salesforce.org import Org
from sandbox.salesforce.saving import known
from sandbox.salesforce.values import to_json

PAGE = 2_000
REFERENCE = re.compile(r"@\{(\w+)\.(\w+)\}")
MOST_PARTS = 25
MOST_RECORDS = 200
HALTED = "The transaction was rolled back since another operation in the same transaction failed."


@dataclass(frozen=True, slots=True)
class Asked:
    """`path` is what comes after the version; `by` the user whose token it is."""

    method: str
    path: str
    parameters: dict[str, str]
    body: Any
    by: str


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    body: Any = None
    raw: bytes | None = None


class Rest:
    def __init__(self, org: Org) -> None:
        self.org = org
        self._pages: dict[str, list[dict[str, Any]]] = {}
        self._routes: list[tuple[re.Pattern[str], Callable[..., Said]]] = [
            (re.compile(r"/query/([\w-]+)"), self._more),
            (re.compile(r"/(query|queryAll)/?"), self._query),
            (re.compile(r"/sobjects/?"), self._global),
            (re.compile(r"/sobjects/(\w+)/describe"), self._describe),
            (re.compile(r"/sobjects/(\w+)/?"), self._create),
            (re.compile(r"/sobjects/(ContentVersion)/(\w{15,18})/VersionData"), self._blob),
            (re.compile(r"/sobjects/(\w+)/(\w{15}|\w{18})"), self._record),
            (re.compile(r"/sobjects/(\w+)/(\w+)/([^/]+)"), self._external),
            (re.compile(r"/composite/sobjects"), self._collection),
            (re.compile(r"/composite/?"), self._composite),
            (re.compile(r"/limits/?"), self._limits),
        ]

    def answer(self, asked: Asked) -> Said:
        """Raises Rejected."""
        for route, handle in self._routes:
            if (found := route.fullmatch(asked.path)) is not None:
                return handle(asked, *found.groups())
        raise not_found()

    def _query(self, asked: Asked, verb: str) -> Said:
        query = soql_parse.parse(asked.parameters.get("q", ""))
        rows = soql_run.run(self.org, query, deleted=verb == "queryAll")
        if query.count:
            return Said(200, {"totalSize": len(rows), "done": True, "records": []})
        return Said(200, self._page(rows, 0, f"01gHn00000{len(self._pages):08d}"))

    def _more(self, asked: Asked, cursor: str) -> Said:
        query, _, start = cursor.rpartition("-")
        if query not in self._pages or not start.isdigit():
            raise Rejected("INVALID_QUERY_LOCATOR", "invalid query locator")
        return Said(200, self._page(self._pages[query], int(start), query))

    def _page(self, rows: list[dict[str, Any]], start: int, query: str) -> dict[str, Any]:
        done = start + PAGE >= len(rows)
        page = {"totalSize": len(rows), "done": done, "records": rows[start : start + PAGE]}
        if not done:
            self._pages[query] = rows
            page["nextRecordsUrl"] = f"{soql_run.BASE}/query/{query}-{start + PAGE}"
        return page

    def _global(self, asked: Asked) -> Said:
        return Said(200, {"encoding": "UTF-8", "sobjects": [summary(of) for of in OBJECTS.values()]})

    def _describe(self, asked: Asked, kind: str) -> Said:
        return Said(200, self.org.describe(kind))

    def _create(self, asked: Asked, kind: str) -> Said:
        if asked.method != "POST":
            return Said(200, {"objectDescribe": summary(self.org.schema(kind)), "recentItems": []})
        made = self.org.create(kind, _object(asked.body), asked.by)
        return Said(201, {"id": made, "success": True, "errors": []})

    def _blob(self, asked: Asked, kind: str, record_id: str) -> Said:
        self.org.get(kind, record_id)
        return Said(200, raw=self.org.blobs[key(record_id)])

    def _record(self, asked: Asked, kind: str, record_id: str) -> Said:
        match asked.method:
            case "GET":
                return Said(200, self._shown(kind, self.org.get(kind, record_id), asked))
            case "PATCH":
                self.org.update(kind, record_id, _object(asked.body), asked.by)
            case "DELETE":
                self.org.delete(kind, record_id, asked.by)
            case _:
                raise Rejected("METHOD_NOT_ALLOWED", f"HTTP Method '{asked.method}' not allowed.", status=405)
        return Said(204)

    def _external(self, asked: Asked, kind: str, field: str, value: str) -> Said:
        of = self.org.schema(kind)
        column, value = known(of, field), unquote(value)
        if not column.external:
            raise not_found("Provided external ID field does not exist or is not accessible: " + field)
        rows = self.org.by_key(of.name, column.name, value)
        if len(rows) > 1:
            raise Rejected("DUPLICATE_EXTERNAL_ID", f"{column.name}: more than one record found", status=300)
        if asked.method == "GET":
            if not rows:
                raise not_found()
            return Said(200, self._shown(of.name, rows[0], asked))
        return self._upsert(asked, of.name, column.name, value, rows[0]["Id"] if rows else None)

    def _upsert(self, asked: Asked, kind: str, field: str, value: str, there: str | None) -> Said:
        if there is not None:
            self.org.update(kind, there, _object(asked.body), asked.by)
            return Said(200, {"id": there, "success": True, "errors": [], "created": False})
        made = self.org.create(kind, {**_object(asked.body), field: value}, asked.by)
        return Said(201, {"id": made, "success": True, "errors": [], "created": True})

    def _shown(self, kind: str, row: dict[str, Any], asked: Asked) -> dict[str, Any]:
        of = self.org.schema(kind)
        names = asked.parameters.get("fields", "").split(",") if asked.parameters.get("fields") else list(of.fields)
        shown = {known(of, name).name: to_json(row[known(of, name).name]) for name in names}
        url = f"{soql_run.BASE}/sobjects/{of.name}/{row['Id']}"
        return {"attributes": {"type": of.name, "url": url}, **shown, "Id": row["Id"]}

    def _collection(self, asked: Asked) -> Said:
        body = _object(asked.body)
        records = body.get("records")
        if not isinstance(records, list) or len(records) > MOST_RECORDS:
            raise Rejected("INVALID_INPUT", f"at most {MOST_RECORDS} records")
        results: list[dict[str, Any]] = []
        try:
            with self.org.atomic():
                results = [self._one(asked, record) for record in records]
                if body.get("allOrNone") and not all(result["success"] for result in results):
                    raise Rejected("ALL_OR_NONE_OPERATION_ROLLED_BACK", HALTED)
        except Rejected as no:
            results = [r if not r["success"] else {"success": False, "errors": [no.result()]} for r in results]
        return Said(200, results)

    def _one(self, asked: Asked, record: Any) -> dict[str, Any]:
        fields = {name: value for name, value in _object(record).items() if name.lower() not in ("attributes", "id")}
        kind, record_id = record.get("attributes", {}).get("type", ""), record.get("id") or record.get("Id")
        try:
            if asked.method == "POST":
                record_id = self.org.create(kind, fields, asked.by)
            else:
                self.org.update(kind, str(record_id), fields, asked.by)
        except Rejected as no:
            return {"success": False, "errors": [no.result()]}
        return {"id": record_id, "success": True, "errors": []}

    def _composite(self, asked: Asked) -> Said:
        body = _object(asked.body)
        parts = body.get("compositeRequest")
        if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
            raise Rejected("INVALID_INPUT", f"from 1 to {MOST_PARTS} subrequests")
        if not body.get("allOrNone"):
            return Said(200, {"compositeResponse": self._parts(asked, parts, {})})
        answers: list[dict[str, Any]] = []
        try:
            with self.org.atomic():
                answers = self._parts(asked, parts, {}, stop=True)
                if any(answer["httpStatusCode"] >= 300 for answer in answers):
                    raise _RolledBack
        except _RolledBack:
            answers = [_echo(part, answers) for part in parts]
        return Said(200, {"compositeResponse": answers})

    def _parts(
        self, asked: Asked, parts: list[Any], known_: dict[str, Any], stop: bool = False
    ) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = []
        for part in parts:
            said = self._part(asked, part, known_)
            answers.append(_told(part, said))
            known_[str(part.get("referenceId"))] = said.body
            if stop and said.status >= 300:
                return answers
        return answers

    def _part(self, asked: Asked, part: Any, done: dict[str, Any]) -> Said:
        try:
            filled = json.loads(REFERENCE.sub(lambda m: _reference(m, done), json.dumps(part)))
            split = urlsplit(str(filled.get("url", "")))
            path = re.sub(r"^/services/data/v[\d.]+", "", split.path)
            inner = Asked(str(filled.get("method")), path, dict(parse_qsl(split.query)), filled.get("body"), asked.by)
            return self.answer(inner)
        except Rejected as no:
            return Said(no.status, [no.entry()])

    def _limits(self, asked: Asked) -> Said:
        return Said(200, {"DailyApiRequests": {"Max": 100_000, "Remaining": 99_000}})


class _RolledBack(Exception):
    """Leaves the atomic block, so that nothing of it stays."""


def _echo(part: Any, answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The part that failed says why; every other one only that it was undone."""
    mine = next(
        (a for a in answers if a["referenceId"] == part.get("referenceId") and a["httpStatusCode"] >= 300), None
    )
    code = "PROCESSING_HALTED"
    return mine or _told(part, Said(400, [{"errorCode": code, "message": HALTED}]))


def _told(part: Any, said: Said) -> dict[str, Any]:
    name = str(part.get("referenceId"))
    return {"body": said.body, "httpHeaders": {}, "httpStatusCode": said.status, "referenceId": name}


def _reference(match: re.Match[str], done: dict[str, Any]) -> str:
    body = done.get(match[1])
    if not isinstance(body, dict) or match[2] not in body:
        raise Rejected("PROCESSING_HALTED", f"Invalid reference specified. No value for {match[0]} found")
    return str(body[match[2]])


def _object(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise Rejected("JSON_PARSER_ERROR", "The HTTP entity body is required to be an object")
    return body
