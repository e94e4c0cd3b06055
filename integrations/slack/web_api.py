"""Slack's Web API by slack_sdk."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import requests
from slack_sdk import WebClient

from integrations import http
from integrations.errors import Refused
from integrations.http import call, checked, origin
from integrations.slack import channels, clearing, people, probe, reading, uploads
from integrations.slack.client import accepting, ask, text
from integrations.slack.people import Self, read_self
from integrations.slack.port import Block, Channel, Posted, Profile, Slack, Spoken, Upload

SLACK_ORIGINS = frozenset({"https://hooks.slack.com:443", "https://files.slack.com:443"})


class SlackWeb:
    """`client.base_url` says where Slack is: of a sandbox, that host may be answered and uploaded to."""

    def __init__(self, client: WebClient, session: requests.Session | None = None) -> None:
        self.client = client
        self._origins = SLACK_ORIGINS | {origin(client.base_url)}
        self._session = session or http.session(*self._origins)

    def post(
        self,
        key: str,
        channel: str,
        text: str,
        blocks: Sequence[Block],
        thread_ts: str | None = None,
        probe: bool = False,
    ) -> Posted:
        where = self._conversation(channel)
        if probe and (posted := self._posted(key, where, thread_ts)) is not None:
            return posted
        return self._post(key, where, thread_ts, text=text, blocks=list(blocks))

    def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None:
        ask(self.client.chat_update, channel=channel, ts=ts, text=text, blocks=list(blocks))

    def pin(self, channel: str, ts: str) -> None:
        with accepting("already_pinned"):
            ask(self.client.pins_add, channel=channel, timestamp=ts)

    def clear(self, channel: str, keep: str) -> None:
        clearing.clear(self.client, self._self.user, channel, keep)

    def upload(
        self, key: str, channel: str, thread_ts: str, files: Sequence[Upload], probe: bool = False
    ) -> tuple[str, ...]:
        sent = uploads.renamed(key, files)
        if probe and (found := self._uploaded(channel, thread_ts, sent)):
            return found
        return uploads.share(self.client, self._session, self._origins, (channel, thread_ts), sent)

    def put_picture(self, file: Upload) -> str:
        return uploads.put(self.client, self._session, self._origins, file)

    def ensure_channel(self, name: str, members: Sequence[str]) -> Channel:
        found = channels.ensure(self.client, name)
        wanted = [user for user in members if user != self._self.user]
        channels.invite_missing(self.client, found.id, wanted)
        return found

    def channel(self, channel: str) -> Channel:
        return channels.read(self.client, channel)

    def since(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        return reading.since(self.client, channel, ts)

    def invite(self, channel: str, members: Sequence[str]) -> None:
        channels.invite(self.client, channel, [user for user in members if user != self._self.user])

    def profile(self, user: str) -> Profile:
        return people.profile(self.client, self._self, user)

    def present(self, user: str) -> bool:
        return people.present(self.client, user)

    def people(self) -> tuple[Profile, ...]:
        return people.everybody(self.client, self._self)

    def groups(self) -> dict[str, tuple[str, ...]]:
        return people.groups(self.client)

    def permalink(self, channel: str, ts: str) -> str:
        return text(ask(self.client.chat_getPermalink, channel=channel, message_ts=ts), "permalink")

    def open_view(self, trigger_id: str, view: Block) -> str:
        return text(ask(self.client.views_open, trigger_id=trigger_id, view=view), "view", "id")

    def update_view(self, external_id: str, view: Block) -> None:
        ask(self.client.views_update, external_id=external_id, view=view)

    def publish_home(self, user: str, view: Block) -> None:
        ask(self.client.views_publish, user_id=user, view=view)

    def respond(self, response_url: str, text: str, blocks: Sequence[Block], replace: bool = False) -> None:
        if origin(response_url) not in self._origins:
            raise Refused("host.not_allowed")
        body = {
            "response_type": "ephemeral",
            "text": text,
            "blocks": list(blocks),
            "replace_original": replace,
        }
        checked(call(self._session.request, "POST", response_url, self.client.timeout, json=body))

    def ephemeral(self, channel: str, user: str, text: str, blocks: Sequence[Block]) -> None:
        ask(self.client.chat_postEphemeral, channel=channel, user=user, text=text, blocks=list(blocks))

    @cached_property
    def _self(self) -> Self:
        return read_self(self.client)

    def _conversation(self, channel: str) -> str:
        """A direct message is a channel of its own: only its D... id can be updated later."""
        if not channel.startswith(("U", "W")):
            return channel
        return text(ask(self.client.conversations_open, users=channel), "channel", "id")

    def _posted(self, key: str, channel: str, thread_ts: str | None) -> Posted | None:
        return probe.find_message(self.client, self._self.user, key, channel, thread_ts)

    def _post(self, key: str, channel: str, thread_ts: str | None, **shown: Any) -> Posted:
        answer = ask(
            self.client.chat_postMessage,
            channel=channel,
            thread_ts=thread_ts,
            metadata=probe.marked(key),
            unfurl_links=False,
            unfurl_media=False,
            **shown,
        )
        return Posted(text(answer, "channel"), text(answer, "ts"))

    def _uploaded(self, channel: str, thread_ts: str, sent: Sequence[Upload]) -> tuple[str, ...]:
        names = [file.name for file in sent]
        found = probe.find_files(self.client, self._self.user, channel, thread_ts, names)
        return tuple(uploads.permalink(self.client, file) for file in found)


_conforms: type[Slack] = SlackWeb
