"""The administrator's part of Home: what is stopped, how each connection is and what to do, and who decides what."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, accessory, actions, counted, divider, escape, moment, section
from bot.blocks.people import Known
from bot.playbook.company import Autonomy
from bot.playbook.permissions import Step
from bot.playbook.schema import Playbook
from bot.streams.company.autonomy import AutonomySet
from bot.streams.company.company import SystemPaused
from bot.streams.ids import COMPANY

DONE, NEEDS, STOPPED = ":white_check_mark:", ":warning:", ":no_entry:"
PATIENCE = timedelta(minutes=2)
STOP_ALL = (
    "Stop everything?",
    "From now on nothing leaves: no mail, no contract, no Salesforce update, no invoice, no message. "
    "What is owed stays owed. You can resume at any time.",
    "Stop everything",
    "Keep running",
)


@dataclass(frozen=True, slots=True)
class System:
    """One connection. `down_since`, `code` and `again_at` are of one that does not answer, or refuses our key."""

    name: str
    owed: int
    parked: int
    worked_at: datetime | None
    down_since: datetime | None = None
    code: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Admin:
    """`waits` streams could be worked on now, the oldest since `waits_since`; `changed` is the newest word on each
    step that has a switch."""

    stops: tuple[SystemPaused, ...]
    systems: tuple[System, ...]
    waits: int
    waits_since: datetime | None
    database: str
    levels: dict[Step, Autonomy]
    changed: tuple[AutonomySet, ...]


def blocks(admin: Admin, playbook: Playbook, known: Known, now: datetime) -> list[Block | None]:
    return [
        divider(),
        section("*Connections*", *_systems(admin, playbook), _queue(admin, now), f"{DONE} Database: {admin.database}"),
        *(_stop(stop, playbook, known) for stop in admin.stops),
        _stopping(admin),
        divider(),
        _autonomy(admin, playbook, known),
    ]


def troubles(admin: Admin) -> int:
    """Connections that need an administrator."""
    return sum(1 for system in admin.systems if system.down_since or system.parked)


def _systems(admin: Admin, playbook: Playbook) -> list[str]:
    stopped = {stop.system for stop in admin.stops}
    return [_system(system, bool(stopped & {"all", system.name}), playbook) for system in admin.systems]


def _system(system: System, stopped: bool, playbook: Playbook) -> str:
    name = playbook.word(f"system.{system.name}")
    waits = f"{counted(system.owed, 'thing')} wait{'s' if system.owed == 1 else ''}"
    if stopped:
        return f"{STOPPED} {name}: stopped; {waits if system.owed else 'nothing waits'}"
    if system.down_since is not None:
        again = f" I try again {moment(system.again_at)}." if system.again_at else ""
        since = f"since {moment(system.down_since)} ({escape(system.code)})"
        return f"{NEEDS} *{name}: no answer* {since}; {waits}.{again} {playbook.word(f'mend.{system.name}')}"
    if system.parked:
        told = f"{counted(system.parked, 'thing')} was not taken: its card says what, or `countersign effects list`"
        return f"{NEEDS} *{name}: running,* but {told}"
    last = f", last {moment(system.worked_at)}" if system.worked_at else ", not used yet"
    return f"{DONE} {name}: running{last}"


def _queue(admin: Admin, now: datetime) -> str:
    """The workers are seen by what they leave lying."""
    late = admin.waits_since is not None and now - admin.waits_since > PATIENCE
    if late and admin.waits_since is not None and not admin.stops:
        since = moment(admin.waits_since)
        return f"{NEEDS} *Workers: {counted(admin.waits, 'deal')} not worked on* since {since}. Run `countersign up`."
    return f"{DONE} Workers and queue: nothing is left lying"


def _stop(stop: SystemPaused, playbook: Playbook, known: Known) -> Block | None:
    what = playbook.word(f"system.{stop.system}")
    why = f": “{escape(stop.reason)}”" if stop.reason else ""
    by = known.name(stop.by) if ":" in stop.by else "the operator"
    told = section(f"{STOPPED} *{what} is stopped* by {escape(by)}, {moment(stop.at)}{why}", "What is owed waits.")
    ref = Ref(stream_id=COMPANY, slot=f"stop-{stop.system}", about=stop.system)
    return accessory(told, ref, Button(ActionId.SYSTEM_RESUME, "Resume", f"Let {what} go on"))


def _stopping(admin: Admin) -> Block | None:
    if any(stop.system == "all" for stop in admin.stops):
        return None
    ref = Ref(stream_id=COMPANY, slot="stop", about="all")
    everything = Button(ActionId.SYSTEM_STOP, "Stop everything", "Stop all that leaves", confirm=STOP_ALL, danger=True)
    one = Button(ActionId.SYSTEM_STOP_ONE, "Stop one system…", "Stop one system, with a reason")
    return actions(ref, everything, one)


def _autonomy(admin: Admin, playbook: Playbook, known: Known) -> Block | None:
    by_level = {level: [s for s, held in admin.levels.items() if held == level] for level in ("act", "ask", "suggest")}
    titles = {"act": "I do by myself", "ask": "I ask first", "suggest": "I only suggest"}
    lines = [
        f"{titles[level]}: {', '.join(playbook.word(f'step.{step}') for step in steps)}"
        for level, steps in by_level.items()
        if steps
    ]
    changes = [said(change, playbook, known) for change in sorted(admin.changed, key=lambda c: c.at, reverse=True)[:3]]
    ref = Ref(stream_id=COMPANY, slot="autonomy")
    change = Button(ActionId.AUTONOMY_OPEN, "Change…", "Change what is done without asking")
    return accessory(section("*What I do without asking*", *lines, *changes), ref, change)


def said(change: AutonomySet, playbook: Playbook, known: Known) -> str:
    """Who changed it, to what, and when."""
    what = playbook.word(f"step.{change.step}")
    to = playbook.word(f"level.{change.level}")
    return f"Changed: {what} to “{to}” by {escape(known.name(change.by))}, {moment(change.at)}"
