"""What we need of a seal: a signature of the company over a whole PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SealFacts:
    subject: str
    serial: str
    sealed_at: datetime


class Seal(Protocol):
    def seal(self, pdf: bytes, reason: str, at: datetime) -> tuple[bytes, SealFacts]:
        """PAdES, certified, no changes allowed afterwards."""
        ...

    def facts(self, at: datetime) -> SealFacts:
        """Of the certificate, for the audit page, which is set before the seal."""
        ...

    def intact(self, pdf: bytes) -> bool: ...
