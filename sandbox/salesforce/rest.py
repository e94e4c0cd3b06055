"""REST resources: versions, records, queries, files, limits."""

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote

from sandbox.salesforce import many, setup, soql_parse, soql_run
from sandbox.salesforce.asking import Asked, Said, body_of, record_of
from sandbox.salesforce.describing import summary
from sandbox.salesforce.errors import Rejected, not_found
from sandbox.salesforce.ids import key
from sandbox.salesforce.org import Org, Row
from sandbox.salesforce.saving import known
from sandbox.salesforce.values import parse_moment, to_json

PAGE = 2_000
SMALLEST_PAGE = 200
BATCH = re.compile(r"\bbatchSize=(\d{1,6})\b")
RESOURCES = ("composite", "limits", "query", "queryAll", "sobjects")


class Rest:
    """`calls` counts what the limits count."""

    def __init__(self, org: Org, most_calls: int = 100_000) -> None:
        self.org = org
        self.calls = 0
        self.most_calls = most_calls
        self._pages: dict[str, list[dict[str, Any]]] = {}
        self._routes: list[tuple[re.Pattern[str], Callable[..., Said]]] = [
            (re.compile(r"/query/(\w+)-(\d+)"), self._more),
            (re.compile(r"/(query|queryAll)/?"), self._query),
            (re.compile(r"/sobjects/?"), self._global),
            (re.compile(r"/sobjects/(\w+)/describe/?"), self._describe),
            (re.compile(r"/sobjects/(\w+)/(deleted|updated)/?"), self._since),
            (re.compile(r"/sobjects/(\w+)/?"), self._create),
            (re.compile(r"/sobjects/(ContentVersion)/(\w{15}|\w{18})/VersionData"), self._blob),
            (re.compile(r"/sobjects/(\w+)/(\w{15}|\w{18})"), self._record),
            (re.compile(r"/sobjects/(\w+)/(\w+)/([^/]+)"), self._external),
            (re.compile(r"/composite/sobjects/?"), self._collection),
            (re.compile(r"/composite/sobjects/(\w+)/?"), self._several),
            (re.compile(r"/composite/sobjects/(\w+)/(\w+)/?"), self._upserts),
            (re.compile(r"/composite/?"), self._composite),
            (re.compile(r"/limits/?"), self._limits),
            (re.compile(r"/tooling/query/?"), self._tooling),
        ]

    def answer(self, asked: Asked) -> Said:
        """Raises Rejected."""
        for route, handle in self._routes:
            if (found := route.fullmatch(asked.path)) is not None:
                return handle(asked, *found.groups())
        raise not_found()

    @property
    def usage(self) -> str:
        """As the header Sforce-Limit-Info tells it."""
        return f"api-usage={self.calls}/{self.most_calls}"

    def resources(self, identity: str) -> dict[str, str]:
        """Where what can be asked for lies; `identity` is the caller's own address."""
        return {**{name: f"{soql_run.BASE}/{name}" for name in RESOURCES}, "identity": identity}

    def _query(self, asked: Asked, verb: str) -> Said:
        query = soql_parse.parse(asked.parameters.get("q", ""))
        rows = soql_run.run(self.org, query, deleted=verb == "queryAll")
        if query.count:
            return Said(200, {"totalSize": len(rows), "done": True, "records": []})
        told = BATCH.search(asked.headers.get("sforce-query-options", ""))
        size = min(max(int(told[1]), SMALLEST_PAGE), PAGE) if told else PAGE
        return Said(200, self._page(rows, 0, f"01gHn{len(self._pages):013d}", size))

    def _more(self, asked: Asked, query: str, start: str) -> Said:
        if query not in self._pages:
            raise Rejected("INVALID_QUERY_LOCATOR", "invalid query locator")
        told = BATCH.search(asked.headers.get("sforce-query-options", ""))
        size = min(max(int(told[1]), SMALLEST_PAGE), PAGE) if told else PAGE
        return Said(200, self._page(self._pages[query], int(start), query, size))

    def _page(self, rows: list[dict[str, Any]], start: int, query: str, size: int) -> dict[str, Any]:
        done = start + size >= len(rows)
        page = {"totalSize": len(rows), "done": done, "records": rows[start : start + size]}
        if not done:
            self._pages[query] = rows
            page["nextRecordsUrl"] = f"{soql_run.BASE}/query/{query}-{start + size}"
        return page

    def _global(self, asked: Asked) -> Said:
        listed = [summary(of) for of in self.org.schemas()]
        return Said(200, {"encoding": "UTF-8", "maxBatchSize": many.MOST_RECORDS, "sobjects": listed})

    def _describe(self, asked: Asked, kind: str) -> Said:
        return Said(200, self.org.describe(kind))

    def _since(self, asked: Asked, kind: str, what: str) -> Said:
        """Ids that were deleted or saved between two moments."""
        start, end = (_moment(asked.parameters.get(name, "")) for name in ("start", "end"))
        gone = what == "deleted"
        rows = self.org.records(kind, deleted=True)
        found = [r for r in rows if r["IsDeleted"] is gone and start <= r["SystemModstamp"] < end]
        if gone:
            ids = [{"id": r["Id"], "deletedDate": to_json(r["SystemModstamp"])} for r in found]
            return Said(200, {"deletedRecords": ids, "latestDateCovered": to_json(end)})
        return Said(200, {"ids": [r["Id"] for r in found], "latestDateCovered": to_json(end)})

    def _create(self, asked: Asked, kind: str) -> Said:
        of = self.org.schema(kind)
        match asked.method:
            case "GET":
                return Said(200, {"objectDescribe": summary(of), "recentItems": []})
            case "POST":
                made = self.org.create(kind, record_of(asked), asked.by)
                told = {"id": made, "success": True, "errors": []}
                return Said(201, told, location=f"{soql_run.BASE}/sobjects/{of.name}/{made}")
            case _:
                raise _not_allowed(asked)

    def _blob(self, asked: Asked, kind: str, record_id: str) -> Said:
        self.org.get(kind, record_id)
        return Said(200, raw=self.org.blobs[key(record_id)])

    def _record(self, asked: Asked, kind: str, record_id: str) -> Said:
        match asked.method:
            case "GET":
                return Said(200, self._shown(kind, self.org.get(kind, record_id), asked))
            case "PATCH":
                _unmodified(asked, self.org.get(kind, record_id))
                self.org.update(kind, record_id, record_of(asked), asked.by)
            case "DELETE":
                self.org.delete(kind, record_id, asked.by)
            case _:
                raise _not_allowed(asked)
        return Said(204)

    def _external(self, asked: Asked, kind: str, field: str, value: str) -> Said:
        of = self.org.schema(kind)
        column, value = known(of, field), unquote(value)
        if not column.external:
            raise not_found("Provided external ID field does not exist or is not accessible: " + field)
        if asked.method == "PATCH":
            return self._upsert(asked, of.name, column.name, value)
        rows = self.org.by_key(of.name, column.name, value)
        if not rows:
            raise not_found()
        if len(rows) > 1:
            raise Rejected("DUPLICATE_EXTERNAL_ID", f"{column.name}: more than one record found", status=300)
        if asked.method == "GET":
            return Said(200, self._shown(of.name, rows[0], asked))
        if asked.method != "DELETE":
            raise _not_allowed(asked)
        self.org.delete(of.name, rows[0]["Id"], asked.by)
        return Said(204)

    def _upsert(self, asked: Asked, kind: str, field: str, value: str) -> Said:
        fields = record_of(asked)
        if twice := [name for name in fields if name.lower() in (field.lower(), "id")]:
            said = f"The {twice[0]} field should not be specified in the sobject data."
            raise Rejected("INVALID_FIELD", said, (twice[0],))
        made, created = many.upsert(self.org, kind, field, value, fields, asked.by)
        return Said(201 if created else 200, {"id": made, "success": True, "errors": [], "created": created})

    def _shown(self, kind: str, row: Row, asked: Asked) -> dict[str, Any]:
        named = asked.parameters.get("fields", "")
        return self._with(kind, row, [name.strip() for name in named.split(",")] if named else [])

    def _with(self, kind: str, row: Row, names: list[str]) -> dict[str, Any]:
        of = self.org.schema(kind)
        fields = [known(of, name).name for name in names or of.fields]
        url = f"{soql_run.BASE}/sobjects/{of.name}/{row['Id']}"
        shown = {name: to_json(row[name]) for name in fields}
        return {"attributes": {"type": of.name, "url": url}, **shown, "Id": row["Id"]}

    def _several(self, asked: Asked, kind: str) -> Said:
        """Records of one kind by their ids; null for one that is not there."""
        told = body_of(asked) if asked.method == "POST" else {n: v.split(",") for n, v in asked.parameters.items()}
        ids, names = told.get("ids"), told.get("fields")
        if not isinstance(ids, list) or not isinstance(names, list) or len(ids) > PAGE:
            raise Rejected("INVALID_INPUT", f"ids (at most {PAGE}) and fields are needed")
        found = {key(row["Id"]): row for row in self.org.records(kind)}
        rows = [found.get(key(str(each))) for each in ids]
        return Said(200, [self._with(kind, row, [str(n) for n in names]) if row else None for row in rows])

    def _collection(self, asked: Asked) -> Said:
        return many.collection(self.org, asked)

    def _upserts(self, asked: Asked, kind: str, field: str) -> Said:
        return many.upserts(self.org, asked, kind, field)

    def _composite(self, asked: Asked) -> Said:
        return many.composite(self.org, asked, self.answer)

    def _limits(self, asked: Asked) -> Said:
        left = max(self.most_calls - self.calls, 0)
        return Said(200, {"DailyApiRequests": {"Max": self.most_calls, "Remaining": left}})

    def _tooling(self, asked: Asked) -> Said:
        found = setup.run(self.org.setup, soql_parse.parse(asked.parameters.get("q", "")))
        return Said(200, {"size": len(found), "totalSize": len(found), "done": True, "records": found})


def _not_allowed(asked: Asked) -> Rejected:
    return Rejected("METHOD_NOT_ALLOWED", f"HTTP Method '{asked.method}' not allowed.", status=405)


def _moment(told: str) -> datetime:
    try:
        return parse_moment(told.replace(" ", "+"))  # a plus in an address is a space
    except ValueError:
        raise Rejected("INVALID_REPLICATION_DATE", "start and end are moments, in ISO 8601") from None


def _unmodified(asked: Asked, row: Row) -> None:
    """If-Unmodified-Since, to the second, as Salesforce compares it."""
    told = asked.headers.get("if-unmodified-since")
    if told is None:
        return
    try:
        since = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        raise Rejected("INVALID_INPUT", "If-Unmodified-Since is not an HTTP date") from None
    if row["LastModifiedDate"] > since:
        raise Rejected("PRECONDITION_FAILED", "The record was changed since.", status=412)
