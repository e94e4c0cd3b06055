"""Where documents lie: addressed by the SHA-256 of their bytes, each readable only with its owner's key."""

from typing import Protocol


class Files(Protocol):
    def put(self, owner: str, body: bytes) -> str:
        """The hash, in hex. Same owner and bytes, same place."""
        ...

    def get(self, owner: str, digest: str) -> bytes:
        """Raises Refused("file.missing"), also for an owner whose key is gone, or Refused("file.damaged")."""
        ...
