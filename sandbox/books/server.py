"""The books of a company over HTTP: documents put once under a key."""

import hmac
import json
import re
import threading
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sandbox.books.sums import DoesNotAddUp, Json, check
from sandbox.faults import Fault, spoilt
from sandbox.web import Call, Reply, Served, WebServer, application, json_reply

PREFIXES = {"invoices": "INV", "schedules": "SCH", "journals": "JNL", "commissions": "COM"}
PATH = re.compile(r"/books/([a-z]+)(?:/([^/]+))?")


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    key: str
    document: Json

    def told(self) -> Json:
        return {"id": self.id, "key": self.key, "document": self.document}


class BooksServer:
    """Its next answers can be spoilt in every way of the menu (sandbox.faults)."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._books: dict[str, dict[str, Entry]] = {book: {} for book in PREFIXES}
        self._faults: deque[tuple[Fault, str]] = deque()
        self._lock = threading.Lock()
        self._web = WebServer(application(self.answer))
        self.served: list[Served] = []

    @property
    def url(self) -> str:
        return self._web.url

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def fault(self, kind: Fault, times: int = 1, retry_after: str = "7") -> None:
        """For the next PUTs; `none` lets one through. `retry_after` is sent as it stands."""
        with self._lock:
            self._faults.extend([(kind, retry_after)] * times)

    def mend(self) -> None:
        """No fault is left."""
        with self._lock:
            self._faults.clear()

    def entries(self, book: str) -> list[Entry]:
        """In the order in which they came."""
        with self._lock:
            return list(self._books[book].values())

    def document(self, book: str, key: str) -> Json | None:
        found = self._books[book].get(key)
        return found.document if found else None

    def answer(self, call: Call) -> Reply:
        with self._lock:
            reply = self._answer(call)
            self.served.append(Served(call.method, call.path, 0 if reply.hang_up else reply.status))
            return reply

    def _answer(self, call: Call) -> Reply:
        if not self._knows(call.headers.get("authorization", "")):
            return json_reply({"error": "unauthorised"}, 401, {"WWW-Authenticate": "Bearer"})
        found = PATH.fullmatch(call.path)
        if found is None or found[1] not in PREFIXES:
            return json_reply({"error": "not_found"}, 404)
        book, key = found[1], unquote(found[2] or "")
        match call.method:
            case "PUT" if key:
                return self._put_or_fail(book, key, call.body)
            case "GET":
                return self._get(book, key)
        return json_reply({"error": "method_not_allowed"}, 405)

    def _knows(self, header: str) -> bool:
        return hmac.compare_digest(header.encode(), f"Bearer {self._token}".encode())

    def _put_or_fail(self, book: str, key: str, body: bytes) -> Reply:
        kind, retry_after = self._faults.popleft() if self._faults else ("none", "")
        return spoilt(kind, lambda: self._put(book, key, body), retry_after)

    def _put(self, book: str, key: str, body: bytes) -> Reply:
        document = _object(body)
        if document is None:
            return json_reply({"error": "not_a_json_object"}, 400)
        held = self._books[book].get(key)
        if held is not None:
            same = _canonical(held.document) == _canonical(document)
            return json_reply({"id": held.id}) if same else json_reply({"error": "differs", "id": held.id}, 409)
        try:
            check(book, document)
        except DoesNotAddUp as no:
            return json_reply({"field": no.field, "message": no.message}, 422)
        entry = Entry(f"{PREFIXES[book]}-{len(self._books[book]) + 1:06}", key, document)
        self._books[book][key] = entry
        return json_reply({"id": entry.id}, 201)

    def _get(self, book: str, key: str) -> Reply:
        if not key:
            return json_reply({"documents": [entry.told() for entry in self._books[book].values()]})
        entry = self._books[book].get(key)
        return json_reply(entry.told()) if entry else json_reply({"error": "not_found"}, 404)


def _object(body: bytes) -> Json | None:
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _canonical(document: Json) -> str:
    """Equal objects in Python are not: 1 == True == 1.0."""
    return json.dumps(document, sort_keys=True)
