"""What a panel asks for when it is opened."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.page import systems
from sandbox.page.stage import Stage
from sandbox.situations import table
from sandbox.slack import manifest
from sandbox.slack.entities import File

Json = dict[str, Any]
Asked = Mapping[str, str]
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif"})

SIGHTS: dict[str, Callable[[Stage, Asked], Json]] = {
    "list": lambda stage, asked: systems.listed(stage.town, asked["kind"]),
    "record": lambda stage, asked: systems.record(stage.town, asked["id"]),
    "books": lambda stage, asked: systems.books(stage.town),
    "ledger": lambda stage, asked: systems.ledger(stage.town, asked.get("deal", ""), asked.get("channel", "")),
    "verify": lambda stage, asked: systems.verified(stage.town),
    "deadlines": lambda stage, asked: systems.deadlines(stage.town),
    "documents": lambda stage, asked: systems.documents(stage.town, asked["as"]),
}


def look(stage: Stage, phone: str, what: str, asked: Asked) -> tuple[int, Json]:
    if what == "world":
        return 200, world(phone)
    try:
        return 200, SIGHTS[what](stage, asked)
    except KeyError as missing:
        return 404, {"error": f"There is no {missing}."}
    except LookupError as no:
        return 409, {"error": str(no)}


def world(phone: str) -> Json:
    """What stays: the app as its manifest describes it to Slack, the situations, and where the phone is."""
    features = manifest.read()["features"]
    scenes = [{"name": s.name, "title": s.title, "says": s.says, "who": s.who, "lacks": s.lacks}
              for s in table.SITUATIONS]  # fmt: skip
    shortcuts = [s for s in features.get("shortcuts", []) if s.get("type") == "message"]
    return {"commands": features["slash_commands"], "shortcuts": shortcuts, "situations": scenes, "phone": phone}


def file(stage: Stage, user: str, file_id: str) -> File | None:
    """None: there is none that the person may see."""
    seen = {row["id"] for row in systems.documents(stage.town, user)["files"]}
    return stage.town.site.world.files.get(file_id) if file_id in seen else None


def letter(stage: Stage, user: str, number: int) -> str:
    try:
        return systems.letter_html(stage.town, user, number)
    except (LookupError, KeyError):
        return "<p>There is no such letter.</p>"
