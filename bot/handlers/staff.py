"""What Slack tells of our people and their groups: who loses a right loses it before Slack has its answer."""

from collections.abc import Mapping
from typing import Any

from bot.figures.away import away_status
from bot.handlers.desk import Counter
from bot.streams.company.roster import NoticeGroups, NoticePerson
from bot.streams.decision import Link
from bot.streams.ids import COMPANY, SYSTEM
from bot.streams.person.person import Profile, RecordPerson
from bot.streams.tell import whoever


def user_changed(counter: Counter, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    """Of somebody whom we do not know and who is not ours, nothing is kept."""
    told = event.get("user")
    if not isinstance(told, Mapping) or told.get("is_bot") or not told.get("id"):
        return
    words = counter.front.playbook.notifications.away_words
    profile = profile_of(told, body, counter.front.settings.slack_team_id, words)
    known = counter.front.ask.stream_of("slack.user", profile.user) is not None
    key = f"slack.event:{body.get('event_id')}"
    if known and not profile.active:
        lost = RecordPerson(stream_id=whoever("person"), actor=SYSTEM, profile=profile)
        counter.give(lost, f"{key}:person", Link("slack.user", profile.user))
    if known or profile.active:
        counter.give(NoticePerson(stream_id=COMPANY, actor=SYSTEM, profile=profile), key)


def group_changed(counter: Counter, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    counter.give(NoticeGroups(stream_id=COMPANY, actor=SYSTEM), f"slack.event:{body.get('event_id')}")


def profile_of(told: Mapping[str, Any], body: Mapping[str, Any], ours: str, words: tuple[str, ...] = ()) -> Profile:
    """Without groups: an event does not tell them. A foreign person, a guest and a leaver are not active."""
    shown = told.get("profile")
    shown = shown if isinstance(shown, Mapping) else {}
    org = told.get("enterprise_user")
    same_org = isinstance(org, Mapping) and bool(body.get("enterprise_id")) and _is(org, body, "enterprise_id")
    foreign = bool(told.get("is_stranger")) or (told.get("team_id") != ours and not same_org)
    guest = bool(told.get("is_restricted") or told.get("is_ultra_restricted"))
    updated, ends = told.get("updated"), shown.get("status_expiration")
    status = away_status(_status(shown), words)
    return Profile(
        user=f"{told.get('team_id')}:{told.get('id')}",
        name=str(told.get("real_name") or shown.get("real_name") or told.get("name") or ""),
        title=str(shown.get("title") or ""),
        email=str(shown.get("email") or ""),
        time_zone=str(told.get("tz") or "UTC"),
        active=not (told.get("deleted") or guest or foreign),
        groups=frozenset(),
        updated=updated if isinstance(updated, int) else 0,
        status=status,
        status_until=ends if status and isinstance(ends, int) else 0,
    )


def _status(shown: Mapping[str, Any]) -> str:
    said = (shown.get("status_emoji"), shown.get("status_text"))
    return " ".join(str(part) for part in said if part)


def _is(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> bool:
    return bool(one.get(name) == other.get(name))
