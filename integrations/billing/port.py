"""What we need of the books: documents put under a key of ours, so that a repeat changes nothing."""

from typing import Any, Literal, Protocol

Book = Literal["invoices", "schedules", "journals", "commissions"]


class Books(Protocol):
    def put(self, book: Book, key: str, document: dict[str, Any]) -> str:
        """The books' own id. KEYED: the same key and the same document answer with the same id."""
        ...
