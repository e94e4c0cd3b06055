"""The books over REST: a PUT under our key, so that a repeat changes nothing."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from integrations import http
from integrations.billing.port import Book
from integrations.errors import Refused, Unknown
from integrations.http import TIMEOUT_S, Http, json_object

LONGEST_KEY = 200
ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)
NOBODYS, NOT_FOUND = "countersign-doctor", "404"
REASONS = {"409": "books.differs", "422": "books.invalid"}


class RestBooks:
    """`url` is the address under which `/books` lies. A host other than its own is never called."""

    def __init__(
        self, url: str, token: str, session: requests.Session | None = None, deadline_s: float = TIMEOUT_S
    ) -> None:
        session = session or http.session(url)
        session.auth = _bearer(token)
        self._http = Http(
            session, url.rstrip("/"), frozenset({urlsplit(url).hostname or ""}), min(deadline_s, TIMEOUT_S)
        )

    def put(self, book: Book, key: str, document: dict[str, Any]) -> str:
        """The books' own id.

        Refused("books.differs") when another document lies under the key, Refused("books.invalid") when it does not
        add up; an Unknown may be repeated.
        """
        try:
            reply = self._http.send("PUT", f"/books/{book}/{_safe(key)}", document)
        except Refused as no:
            raise Refused(REASONS.get(str(no), str(no))) from None
        found = json_object(reply).get("id")
        if not isinstance(found, str) or not ID.fullmatch(found):
            raise Unknown("malformed")
        return found

    def greet(self) -> None:
        """Asks for a document that nobody has; that there is none is the good answer. Raises our errors."""
        try:
            self._http.send("GET", f"/books/invoices/{NOBODYS}")
        except Refused as no:
            if str(no) != NOT_FOUND:
                raise


def _bearer(token: str) -> Any:
    """As an `auth`, since requests else lets a .netrc of the machine replace the header."""

    def authorise(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorise


def _safe(key: str) -> str:
    """One segment of a path. Dots alone would climb out of it."""
    if not key.strip(".") or len(key) > LONGEST_KEY:
        raise ValueError(f"not a key: {key[:40]!r}")
    return quote(key, safe="")
