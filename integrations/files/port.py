"""Where documents lie: addressed by the SHA-256 of their bytes, each readable only with its owner's key; and the links
by which somebody reads them."""

from typing import Protocol


class Files(Protocol):
    def put(self, owner: str, body: bytes) -> str:
        """The hash, in hex. Same owner and bytes, same place."""
        ...

    def get(self, owner: str, digest: str) -> bytes:
        """Raises Refused("file.missing"), also for an owner whose key is gone, or Refused("file.damaged")."""
        ...

    def forget(self, owner: str, digest: str) -> None:
        """Deleted; what is not there is forgotten already."""
        ...


class Blobs(Protocol):
    """A place for bytes under a name of letters and digits. What is in it is encrypted before it comes here."""

    def read(self, name: str) -> bytes | None:
        """None when there is nothing of that name."""
        ...

    def write(self, name: str, body: bytes) -> None:
        """Whole or not at all; what was there is replaced."""
        ...

    def remove(self, name: str) -> None: ...


class ShareLinks(Protocol):
    @property
    def secure(self) -> bool:
        """Whether pages are reached by https."""
        ...

    def url(self, share: str) -> str:
        """The address of one person's own page."""
        ...

    def read(self, token: str) -> str | None:
        """The share; none when the token is not one of ours."""
        ...

    def browser(self, share: str) -> str:
        """What the browser that opened a link first keeps."""
        ...

    def same_browser(self, share: str, told: str) -> bool: ...
