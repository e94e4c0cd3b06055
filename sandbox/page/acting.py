"""What a person at the page may do in Slack: each act is one of the client's."""

from collections.abc import Callable
from typing import Any

from sandbox.page.stage import Stage
from sandbox.slack.people import People
from sandbox.slack.submitting import NotSubmitted

Json = dict[str, Any]
Act = Callable[[People, str, Json], Any]

ACTS: dict[str, Act] = {
    "say": lambda people, user, of: people.say(user, of["channel"], of["text"], of.get("thread", "")),
    "edit": lambda people, user, of: people.edit(user, of["channel"], of["ts"], of["text"]),
    "erase": lambda people, user, of: people.erase(user, of["channel"], of["ts"]),
    "react": lambda people, user, of: people.react(user, of["channel"], of["ts"], of["name"]),
    "leave": lambda people, user, of: people.leave(user, of["channel"]),
    "press": lambda people, user, of: people.press(
        user, of["channel"], of["ts"], of["action"], of.get("value", ""), of.get("block", "")
    ),
    "press_home": lambda people, user, of: people.press_home(
        user, of["action"], of.get("block", ""), of.get("value", "")
    ),
    "press_view": lambda people, user, of: people.press_view(
        user, of["action"], of.get("block", ""), of.get("value", ""), of.get("values")
    ),
    "command": lambda people, user, of: people.command(user, of["channel"], of["command"], of["text"]),
    "shortcut": lambda people, user, of: people.shortcut(user, of["channel"], of["ts"], of["callback"]),
    "suggest": lambda people, user, of: people.suggest(user, of["action"], of.get("block", ""), of["typed"]),
    "open_home": lambda people, user, of: people.open_home(user),
    "submit": lambda people, user, of: people.submit(user, of.get("values") or {}),
    "close": lambda people, user, of: people.close(user, bool(of.get("everything"))),
}


def act(stage: Stage, given: Any) -> tuple[int, Json]:
    """The status, and what the page is told: `error` in words, or `fields` by action id."""
    if not isinstance(given, dict) or given.get("act") not in ACTS:
        return 400, {"error": "There is no such act."}
    try:
        done = ACTS[given["act"]](stage.town.people, str(given.get("as")), given)
    except NotSubmitted as no:
        return 422, {"fields": no.fields}
    except KeyError as missing:
        return 400, {"error": f"The act lacks {missing}."}
    except (PermissionError, LookupError, ValueError) as no:
        return 409, {"error": str(no)}
    return 200, {"done": done if isinstance(done, str | list) else ""}


def mark_read(stage: Stage, given: Json) -> tuple[int, Json]:
    """Up to and with that ts."""
    mine = stage.read.setdefault(str(given.get("as")), {})
    channel, ts = str(given.get("channel")), str(given.get("ts"))
    mine[channel] = max(ts, mine.get(channel, ""))
    return 200, {}
