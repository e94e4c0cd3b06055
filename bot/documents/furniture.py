"""What stands at the head and foot of every page; checks know it as well as the page does."""

from dataclasses import dataclass

from bot.documents.lettering import clean
from bot.streams.deal.contract import Contract, DocumentUse

FINGERPRINT = 12  # hex digits of the digest of the contract's data
CONFIDENTIAL = "CONFIDENTIAL"
FOR_SIGNATURE = "CONFIDENTIAL · FOR SIGNATURE"
SIGNED = "SIGNED"


@dataclass(frozen=True, slots=True)
class Furniture:
    company: str
    title: str
    number: str
    version: int
    fingerprint: str
    status: str

    @property
    def heading(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def footing(self) -> str:
        return f"{self.number} · version {self.version} · contract data {self.fingerprint}"


def furniture(contract: Contract, use: DocumentUse, company: str, status: str) -> Furniture:
    return Furniture(
        clean(company), clean(use.title), clean(use.number), contract.version, fingerprint(contract), status
    )


def fingerprint(contract: Contract) -> str:
    return contract.digest[:FINGERPRINT]


def page_label(page: int, pages: int) -> str:
    return f"Page {page} of {pages}"
