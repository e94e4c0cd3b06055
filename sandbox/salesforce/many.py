"""Many records, or many requests, in one: collections and composite."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.salesforce.asking import Asked, Said, body_of
from sandbox.salesforce.errors import Rejected
from sandbox.salesforce.org import Org
from sandbox.salesforce.saving import known

REFERENCE = re.compile(r"@\{(\w+)((?:\.\w+|\[\d+\])+)\}")
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
MOST_PARTS = 25
MOST_RECORDS = 200
METHODS = frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"})
HALTED = "The transaction was rolled back since another operation in the same transaction failed."
Results = list[dict[str, Any]]


def collection(org: Org, asked: Asked) -> Said:
    """POST creates, PATCH updates, DELETE takes the ids of its parameter."""
    if asked.method == "DELETE":
        ids = [each for each in asked.parameters.get("ids", "").split(",") if each]
        return _each(org, asked.parameters.get("allOrNone") == "true", ids, lambda i: _delete(org, asked, str(i)))
    body = body_of(asked)
    save = _create if asked.method == "POST" else _update
    return _each(org, bool(body.get("allOrNone")), body.get("records"), lambda record: save(org, asked, record))


def upserts(org: Org, asked: Asked, kind: str, field: str) -> Said:
    body = body_of(asked)
    of = org.schema(kind)
    column = known(of, field).name

    def save(record: Any) -> dict[str, Any]:
        fields = _fields(record)
        value = str(fields.pop(column, ""))
        made, created = upsert(org, of.name, column, value, fields, asked.by)
        return {"id": made, "success": True, "errors": [], "created": created}

    return _each(org, bool(body.get("allOrNone")), body.get("records"), save)


def upsert(org: Org, kind: str, field: str, value: str, fields: dict[str, Any], by: str) -> tuple[str, bool]:
    """(id, whether it was made). Raises Rejected 300 when the value leads to more than one record."""
    there = org.by_key(kind, field, value)
    if len(there) > 1:
        raise Rejected("DUPLICATE_EXTERNAL_ID", f"{field}: more than one record found", status=300)
    if there:
        org.update(kind, there[0]["Id"], fields, by)
        return str(there[0]["Id"]), False
    return org.create(kind, {**fields, field: value}, by), True


def composite(org: Org, asked: Asked, answer: Callable[[Asked], Said]) -> Said:
    body = body_of(asked)
    parts = body.get("compositeRequest")
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
        raise Rejected("INVALID_INPUT", f"from 1 to {MOST_PARTS} subrequests")
    _named(parts)
    if not body.get("allOrNone"):
        return Said(200, {"compositeResponse": _run(asked, parts, answer)})
    answers: Results = []
    try:
        with org.atomic():
            answers = _run(asked, parts, answer, stop=True)
            if any(each["httpStatusCode"] >= 300 for each in answers):
                raise _RolledBack
    except _RolledBack:
        answers = [_echo(part, answers) for part in parts]
    return Said(200, {"compositeResponse": answers})


class _RolledBack(Exception):
    """Leaves the atomic block, so that nothing of it stays."""


def _each(org: Org, all_or_none: bool, records: Any, save: Callable[[Any], dict[str, Any]]) -> Said:
    if not isinstance(records, list) or not 0 < len(records) <= MOST_RECORDS:
        raise Rejected("INVALID_INPUT", f"from 1 to {MOST_RECORDS} records")
    results: Results = []
    try:
        with org.atomic():
            results = [_result(save, record) for record in records]
            if all_or_none and not all(result["success"] for result in results):
                raise _RolledBack
    except _RolledBack:
        undone = Rejected("ALL_OR_NONE_OPERATION_ROLLED_BACK", HALTED)
        results = [r if not r["success"] else {"success": False, "errors": [undone.result()]} for r in results]
    return Said(200, results)


def _result(save: Callable[[Any], dict[str, Any]], record: Any) -> dict[str, Any]:
    try:
        return save(record)
    except Rejected as no:
        return {"success": False, "errors": [no.result()]}


def _create(org: Org, asked: Asked, record: Any) -> dict[str, Any]:
    return {"id": org.create(_kind(record), _fields(record), asked.by), "success": True, "errors": []}


def _update(org: Org, asked: Asked, record: Any) -> dict[str, Any]:
    fields = _fields(record)
    record_id = str(record.get("id") or record.get("Id") or "")
    org.update(_kind(record), record_id, fields, asked.by)
    return {"id": record_id, "success": True, "errors": []}


def _delete(org: Org, asked: Asked, record_id: str) -> dict[str, Any]:
    org.delete(org.kind_of(record_id), record_id, asked.by)
    return {"id": record_id, "success": True, "errors": []}


def _fields(record: Any) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise Rejected("JSON_PARSER_ERROR", "a record is an object")
    return {name: value for name, value in record.items() if name.lower() not in ("attributes", "id")}


def _kind(record: Any) -> str:
    told = record.get("attributes")
    kind = told.get("type") if isinstance(told, dict) else None
    if not isinstance(kind, str):
        raise Rejected("INVALID_TYPE", "a record names its type in attributes")
    return kind


def _named(parts: list[Any]) -> None:
    """Every subrequest is whole, and has a name of its own."""
    names = [part.get("referenceId") if isinstance(part, dict) else None for part in parts]
    if not all(isinstance(name, str) and NAME.fullmatch(name) for name in names):
        raise Rejected("INVALID_INPUT", "every subrequest needs a referenceId that starts with a letter")
    if len(set(names)) < len(names):
        raise Rejected("INVALID_INPUT", "referenceId has to be unique")
    if any(part.get("method") not in METHODS or not isinstance(part.get("url"), str) for part in parts):
        raise Rejected("INVALID_INPUT", "every subrequest needs a method and a url")


def _run(asked: Asked, parts: list[Any], answer: Callable[[Asked], Said], stop: bool = False) -> Results:
    answers: Results = []
    done: dict[str, Any] = {}
    for part in parts:
        said = _part(asked, part, done, answer)
        answers.append(_told(part, said))
        done[part["referenceId"]] = said.body
        if stop and said.status >= 300:
            break
    return answers


def _part(asked: Asked, part: dict[str, Any], done: dict[str, Any], answer: Callable[[Asked], Said]) -> Said:
    try:
        filled = _filled({"url": part["url"], "body": part.get("body")}, done)
        split = urlsplit(str(filled["url"]))
        path = re.sub(r"^/services/data/v[\d.]+", "", split.path)
        return answer(Asked(part["method"], path, dict(parse_qsl(split.query)), filled["body"], asked.by))
    except Rejected as no:
        return Said(no.status, [no.entry()])


def _filled(told: Any, done: dict[str, Any]) -> Any:
    """References in texts, wherever they stand, are what earlier parts answered."""
    if isinstance(told, str):
        return REFERENCE.sub(lambda m: _reference(m, done), told)
    if isinstance(told, dict):
        return {name: _filled(value, done) for name, value in told.items()}
    return [_filled(value, done) for value in told] if isinstance(told, list) else told


def _reference(match: re.Match[str], done: dict[str, Any]) -> str:
    found: Any = done.get(match[1])
    try:
        for name, index in STEP.findall(match[2]):
            found = found[name] if name else found[int(index)]
    except (KeyError, IndexError, TypeError):
        found = None
    if found is None:
        raise Rejected("PROCESSING_HALTED", f"Invalid reference specified. No value for {match[0]} found")
    return str(found)


def _echo(part: Any, answers: Results) -> dict[str, Any]:
    """The part that failed says why; every other one only that it was undone."""
    mine = next((a for a in answers if a["referenceId"] == part["referenceId"] and a["httpStatusCode"] >= 300), None)
    return mine or _told(part, Said(400, [{"errorCode": "PROCESSING_HALTED", "message": HALTED}]))


def _told(part: Any, said: Said) -> dict[str, Any]:
    headers = {"Location": said.location} if said.location else {}
    return {
        "body": said.body,
        "httpHeaders": headers,
        "httpStatusCode": said.status,
        "referenceId": part["referenceId"],
    }
