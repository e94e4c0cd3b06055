"""The example company in Slack: Larkspur, and the customer's people in the channel that they share."""

from collections.abc import Callable
from datetime import UTC, datetime

from sandbox.slack.entities import Channel, User, Workspace
from sandbox.slack.install import AppInstall
from sandbox.slack.site import Site
from sandbox.slack.world import SlackWorld

LARKSPUR, BRIGHTWATER = "T07LARK", "T09BRIG"
APP, BOT, BOT_USER = "A07COUNTER", "B07BOT", "U07BOT"
BOT_TOKEN = "xoxb-sandbox-larkspur-countersign"
APP_TOKEN = "xapp-1-sandbox-larkspur-countersign"
CONFIG_TOKEN = "xoxe.xoxp-sandbox-larkspur-configuration"
SIGNING_SECRET = "sandbox-signing-secret-of-countersign"
DUBLIN, BERLIN, LONDON = "Europe/Dublin", "Europe/Berlin", "Europe/London"
SHARED, WINS, NORTH, GENERAL, OPS = "C07BRIGHT02", "C07WINS0001", "C07NORTH001", "C07GENERAL1", "C07OPS00001"
MAYA, SAM, JONAS = "U07MAYA0001", "U07SAM00001", "U07JONAS001"
PRIYA, DANA, ELENA, TOM = "U07PRIYA001", "U07DANA0001", "U07ELENA001", "U07TOM00001"
INES, NOOR, OSKAR, KOFI, RAVI = "U07INES0001", "U07NOOR0001", "U07OSKAR001", "U07KOFI0001", "U07RAVI0001"
CLARA, HENRIK = "U09CLARA001", "U09HENRIK01"
OURS = (
    (MAYA, "Maya Okafor", "Account executive", DUBLIN),
    (SAM, "Sam Whitfield", "Sales manager", DUBLIN),
    (JONAS, "Jonas Weber", "VP Sales", BERLIN),
    (PRIYA, "Priya Raman", "Finance director", LONDON),
    (DANA, "Dana Lindqvist", "Deputy finance director", DUBLIN),
    (ELENA, "Elena Rossi", "Legal counsel", DUBLIN),
    (TOM, "Tom Byrne", "Solutions engineer", DUBLIN),
    (INES, "Ines Carvalho", "Managing director", DUBLIN),
    (NOOR, "Noor Haddad", "Customer success manager, logistics and freight", DUBLIN),
    (OSKAR, "Oskar Lund", "Customer success manager, healthcare", DUBLIN),
    (KOFI, "Kofi Mensah", "Systems administrator", DUBLIN),
    (RAVI, "Ravi Menon", "Account executive", DUBLIN),
)
THEIRS = (
    (CLARA, "Clara Vogt", "Chief operating officer", BERLIN),
    (HENRIK, "Henrik Brandt", "Chief financial officer", BERLIN),
)
GROUPS = {
    "reps": (MAYA, RAVI),
    "sales-managers": (SAM,),
    "sales-vps": (JONAS,),
    "finance": (PRIYA,),
    "finance-deputies": (DANA,),
    "legal": (ELENA,),
    "solutions": (TOM,),
    "csms": (NOOR, OSKAR),
    "signatories": (INES,),
    "countersign-admins": (KOFI,),
}
SCOPES = frozenset(
    {
        "app_mentions:read", "bookmarks:read", "bookmarks:write", "channels:history", "channels:join",
        "channels:manage", "channels:read", "chat:write", "chat:write.public", "commands", "files:read", "files:write",
        "groups:history", "groups:read", "groups:write", "im:history", "im:read", "im:write", "mpim:history",
        "mpim:read", "mpim:write", "pins:read", "pins:write", "reactions:read", "reactions:write", "team:read",
        "usergroups:read", "usergroups:write", "users.profile:read", "users:read", "users:read.email",
    }
)  # fmt: skip
GENEROUS = 20.0


def larkspur(request_url: str = "", clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Site:
    """`request_url` takes events, interactions and commands; `clock` is the business's, aware.

    The rate limits are twenty times Slack's; `site.limits.scale = 1` makes them Slack's.
    """
    app = AppInstall(APP, BOT, BOT_USER, BOT_TOKEN, SIGNING_SECRET, SCOPES, request_url)
    app.app_token, app.config_token = APP_TOKEN, CONFIG_TOKEN
    site = Site(_world(int(clock().timestamp())), app, clock)
    site.limits.scale = GENEROUS
    return site


def _world(now: int) -> SlackWorld:
    teams = [Workspace(LARKSPUR, "Larkspur", "larkspur"), Workspace(BRIGHTWATER, "Brightwater Freight", "brightwater")]
    users = [_user(LARKSPUR, "larkspur.example", *told) for told in OURS]
    users += [_user(BRIGHTWATER, "brightwater.example", *told) for told in THEIRS]
    return SlackWorld(teams, users, GROUPS, _channels(now))


def _user(team: str, domain: str, user: str, name: str, title: str, tz: str) -> User:
    return User(user, team, name, title, f"{name.lower().replace(' ', '.')}@{domain}", tz)


def _channels(now: int) -> list[Channel]:
    all_of_us = [told[0] for told in OURS]
    shared = Channel(SHARED, "larkspur-brightwater", members=[BOT_USER, MAYA, TOM, CLARA, HENRIK])
    shared.shared_with = [BRIGHTWATER]
    channels = [
        shared,
        Channel(WINS, "wins", members=[BOT_USER, *all_of_us]),
        Channel(NORTH, "team-north", members=[BOT_USER, SAM, JONAS, MAYA]),
        Channel(OPS, "countersign-ops", members=[BOT_USER, KOFI]),
        Channel(GENERAL, "general", members=all_of_us),
    ]
    for channel in channels:
        channel.creator, channel.created_at = KOFI, now
    return channels
