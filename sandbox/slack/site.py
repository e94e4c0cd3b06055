"""One running Slack: what every method, delivery and person works on. One lock guards the world."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.slack.deliveries import Deliveries
from sandbox.slack.entities import Channel, Message, User
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.install import AppInstall
from sandbox.slack.journal import Journal
from sandbox.slack.rate_limits import RateLimits
from sandbox.slack.socket_door import SocketDoor
from sandbox.slack.tickets import Tickets
from sandbox.slack.work_queue import Queue
from sandbox.slack.world import SlackWorld


@dataclass
class Site:
    world: SlackWorld
    app: AppInstall
    clock: Callable[[], datetime]
    base_url: str = ""
    share_delay: float = 0.05
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    limits: RateLimits = field(default_factory=RateLimits)
    tickets: Tickets = field(default_factory=Tickets)
    queue: Queue = field(default_factory=Queue)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.app.team = self.app.team or self.world.home.id
        self.socket = SocketDoor(self.app.app_id)
        self.deliveries = Deliveries(self.app, self.journal, self.faults, self.queue, self.socket)
        bot = User(self.app.bot_user, self.app.team, self.app.name, bot_id=self.app.bot_id)
        self.world.users.setdefault(self.app.bot_user, bot)

    @property
    def now(self) -> int:
        return int(self.clock().timestamp())

    def stamp(self, stream: str) -> str:
        return self.world.stamp(stream, self.clock())

    def channel(self, given: str) -> Channel:
        """As the bot sees it: a private channel that it is not in does not exist."""
        found = self.world.channels.get(given)
        if found is None or (found.private and self.app.bot_user not in found.members):
            raise SlackError("channel_not_found")
        return found

    def joined(self, given: str) -> Channel:
        found = self.channel(given)
        if self.app.bot_user not in found.members:
            raise SlackError("not_in_channel")
        return found

    def message(self, channel: Channel, ts: str) -> Message:
        if (found := self.world.message(channel.id, ts)) is None:
            raise SlackError("message_not_found")
        return found

    def user(self, user_id: str) -> User:
        if (found := self.world.users.get(user_id)) is None:
            raise SlackError("user_not_found")
        return found
