"""What an interaction hands the app for a while: a trigger id (3 s, once) and a response_url (30 min, five times)."""

import secrets
from dataclasses import dataclass

from sandbox.slack import system_time
from sandbox.slack.entities import Message
from sandbox.slack.errors import SlackError

RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    user: str
    at: float
    used: bool = False


@dataclass(slots=True)
class Response:
    """`source`: the message that was acted on; a command has none, so it can replace nothing."""

    user: str
    channel: str
    source: Message | None
    at: float
    uses: int = 0


class Tickets:
    def __init__(self) -> None:
        self.trigger_seconds = 3.0
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, Response] = {}

    def trigger(self, user: str) -> str:
        trigger_id = f"{len(self._triggers) + 1}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, system_time.ticks())
        return trigger_id

    def pull(self, trigger_id: str) -> str:
        """The person whose trigger it is."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if system_time.ticks() - trigger.at > self.trigger_seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def response(self, user: str, channel: str, source: Message | None) -> str:
        """The secret end of a response_url."""
        secret = secrets.token_urlsafe(18)
        self._responses[secret] = Response(user, channel, source, system_time.ticks())
        return secret

    def use(self, secret: str) -> Response:
        found = self._responses.get(secret)
        if found is None or system_time.ticks() - found.at > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found
