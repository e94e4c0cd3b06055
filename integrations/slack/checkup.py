"""Is Slack's app installed as it must be? Asked of Slack itself, as far as it tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from requests.structures import CaseInsensitiveDict
from slack_sdk import WebClient

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.finding import Finding, clock, failed, fine, note, wrong
from integrations.slack import needs
from integrations.slack.client import our_words

SLACK = "Slack"
PAGE = "https://api.slack.com/apps"
TOKEN = f"Copy the Bot User OAuth Token (xoxb-…) from {PAGE} > OAuth & Permissions into SLACK_BOT_TOKEN"
REINSTALL = f"add it under Bot Token Scopes at {PAGE} > OAuth & Permissions, then press Reinstall to Workspace"
CONFIG = f"Make an app configuration token at {PAGE} and give it as SLACK_CONFIG_TOKEN for this one look"
APP_TOKEN = (
    f"Make an app-level token with the scope connections:write at {PAGE} > Basic Information, give it as"
    " SLACK_APP_TOKEN, and turn Socket Mode on; or leave SLACK_APP_TOKEN out, and let Slack call PUBLIC_URL"
)
MANIFEST = f"Put what `countersign install slack` prints into {PAGE} > App Manifest, and save"
FAILURES = (Busy, Refused, Unauthorised, Unknown)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings say. `config_token` is an app configuration token, which lives twelve hours;
    `app_token` an app-level one: with it, Slack is to be in Socket Mode."""

    team_id: str
    app_id: str
    events_url: str
    config_token: str = ""
    app_token: str = ""


def look(client: WebClient, wanted: Wanted, now: datetime) -> Iterator[Finding]:
    """The token first: without it nothing else can be asked."""
    try:
        with our_words():
            who = client.auth_test()
    except FAILURES as no:
        yield failed("slack.token", SLACK, no, TOKEN)
        return
    headers: Mapping[str, str] = CaseInsensitiveDict(who.headers)
    yield _team(str(who.get("team_id")), wanted.team_id)
    yield clock("slack.clock", SLACK, headers, now)
    yield from _scopes(headers)
    yield from _app(client, str(who.get("bot_id")), wanted.app_id)
    yield from _socket(client, wanted.app_token)
    yield from _manifest(client, wanted)


def _socket(client: WebClient, token: str) -> Iterator[Finding]:
    """Asks for an address of a line, and opens none."""
    if not token:
        return
    try:
        with our_words():
            client.apps_connections_open(app_token=token)
    except FAILURES as no:
        yield failed("slack.socket", SLACK, no, APP_TOKEN)
    else:
        yield fine("slack.socket", "Slack opens lines for our app-level token")


def _team(found: str, wanted: str) -> Finding:
    if found == wanted:
        return fine("slack.token", f"Slack takes the bot token, of workspace {found}")
    return wrong(
        "slack.token",
        f"the bot token is of workspace {found}, and SLACK_TEAM_ID says {wanted}",
        f"Set SLACK_TEAM_ID to {found}, or take the token of the app in {wanted}",
    )


def _scopes(headers: Mapping[str, str]) -> Iterator[Finding]:
    """One by one, each with what is not possible without it."""
    told = headers.get("X-OAuth-Scopes")
    if told is None:
        yield note("slack.scope", "Slack did not say which scopes the bot has")
        return
    given = {scope.strip() for scope in told.split(",")} - {""}
    for scope, uses in needs.scopes().items():
        if scope in given:
            yield fine(f"slack.scope {scope}", "granted")
        else:
            missed = f"the bot has no scope {scope}: it cannot use {', '.join(uses)}"
            yield wrong(f"slack.scope {scope}", missed, f"For {scope}, {REINSTALL}")
    if more := sorted(given - set(needs.scopes())):
        yield note("slack.scope", f"the bot may more than it needs: {', '.join(more)}", "Remove these from the app")


def _app(client: WebClient, bot: str, wanted: str) -> Iterator[Finding]:
    try:
        with our_words():
            found = str((client.bots_info(bot=bot).get("bot") or {}).get("app_id"))
    except Unauthorised:  # for want of a scope, which is told already
        return
    except FAILURES as no:
        yield failed("slack.app", SLACK, no, TOKEN)
        return
    if found == wanted:
        yield fine("slack.app", f"the token is of app {found}")
        return
    mend = f"Set SLACK_APP_ID to {found}, else every request of Slack is refused; or take the token of {wanted}"
    yield wrong("slack.app", f"the token is of app {found}, and SLACK_APP_ID says {wanted}", mend)


def _manifest(client: WebClient, wanted: Wanted) -> Iterator[Finding]:
    """What the app listens to, and where: Slack tells it to an app configuration token alone."""
    if not wanted.config_token:
        told = "Slack tells a bot neither its event subscriptions nor its request URL"
        yield note("slack.events", told, CONFIG)
        return
    try:
        with our_words():
            answer = client.apps_manifest_export(app_id=wanted.app_id, token=wanted.config_token)
    except FAILURES as no:
        yield failed("slack.events", SLACK, no, CONFIG)
        return
    manifest: Any = answer.get("manifest") or {}
    settings = manifest.get("settings") or {}
    yield from _events(set((settings.get("event_subscriptions") or {}).get("bot_events") or ()))
    yield from _commands(
        {str(each.get("command")) for each in (manifest.get("features") or {}).get("slash_commands") or ()}
    )
    yield from _line(settings) if wanted.app_token else _addresses(settings, wanted.events_url)


def _line(settings: Mapping[str, Any]) -> Iterator[Finding]:
    if settings.get("socket_mode_enabled"):
        yield fine("slack.socket_mode", "the app is in Socket Mode")
    else:
        told = "SLACK_APP_TOKEN is set, and the app is not in Socket Mode: Slack tells nothing over our line"
        yield wrong(
            "slack.socket_mode", told, f"Turn Socket Mode on at {PAGE} > Socket Mode, or remove SLACK_APP_TOKEN"
        )


def _events(given: set[str]) -> Iterator[Finding]:
    for event in needs.EVENTS:
        if event in given:
            yield fine(f"slack.event {event}", "subscribed")
        else:
            mend = f"Add {event} at {PAGE} > Event Subscriptions > Subscribe to bot events, save, and reinstall"
            yield wrong(f"slack.event {event}", f"Slack does not tell the app of {event}", mend)


def _commands(given: set[str]) -> Iterator[Finding]:
    for command in needs.COMMANDS:
        if command in given:
            yield fine(f"slack.command {command}", "there")
        else:
            yield wrong(f"slack.command {command}", f"nobody can type {command}: the app has no such command", MANIFEST)


def _addresses(settings: Mapping[str, Any], url: str) -> Iterator[Finding]:
    for name, part in (("slack.request_url", "event_subscriptions"), ("slack.interactivity", "interactivity")):
        told = (settings.get(part) or {}).get("request_url")
        if settings.get("socket_mode_enabled"):
            mend = f"Turn Socket Mode off at {PAGE} > Socket Mode: this installation is reached by its address"
            yield wrong(name, "the app is in Socket Mode, so that Slack sends nothing to our address", mend)
        elif told == url:
            yield fine(name, f"Slack sends to {url}")
        else:
            yield wrong(name, f"Slack sends to {told or 'nowhere'}, and not to {url}", MANIFEST)
