"""What the administrators of a workspace do: who works here, in which group, and who may read in a channel."""

from sandbox.slack import events
from sandbox.slack.entities import Channel, User, UserGroup
from sandbox.slack.methods import members
from sandbox.slack.site import Site


class Admins:
    def __init__(self, site: Site) -> None:
        self.site = site

    def hire(self, user: User) -> None:
        with self.site.lock:
            self.site.world.users[user.id] = user
            self._touch(user)
            events.person(self.site, "team_join", user)

    def deactivate(self, user: str) -> None:
        """Slack takes a deactivated person out of every channel and group, and tells of the person alone."""
        with self.site.lock:
            who = self.site.user(user)
            who.deleted = True
            for group in self.site.world.groups.values():
                group.users = [member for member in group.users if member != user]
            self._changed(who)

    def restrict(self, user: str) -> None:
        """A full member becomes a guest."""
        with self.site.lock:
            who = self.site.user(user)
            who.guest = True
            self._changed(who)

    def change(self, user: str, title: str = "", tz: str = "") -> None:
        """The profile: Slack tells of it twice, as a change of the user and of the profile."""
        with self.site.lock:
            who = self.site.user(user)
            who.title, who.tz = title or who.title, tz or who.tz
            self._changed(who)
            events.person(self.site, "user_profile_changed", who)

    def set_status(self, user: str, words: str, emoji: str, until: int = 0) -> None:
        """As a person does it herself, or her calendar for her; `until` in seconds, 0 without an end."""
        with self.site.lock:
            who = self.site.user(user)
            who.status = (words, emoji, until)
            self._changed(who)

    def put_in_group(self, handle: str, users: list[str]) -> None:
        """The list replaces the one there was; a new handle is a new group."""
        with self.site.lock:
            world = self.site.world
            known = world.groups.get(handle)
            if known is None:
                group = UserGroup(world.new_id("S"), handle, list(users), self.site.now, self.site.now)
                world.groups[handle] = group
                events.subteam(self.site, "subteam_created", group)
                return
            before, previous = known.users, known.updated_at
            known.users, known.updated_at = list(users), self.site.now
            events.subteam_members(self.site, known, before, previous)
            events.subteam(self.site, "subteam_updated", known)

    def invite_company(self, channel: str, team: str) -> None:
        """An invitation that the other workspace has not accepted yet: Slack sends the app nothing."""
        with self.site.lock:
            self._channel(channel).invited.append(team)

    def share(self, channel: str, team: str) -> None:
        """The other workspace has accepted: the channel is Slack Connect's now."""
        with self.site.lock:
            found = self._channel(channel)
            found.invited = [other for other in found.invited if other != team]
            found.shared_with.append(team)
            events.channel_event(self.site, "channel_shared", found, connected_team_id=team)

    def let_in(self, channel: str, user: str, by: str) -> None:
        """Somebody who is invited by one of the channel's people: a colleague, a guest, one of another company."""
        with self.site.lock:
            members.enter(self.site, self._channel(channel), user, by)

    def _channel(self, channel: str) -> Channel:
        named = self.site.world.channel_named(channel)
        return named or self.site.world.channels[channel]

    def _changed(self, who: User) -> None:
        self._touch(who)
        events.person(self.site, "user_change", who)

    def _touch(self, who: User) -> None:
        """Slack's `updated` is in seconds and never goes back."""
        who.updated_at = max(self.site.now, who.updated_at + 1)
