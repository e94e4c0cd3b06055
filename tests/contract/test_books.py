"""RestBooks against the sandbox's books."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any

import pytest
import requests

from integrations.billing.rest import RestBooks
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from sandbox.books.server import BooksServer
from sandbox.faults import Fault

TOKEN = "books-token"
Json = dict[str, Any]


def eur(minor: int) -> Json:
    return {"minor": minor, "currency": "EUR"}


INVOICE: Json = {
    "number": "LARK-2026-0001",
    "lines": [{"code": "FLEET", "net": eur(11_000_000)}, {"code": "ONBOARD", "net": eur(1_374_240)}],
    "tax": eur(0),
    "gross": eur(12_374_240),
}
JOURNAL: Json = {
    "number": "J1",
    "postings": [
        {"account": "1200", "debit": eur(500), "credit": eur(0)},
        {"account": "4000", "debit": eur(0), "credit": eur(500)},
    ],
}


@pytest.fixture
def server() -> Iterator[BooksServer]:
    server = BooksServer(TOKEN)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def books(server: BooksServer) -> Iterator[RestBooks]:
    with requests.Session() as session:
        yield RestBooks(server.url, TOKEN, session)


def get(server: BooksServer, path: str) -> requests.Response:
    return requests.get(server.url + path, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)


def test_put_twice_is_one(server: BooksServer, books: RestBooks) -> None:
    first = books.put("invoices", "deal:1:LARK-2026-0001", INVOICE)
    assert books.put("invoices", "deal:1:LARK-2026-0001", dict(reversed(INVOICE.items()))) == first
    assert [entry.document for entry in server.entries("invoices")] == [INVOICE]
    assert [served.status for served in server.served] == [201, 200]


def test_each_book_and_key_has_an_entry_of_its_own(server: BooksServer, books: RestBooks) -> None:
    ids = {
        books.put("invoices", "a", INVOICE),
        books.put("invoices", "b", INVOICE),
        books.put("journals", "a", JOURNAL),
        books.put("schedules", "a", {"parts": []}),
        books.put("commissions", "T07LARK:U07MAYA0001", {"amount": eur(100)}),
    }
    assert len(ids) == 5
    assert server.document("commissions", "T07LARK:U07MAYA0001") == {"amount": eur(100)}


def test_another_document_under_the_key_is_refused(server: BooksServer, books: RestBooks) -> None:
    books.put("invoices", "a", INVOICE)
    with pytest.raises(Refused, match=r"^books\.differs$"):
        books.put("invoices", "a", {**INVOICE, "number": "LARK-2026-0002"})
    assert server.document("invoices", "a") == INVOICE


def test_one_is_not_true(books: RestBooks) -> None:
    books.put("schedules", "a", {"n": 1})
    with pytest.raises(Refused, match=r"^books\.differs$"):
        books.put("schedules", "a", {"n": True})


@pytest.mark.parametrize(
    ("book", "document", "field"),
    [
        ("invoices", {**INVOICE, "gross": eur(12_374_241)}, "gross"),
        ("invoices", {**INVOICE, "gross": eur(12_374_239)}, "gross"),
        ("invoices", {**INVOICE, "tax": eur(1)}, "gross"),
        ("invoices", {**INVOICE, "tax": {"minor": 0, "currency": "USD"}}, "tax"),
        ("invoices", {**INVOICE, "tax": {"minor": 0.0, "currency": "EUR"}}, "tax"),
        ("invoices", {**INVOICE, "lines": []}, "lines"),
        ("invoices", {**INVOICE, "lines": [{"net": "12.00"}]}, "lines.0.net"),
        ("invoices", {**INVOICE, "lines": ["x"]}, "lines.0.net"),
        ("journals", {"postings": [JOURNAL["postings"][0]]}, "postings"),
        ("journals", {"postings": "all"}, "postings"),
        ("journals", {"postings": [{"debit": eur(1)}]}, "postings.0.credit"),
        ("schedules", {}, "document"),
    ],
)
def test_what_does_not_add_up_is_refused(
    server: BooksServer, books: RestBooks, book: Any, document: Json, field: str
) -> None:
    with pytest.raises(Refused, match=r"^books\.invalid$"):
        books.put(book, "a", document)
    told = requests.put(
        f"{server.url}/books/{book}/a", json=document, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5
    )
    assert told.status_code == 422
    assert told.json()["field"] == field
    assert told.json()["message"]
    assert server.entries(book) == []


def test_a_wrong_token_opens_nothing(server: BooksServer) -> None:
    with requests.Session() as session, pytest.raises(Unauthorised):
        RestBooks(server.url, "another", session).put("invoices", "a", INVOICE)
    assert requests.get(server.url + "/books/invoices", timeout=30).status_code == 401
    assert server.entries("invoices") == []


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_a_bad_request(server: BooksServer, body: bytes) -> None:
    reply = requests.put(
        f"{server.url}/books/invoices/a", data=body, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5
    )
    assert reply.status_code == 400


def test_documents_can_be_listed_and_read(server: BooksServer, books: RestBooks) -> None:
    made = books.put("invoices", "a/b ü", INVOICE)
    entry = {"id": made, "key": "a/b ü", "document": INVOICE}
    assert get(server, "/books/invoices").json() == {"documents": [entry]}
    assert get(server, "/books/invoices/a%2Fb%20%C3%BC").json() == entry
    assert get(server, "/books/invoices/none").status_code == 404
    assert get(server, "/books/cheques").status_code == 404
    assert get(server, "/other").status_code == 404


def test_a_lost_reply_is_unknown_and_the_repeat_finds_the_same(server: BooksServer, books: RestBooks) -> None:
    server.fault("hang_up")
    with pytest.raises(Unknown):
        books.put("invoices", "a", INVOICE)
    assert books.put("invoices", "a", INVOICE) == server.entries("invoices")[0].id
    assert len(server.entries("invoices")) == 1


@pytest.mark.parametrize(("kind", "error"), [("fail", Unknown), ("busy", Busy)])
def test_a_fault_passes(server: BooksServer, books: RestBooks, kind: Fault, error: type[Exception]) -> None:
    server.fault(kind, times=2)
    for _ in range(2):
        with pytest.raises(error) as caught:
            books.put("invoices", "a", INVOICE)
        assert getattr(caught.value, "retry_after_s", 7) == 7
    assert server.entries("invoices") == []
    assert books.put("invoices", "a", INVOICE)


@pytest.mark.parametrize("kind", ["half", "html", "hang_up"])
def test_an_answer_that_says_nothing_is_unknown(server: BooksServer, books: RestBooks, kind: Fault) -> None:
    server.fault(kind)
    with pytest.raises(Unknown):
        books.put("invoices", "a", INVOICE)
    assert books.put("invoices", "a", INVOICE) == "INV-000001"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("0", 1), ("1.2", 2), ("3600", 3600), ("86400", 3600), ("-5", 1), ("soon", 30), ("nan", 30)],
)
@pytest.mark.parametrize("kind", ["limit", "busy"])
def test_the_wait_that_is_told_is_kept(
    server: BooksServer, books: RestBooks, kind: Fault, told: str, seconds: int
) -> None:
    server.fault(kind, retry_after=told)
    with pytest.raises(Busy) as caught:
        books.put("invoices", "a", INVOICE)
    assert caught.value.retry_after_s == seconds


def test_a_date_to_come_back_counts_from_the_answers_own_date(server: BooksServer, books: RestBooks) -> None:
    in_a_minute = formatdate(datetime.now(UTC).timestamp() + 60, usegmt=True)  # noqa: TID251 the server's own clock
    server.fault("limit", retry_after=in_a_minute)
    with pytest.raises(Busy) as caught:
        books.put("invoices", "a", INVOICE)
    assert 55 <= caught.value.retry_after_s <= 61


def test_books_that_are_away_are_busy(server: BooksServer, books: RestBooks) -> None:
    server.stop()
    with pytest.raises(Busy):
        books.put("invoices", "a", INVOICE)
    server.start()
    assert books.put("invoices", "a", INVOICE)


@pytest.mark.parametrize("key", ["", ".", "..", "x" * 201])
def test_a_key_cannot_climb_out_of_its_book(server: BooksServer, books: RestBooks, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        books.put("invoices", key, INVOICE)
    assert server.served == []
