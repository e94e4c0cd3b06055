"""What we need of Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Channel:
    id: str
    name: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """`foreign` is anybody of another workspace; `guest` a restricted account of ours."""

    user: str
    team: str
    name: str
    title: str = ""
    email: str = ""
    time_zone: str = "UTC"
    deleted: bool = False
    guest: bool = False
    foreign: bool = False
    bot: bool = False
    updated: int = 0  # Slack's own, in seconds
    status: str = ""  # the emoji, then the words
    status_until: int = 0  # in seconds; 0: until it is changed


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person's message, its text as Slack keeps it; `ts` is Slack's own name of it in its channel."""

    user: str
    team: str
    ts: str
    thread_ts: str
    subtype: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    title: str
    body: bytes


class Slack(Protocol):
    """`key` rides in the message's metadata; a post looks for it first, so that a repeat posts nothing twice."""

    def post(
        self,
        key: str,
        channel: str,
        text: str,
        blocks: Sequence[Block],
        thread_ts: str | None = None,
        probe: bool = False,
    ) -> Posted:
        """`channel` may be a user's id: then it is a direct message. `probe`: look for `key` before posting."""
        ...

    def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None: ...

    def pin(self, channel: str, ts: str) -> None: ...

    def clear(self, channel: str, keep: str) -> None:
        """Deletes all that we posted there, files too, but the message `keep`. The same again deletes nothing."""
        ...

    def upload(
        self, key: str, channel: str, thread_ts: str, files: Sequence[Upload], probe: bool = False
    ) -> tuple[str, ...]:
        """Permalinks of the files, shared in the thread."""
        ...

    def put_picture(self, file: Upload) -> str:
        """The file's id. Nobody sees it until a message shows it: put twice, the first is never seen."""
        ...

    def ensure_channel(self, name: str, members: Sequence[str]) -> Channel:
        """Creates it private, or finds it by its name; invites who is missing."""
        ...

    def channel(self, channel: str) -> Channel: ...

    def since(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        """What people said after that message, oldest first; answers in threads are not among it."""
        ...

    def invite(self, channel: str, members: Sequence[str]) -> None: ...

    def profile(self, user: str) -> Profile: ...

    def present(self, user: str) -> bool:
        """Active in Slack at this moment."""
        ...

    def people(self) -> tuple[Profile, ...]: ...

    def groups(self) -> dict[str, tuple[str, ...]]:
        """User group handle -> user ids."""
        ...

    def permalink(self, channel: str, ts: str) -> str: ...

    def open_view(self, trigger_id: str, view: Block) -> str:
        """The view's id."""
        ...

    def update_view(self, external_id: str, view: Block) -> None: ...

    def publish_home(self, user: str, view: Block) -> None: ...

    def respond(self, response_url: str, text: str, blocks: Sequence[Block], replace: bool = False) -> None:
        """Ephemeral. Refused when the address is not Slack's own host (or the sandbox's)."""
        ...

    def ephemeral(self, channel: str, user: str, text: str, blocks: Sequence[Block]) -> None: ...
