"""Who is who: profiles and user groups."""

from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from integrations.slack.client import ask, entries, pages, text
from integrations.slack.port import Profile

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Self:
    """Whom the token speaks for: our workspace or org, and the bot."""

    team: str
    enterprise: str
    user: str


def read_self(client: WebClient) -> Self:
    told = ask(client.auth_test)
    return Self(str(told.get("team_id") or ""), str(told.get("enterprise_id") or ""), text(told, "user_id"))


def profile(client: WebClient, ours: Self, user: str) -> Profile:
    return profile_of(ask(client.users_info, user=user).get("user") or {}, ours)


def everybody(client: WebClient, ours: Self) -> tuple[Profile, ...]:
    return tuple(profile_of(told, ours) for told in pages(client.users_list, "members", MOST_PAGES))


def present(client: WebClient, user: str) -> bool:
    return ask(client.users_getPresence, user=user).get("presence") == "active"


def groups(client: WebClient) -> dict[str, tuple[str, ...]]:
    found = entries(ask(client.usergroups_list, include_users=True, include_count=True), "usergroups")
    return {text(group, "handle"): _members(client, group) for group in found if not group.get("date_delete")}


def _members(client: WebClient, group: dict[str, Any]) -> tuple[str, ...]:
    """The list leaves out the users of large groups, but not their count."""
    users = group.get("users")
    if not isinstance(users, list) or str(group.get("user_count", "")) != str(len(users)):
        users = ask(client.usergroups_users_list, usergroup=text(group, "id")).get("users") or []
    return tuple(str(user) for user in users)


def profile_of(told: dict[str, Any], ours: Self) -> Profile:
    """Of a user as the Web API and events write it."""
    shown: dict[str, Any] = told.get("profile") or {}
    name = told.get("real_name") or shown.get("real_name") or shown.get("display_name") or told.get("name")
    return Profile(
        user=text(told, "id"),
        team=str(told.get("team_id") or ""),
        name=str(name or ""),
        title=str(shown.get("title") or ""),
        email=str(shown.get("email") or ""),
        time_zone=str(told.get("tz") or "UTC"),
        deleted=bool(told.get("deleted")),
        guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
        foreign=_foreign(told, ours),
        bot=bool(told.get("is_bot")),
        updated=told["updated"] if isinstance(told.get("updated"), int) else 0,
        status=" ".join(str(part) for part in (shown.get("status_emoji"), shown.get("status_text")) if part),
        status_until=ends if isinstance(ends := shown.get("status_expiration"), int) else 0,
    )


def _foreign(told: dict[str, Any], ours: Self) -> bool:
    if told.get("is_stranger"):
        return True
    org = (told.get("enterprise_user") or {}).get("enterprise_id")
    return told.get("team_id") != ours.team and (not ours.enterprise or org != ours.enterprise)
