"""The administrator's forms: a stop with its reason, and how much is done without asking."""

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, plain, section
from bot.blocks.home_admin import Admin
from bot.blocks.modals import modal
from bot.blocks.people import Known
from bot.playbook.company import Autonomy
from bot.playbook.permissions import NEVER_ABOVE_ASK, Step
from bot.playbook.schema import Playbook
from bot.streams.company.autonomy import seen
from bot.streams.ids import COMPANY

LEVELS: tuple[Autonomy, ...] = ("suggest", "ask", "act")


def stop(admin: Admin, playbook: Playbook) -> Block:
    """Those that run; nothing of a system that is stopped already."""
    stopped = {stop.system for stop in admin.stops}
    running = [system.name for system in admin.systems if system.name not in stopped]
    options = [{"text": plain(playbook.word(f"system.{name}")), "value": name} for name in running]
    which: Block = {"type": "static_select", "action_id": inputs.SYSTEM, "options": options}
    why: Block = {"type": "plain_text_input", "action_id": inputs.REASON, "max_length": 200}
    body = [
        _field(inputs.SYSTEM, "Which one?", which),
        _field(inputs.REASON, "Why? People read it.", why),
        context("Nothing leaves for it from then on. What is owed waits, and goes out once after Resume."),
    ]
    ref = Ref(stream_id=COMPANY, slot="stop")
    return modal(ViewId.SYSTEM_STOP, "Stop one system", ("Stop it", "Keep running"), ref, body)


def autonomy(admin: Admin, playbook: Playbook, known: Known) -> Block:
    """One choice a step; what cannot be undone has no third one."""
    body = [
        section("*How much do I do by myself?* Sending and signing always need a person: there is no third choice."),
        *(_step(step, level, admin, playbook, known) for step, level in admin.levels.items()),
        context("It holds from the next step on, for every deal. What waits for a press goes on waiting."),
    ]
    ref = Ref(stream_id=COMPANY, slot="autonomy", seen=seen(admin.levels))
    return modal(ViewId.AUTONOMY, "What I do by myself", ("Save", "Cancel"), ref, body)


def _step(step: Step, level: Autonomy, admin: Admin, playbook: Playbook, known: Known) -> Block:
    offered = [one for one in LEVELS if one != "act" or step not in NEVER_ABOVE_ASK]
    options = [{"text": plain(_title(playbook.word(f"level.{one}"))), "value": one} for one in offered]
    chosen = options[offered.index(level)]
    element: Block = {
        "type": "static_select",
        "action_id": step.value,
        "options": options,
        "initial_option": chosen,
    }
    title = _title(playbook.word(f"step.{step}"))
    return _field(step.value, title, element) | {"hint": plain(_hint(step, admin, playbook, known))}


def _hint(step: Step, admin: Admin, playbook: Playbook, known: Known) -> str:
    usual = f"The playbook says: {playbook.word(f'level.{playbook.autonomy_of(step)}')}."
    change = next((change for change in admin.changed if change.step == step), None)
    if change is None:
        return usual
    return f"{usual} Changed by {known.name(change.by)}, {change.at.day} {change.at:%b %Y, %H:%M} UTC."


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def _field(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}
