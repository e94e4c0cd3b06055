"""What exists in Slack."""

from dataclasses import dataclass, field

from sandbox.slack.errors import Json


@dataclass(slots=True)
class Workspace:
    id: str
    name: str
    domain: str


@dataclass(slots=True)
class User:
    id: str
    team: str
    name: str
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    deleted: bool = False
    guest: bool = False
    bot_id: str = ""
    present: bool = True
    updated_at: int = 0
    status: tuple[str, str, int] = ("", "", 0)  # words, emoji, and until when in seconds

    @property
    def handle(self) -> str:
        return self.email.partition("@")[0] or self.name.lower().replace(" ", ".")


@dataclass(slots=True)
class UserGroup:
    id: str
    handle: str
    users: list[str]
    created_at: int = 0
    updated_at: int = 0


@dataclass(slots=True)
class Note:
    """A channel's topic or purpose."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass(slots=True)
class Channel:
    """`shared_with`: the other workspaces of a Slack Connect channel; `invited`: those that have not accepted yet."""

    id: str
    name: str
    private: bool = False
    shared_with: list[str] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    kind: str = "channel"
    creator: str = ""
    created_at: int = 0
    archived: bool = False
    topic: Note = field(default_factory=Note)
    purpose: Note = field(default_factory=Note)
    previous_names: list[str] = field(default_factory=list)

    @property
    def family(self) -> str:
        """The word before the colon in a scope."""
        if self.kind in {"im", "mpim"}:
            return self.kind
        return "groups" if self.private else "channels"

    @property
    def channel_type(self) -> str:
        return {"channels": "channel", "groups": "group"}.get(self.family, self.family)


@dataclass(slots=True)
class File:
    id: str
    name: str
    title: str
    user: str
    created_at: int
    length: int = 0
    body: bytes | None = None
    secret: str = ""
    mimetype: str = "application/octet-stream"
    deleted: bool = False
    completed: bool = False
    shares: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """`visible_to` makes it ephemeral: only that person sees it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    bot: str = ""
    team: str = ""
    thread_ts: str | None = None
    subtype: str = ""
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edits: int = 0
    edited_ts: str = ""
    client_msg_id: str = ""
    broadcast: bool = False
    pinned: bool = False
    visible_to: str = ""
    extra: Json = field(default_factory=dict)
    values: Json = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """`values` is what the person has filled in so far, by block and action."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str = ""
    previous_id: str = ""
    values: Json = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")

    @property
    def title(self) -> str:
        return str((self.body.get("title") or {}).get("text", ""))


@dataclass(slots=True)
class Pin:
    ts: str
    user: str
    created_at: int


@dataclass(slots=True)
class Scheduled:
    id: str
    post_at: int
    message: Message
