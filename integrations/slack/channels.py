"""Channels: made or found by name, and who is in them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from slack_sdk import WebClient

from integrations.errors import Refused
from integrations.slack.client import ask, pages, text
from integrations.slack.port import Channel

MOST_PAGES = 100
MOST_INVITED = 100
ONE_BY_ONE = frozenset(
    {
        "already_in_channel",
        "cant_invite",
        "invitee_cant_see_channel",
        "org_user_not_in_team",
        "ura_max_channels",
        "user_is_restricted",
        "user_is_ultra_restricted",
        "user_not_found",
        "users_not_found",
    }
)


def read(client: WebClient, channel: str) -> Channel:
    return _channel(ask(client.conversations_info, channel=channel).get("channel") or {})


def ensure(client: WebClient, name: str) -> Channel:
    try:
        made = ask(client.conversations_create, name=name, is_private=True)
    except Refused as no:
        if str(no) != "name_taken":
            raise
        return _join(client, _named(client, name))
    return _channel(made.get("channel") or {})


def invite_missing(client: WebClient, channel: str, wanted: Sequence[str]) -> None:
    asked = dict.fromkeys(wanted)
    there = set(_members(client, channel)) if asked else set()
    invite(client, channel, [user for user in asked if user not in there])


def invite(client: WebClient, channel: str, users: Sequence[str]) -> None:
    """Whoever may not come stays out; that keeps nobody else out."""
    for start in range(0, len(users), MOST_INVITED):
        batch = users[start : start + MOST_INVITED]
        try:
            ask(client.conversations_invite, channel=channel, users=",".join(batch))
        except Refused as no:
            if str(no) not in ONE_BY_ONE:
                raise
            _one_by_one(client, channel, batch if len(batch) > 1 else [])


def _one_by_one(client: WebClient, channel: str, users: Iterable[str]) -> None:
    for user in users:
        with suppress(Refused):
            ask(client.conversations_invite, channel=channel, users=user)


def _named(client: WebClient, name: str) -> dict[str, Any]:
    """Refused when the name belongs to an archived channel, or to a private one that we are not in."""
    kinds = "private_channel,public_channel"
    for found in pages(client.conversations_list, "channels", MOST_PAGES, types=kinds, exclude_archived=True):
        if found.get("name") == name:
            return found
    raise Refused("name_taken")


def _join(client: WebClient, found: dict[str, Any]) -> Channel:
    if not found.get("is_private") and not found.get("is_member", True):
        ask(client.conversations_join, channel=text(found, "id"))
    return _channel(found)


def _members(client: WebClient, channel: str) -> Iterable[str]:
    cursor = ""
    for _ in range(MOST_PAGES):
        more = {"cursor": cursor} if cursor else {}
        answer = ask(client.conversations_members, channel=channel, limit=200, **more)
        yield from answer.get("members") or ()
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _channel(told: dict[str, Any]) -> Channel:
    return Channel(text(told, "id"), str(told.get("name") or ""), _shared(told))


def _shared(told: dict[str, Any]) -> bool:
    """With another company, now or by an invitation that is out. Shared inside our own org is not."""
    outside = told.get("is_ext_shared") or told.get("is_pending_ext_shared")
    return bool(outside or (told.get("is_shared") and not told.get("is_org_shared")))
