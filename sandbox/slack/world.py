"""The state of Slack and its transitions; no wire, no clock of its own. Searches copy first: others may write."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sandbox.slack.entities import (
    Channel,
    File,
    Message,
    Pin,
    Scheduled,
    User,
    UserGroup,
    View,
    Workspace,
)
from sandbox.slack.errors import Json

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SlackWorld:
    """The first workspace is the one that installs the app."""

    def __init__(
        self,
        workspaces: Iterable[Workspace],
        users: Iterable[User],
        groups: Mapping[str, Iterable[str]],
        channels: Iterable[Channel],
    ) -> None:
        self.workspaces = {team.id: team for team in workspaces}
        self.users = {user.id: user for user in users}
        self.groups = {
            handle: UserGroup(f"S0{number:09d}", handle, list(ids))
            for number, (handle, ids) in enumerate(groups.items(), 1)
        }
        self.channels = {channel.id: channel for channel in channels}
        self.messages: dict[str, list[Message]] = {}
        self.ephemerals: list[Message] = []
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.pins: dict[str, list[Pin]] = {}
        self.bookmarks: dict[str, list[Json]] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self._last: dict[str, int] = {}
        self._ids = 0

    @property
    def home(self) -> Workspace:
        return next(iter(self.workspaces.values()))

    def new_id(self, prefix: str) -> str:
        self._ids += 1
        return f"{prefix}0N{self._ids:08d}"

    def stamp(self, stream: str, now: datetime) -> str:
        """A channel's next ts: the clock's microsecond, or one more than the last when it stands still."""
        micro = max((now - EPOCH) // MICROSECOND, self._last.get(stream, 0) + 1)
        self._last[stream] = micro
        return f"{micro // 1_000_000}.{micro % 1_000_000:06d}"

    def is_foreign(self, user: str) -> bool:
        return user in self.users and self.users[user].team != self.home.id

    def meets(self, user: str, other: str) -> bool:
        """Both are members of one channel."""
        return any(user in c.members and other in c.members for c in list(self.channels.values()))

    def channel_named(self, name: str) -> Channel | None:
        wanted = name.removeprefix("#")
        return next((c for c in list(self.channels.values()) if c.name == wanted and c.kind == "channel"), None)

    def dm(self, user: str, bot: str) -> Channel | None:
        both = {user, bot}
        return next((c for c in list(self.channels.values()) if c.kind == "im" and set(c.members) == both), None)

    def open_dm(self, user: str, bot: str, now: datetime) -> Channel:
        if (known := self.dm(user, bot)) is not None:
            return known
        created = int(now.timestamp())
        opened = Channel(self.new_id("D"), "", True, members=[bot, user], kind="im", created_at=created)
        self.channels[opened.id] = opened
        return opened

    def add(self, message: Message) -> Message:
        self.messages.setdefault(message.channel, []).append(message)
        return message

    def message(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.messages.get(channel, []) if m.ts == ts), None)

    def remove(self, message: Message) -> None:
        self.messages[message.channel].remove(message)
        self.pins[message.channel] = [p for p in self.pins.get(message.channel, []) if p.ts != message.ts]

    def replies(self, channel: str, ts: str) -> list[Message]:
        return [m for m in self.messages.get(channel, []) if m.thread_ts == ts and m.ts != ts]

    def live_views(self) -> list[View]:
        """Open modals and published homes."""
        ids = {*self.homes.values(), *(i for stack in self.modals.values() for i in stack)}
        return [self.views[i] for i in ids]

    def group_with_id(self, group: str) -> UserGroup | None:
        return next((g for g in self.groups.values() if g.id == group), None)
