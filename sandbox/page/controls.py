"""What is done to the world rather than in it: the clock, faults, the tour, situations, and who acts alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.page import acting, systems
from sandbox.page.stage import Stage
from sandbox.situations import table

Json = dict[str, Any]
TURNS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
EVENING = 17


def control(stage: Stage, given: Json) -> tuple[int, Json]:
    try:
        return CONTROLS[given["act"]](stage, given)
    except KeyError as missing:
        return 400, {"error": f"There is no {missing}."}
    except (LookupError, ValueError) as no:
        return 409, {"error": str(no)}


def _turn(stage: Stage, given: Json) -> tuple[int, Json]:
    """`by`: hour, day, deadline or month."""
    clock = stage.town.clock
    match given["by"]:
        case "deadline":
            clock.turn_to(max(_next_deadline(stage), clock.now()))
        case "month":
            clock.turn_to(month_end(clock.now()))
        case by:
            clock.turn(TURNS[by])
    return 200, {}


def _next_deadline(stage: Stage) -> datetime:
    now = stage.town.clock.now()
    due = [datetime.fromisoformat(row["at"]) for row in systems.deadlines(stage.town)["next"]]
    ahead = [at if at.tzinfo else at.replace(tzinfo=UTC) for at in due]
    found = min((at for at in ahead if at > now), default=None)
    if found is None:
        raise LookupError("Nothing is due: no deadline is set at the moment.")
    return found + timedelta(seconds=1)


def month_end(now: datetime) -> datetime:
    """17:00 UTC of the month's last day; of the next month's when that is over."""
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = first - timedelta(days=1) + timedelta(hours=EVENING)
    return found if found > now else month_end(first)


def _hold(stage: Stage, given: Json) -> tuple[int, Json]:
    if given["on"]:
        stage.town.clock.hold()
    else:
        stage.town.clock.go()
    return 200, {}


def _fault(stage: Stage, given: Json) -> tuple[int, Json]:
    if given["on"]:
        stage.trouble.begin(given["name"])
    else:
        stage.trouble.end(given["name"])
    return 200, {}


def _tour(stage: Stage, given: Json) -> tuple[int, Json]:
    """`do`: play, skip or back."""
    if given["do"] == "play":
        return (200, {}) if stage.tour.play() else (409, {"error": "This step is under way."})
    stage.tour.skip(1 if given["do"] == "skip" else -1)
    return 200, {}


def _others(stage: Stage, given: Json) -> tuple[int, Json]:
    stage.others.let(bool(given["on"]), str(given.get("as", "")))
    return 200, {}


def _reset(stage: Stage, given: Json) -> tuple[int, Json]:
    """To the first morning, or into a situation."""
    name = given.get("name", "")
    found = table.BY_NAME[name] if name else None
    done = stage.reset(name, found.play if found else None)
    return (200, {}) if done else (409, {"error": "The company is being set already."})


CONTROLS: dict[str, Callable[[Stage, Json], tuple[int, Json]]] = {
    "turn": _turn,
    "hold": _hold,
    "fault": _fault,
    "tour": _tour,
    "others": _others,
    "reset": _reset,
    "read": acting.mark_read,
}
