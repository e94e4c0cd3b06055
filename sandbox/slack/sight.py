"""What a person sees: channels, messages, Home and the open modal."""

from sandbox.slack import view_stack
from sandbox.slack.entities import Channel, Message, User
from sandbox.slack.errors import Json
from sandbox.slack.site import Site


class Sight:
    def __init__(self, site: Site) -> None:
        self.site = site

    def user(self, user: str) -> User:
        found = self.site.world.users.get(user)
        if found is None or found.deleted:
            raise LookupError(f"there is no {user}")
        return found

    def channel(self, user: str, channel: str) -> Channel:
        """PermissionError: it is private, or another workspace's, and the person is not in it."""
        found = self.site.world.channels.get(channel)
        if found is None:
            raise LookupError(f"there is no channel {channel}")
        hidden = found.private or self.site.world.is_foreign(self.user(user).id)
        if hidden and user not in found.members:
            raise PermissionError(f"{user} cannot see {channel}")
        return found

    def message(self, user: str, channel: str, ts: str) -> Message:
        for message in self.messages(channel, user):
            if message.ts == ts:
                return message
        raise LookupError(f"{user} sees no message {ts} in {channel}")

    def messages(self, channel: str, as_user: str = "") -> list[Message]:
        """Oldest first, replies among them; with a person, what is shown to that person alone, too."""
        with self.site.lock:
            said = list(self.site.world.messages.get(channel, []))
            if not as_user:
                return said
            self.channel(as_user, channel)
            alone = [m for m in self.ephemerals(as_user) if m.channel == channel]
            return sorted([*said, *alone], key=lambda message: message.ts) if alone else said

    def dm(self, user: str) -> list[Message]:
        """The direct message with the app."""
        with self.site.lock:
            direct = self.site.world.dm(user, self.site.app.bot_user)
        return self.messages(direct.id) if direct is not None else []

    def ephemerals(self, user: str) -> list[Message]:
        with self.site.lock:
            return [message for message in self.site.world.ephemerals if message.visible_to == user]

    def home(self, user: str) -> Json | None:
        with self.site.lock:
            view = view_stack.home(self.site, user)
            return None if view is None else view_stack.shown(self.site, view)

    def modal(self, user: str) -> Json | None:
        """The one on top."""
        with self.site.lock:
            view = view_stack.top(self.site, user)
            return None if view is None else view_stack.shown(self.site, view)
