"""What we need of the personal links by which outside signers come in."""

from typing import Protocol


class Links(Protocol):
    def url(self, envelope: str, signer: int) -> str:
        """The address of one signer's own page."""
        ...

    def read(self, token: str) -> tuple[str, int] | None:
        """The envelope and the signer's number; none when the token is not one of ours."""
        ...
