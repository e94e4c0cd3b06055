"""Where documents lie: addressed by the SHA-256 of their bytes."""

from typing import Protocol


class Files(Protocol):
    def put(self, body: bytes) -> str:
        """The hash, in hex. Same bytes, same place."""
        ...

    def get(self, digest: str) -> bytes:
        """Raises Refused("file.missing") or Refused("file.damaged")."""
        ...
