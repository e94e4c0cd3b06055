"""What the checks found: how grave, where, what was expected, and what to do about it."""

from typing import Literal

from bot.streams.value import Value

Severity = Literal["blocks", "warns", "notes"]
Group = Literal["figures", "products", "terms", "people", "promises", "brand"]
GROUPS: tuple[Group, ...] = ("figures", "products", "terms", "people", "promises", "brand")


class Finding(Value):
    """`document` is its title, or Salesforce; `part` a clause, a line or a field; `page` 0 means no page.
    `redraft`: reading Salesforce again and drafting the documents anew may mend it."""

    group: Group
    severity: Severity
    document: str
    part: str
    expected: str
    found: str
    fix: str
    page: int = 0
    redraft: bool = False

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.document, self.part, f"page {self.page}" if self.page else "")))

    @property
    def says(self) -> str:
        return f"{self.place}: {self.found}; expected {self.expected}"
