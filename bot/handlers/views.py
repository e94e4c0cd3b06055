"""Every modal that is submitted: its fields, checked by name, and the command that it gives."""

import re
from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Any

from bot.blocks import admin_forms, delivery_forms, inputs, modals, settings_form
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import escape
from bot.handlers import approving, documents, feedback, intel, proposing
from bot.handlers.desk import Counter
from bot.handlers.fields import WrongField, date_of, days_of, discount_of
from bot.handlers.press import Submission
from bot.playbook.company import Autonomy, Door
from bot.playbook.permissions import Step
from bot.streams.company.autonomy import SWITCHED, SetAutonomy
from bot.streams.company.company import Pause
from bot.streams.deal.approvals import Reject
from bot.streams.deal.delivery import ChooseDelivery, Way
from bot.streams.deal.envelope import CounterSign, SendForSignature
from bot.streams.deal.handoff import ReturnHandoff
from bot.streams.deal.memo import JudgeMemo
from bot.streams.deal.package import Reprice
from bot.streams.decision import Command
from bot.streams.ids import COMPANY
from bot.streams.person.settings import ChangeSettings, Preferences, SayAway

LONGEST_REASON = 200
LONGEST_WORDS = 500
LONGEST_NAME = 20
CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


Made = Callable[[Submission, Ref], Command]


def submitted(counter: Counter, told: Submission) -> dict[str, Any] | None:
    """Slack's answer: nothing closes the modal; else errors at their fields, or a notice in its place."""
    if told.view == ViewId.APPROVAL_BATCH:
        return _several(counter, told)
    made = VIEWS.get(told.view) or _with_deal(counter, told.view)
    if told.ref is None or made is None:
        return _notice(counter, "command.stale")
    try:
        command = made(told, told.ref)
    except documents.NoClause:
        return _at_field(counter, told, inputs.CLAUSE, "comment.no_clause")
    except WrongField as wrong:
        return _at_field(counter, told, *wrong.args)
    outcome = counter.give(command, told.key)
    if outcome.reason is None:
        return None
    if outcome.field in told.blocks:
        return _at_field(counter, told, str(outcome.field), outcome.reason)
    return _notice(counter, outcome.reason)


def _with_deal(counter: Counter, view: str) -> Made | None:
    """Forms whose command is made of what the deal says by now, too."""
    found = documents.VIEWS.get(view) or approving.VIEWS.get(view)
    return partial(found, counter) if found else None


def _several(counter: Counter, told: Submission) -> dict[str, Any] | None:
    """What was not taken is said, by customer; all else is decided."""
    if not told.chosen(inputs.CHOSEN):
        return _at_field(counter, told, inputs.CHOSEN, "batch.none")
    no = approving.several(counter, told)
    if not no:
        return None
    said = [f"*{escape(name)}:* {counter.front.playbook.refusal(reason)[0]}" for name, reason in no]
    view = modals.notice("Not all", "\n".join(["What is not named here is decided.", *said]))
    return {"response_action": "update", "view": view}


def _send(told: Submission, ref: Ref) -> Command:
    return SendForSignature(stream_id=ref.stream_id, actor=told.who, seen=ref.seen)


def _countersign(told: Submission, ref: Ref) -> Command:
    return CounterSign(stream_id=ref.stream_id, actor=told.who, seen=ref.seen)


def _reject(told: Submission, ref: Ref) -> Command:
    reason = told.text(inputs.REASON)[:LONGEST_REASON]
    yes_if = told.text(inputs.YES_IF)[:LONGEST_WORDS]
    where = {"stream_id": ref.stream_id, "actor": told.who, "approval": ref.about, "seen": ref.seen}
    return Reject(**where, reason=reason, yes_if=yes_if)


def _reprice(told: Submission, ref: Ref) -> Command:
    discount, days = discount_of(told), days_of(told)
    return Reprice(stream_id=ref.stream_id, actor=told.who, seen=ref.seen, discount=discount, payment_days=days)


def _amend_memo(told: Submission, ref: Ref) -> Command:
    words = told.text(inputs.REASON)[:LONGEST_WORDS]
    if not words:
        raise WrongField(inputs.REASON, "reason.missing")
    return JudgeMemo(stream_id=ref.stream_id, actor=told.who, seen=ref.seen, accepted=False, words=words)


def _delivery(told: Submission, ref: Ref, way: Way) -> Command:
    slot = told.text(inputs.SLOT)
    return ChooseDelivery(
        stream_id=ref.stream_id,
        actor=told.who,
        way=way,
        seen=ref.seen,
        later=told.text(inputs.WHEN) == delivery_forms.LATER,
        slot=int(slot) if slot.isascii() and slot.isdigit() else -1,
    )


def _handoff_back(told: Submission, ref: Ref) -> Command:
    reason = told.text(inputs.REASON)[:LONGEST_WORDS]
    if not reason:
        raise WrongField(inputs.REASON, "reason.missing")
    return ReturnHandoff(stream_id=ref.stream_id, actor=told.who, seen=ref.seen, reason=reason)


def _settings(told: Submission, ref: Ref) -> Command:
    chosen = Preferences(
        door=_door(told),
        quiet_from=_time(told, inputs.QUIET_FROM),
        quiet_until=_time(told, inputs.QUIET_UNTIL),
        per_day=_per_day(told),
        numbers=told.text(inputs.NUMBERS)[:LONGEST_NAME],
        critical_breaks_quiet=told.ticked(inputs.CRITICAL, settings_form.LOUD),
    )
    return ChangeSettings(stream_id=ref.stream_id, actor=told.who, preferences=chosen)


def _away(told: Submission, ref: Ref) -> Command:
    first, last = date_of(told, inputs.FROM_ON), date_of(told, inputs.UNTIL_ON)
    return SayAway(stream_id=ref.stream_id, actor=told.who, from_on=first, until_on=last)


def _stop(told: Submission, ref: Ref) -> Command:
    reason = told.text(inputs.REASON)[:LONGEST_REASON]
    return Pause(stream_id=COMPANY, actor=told.who, system=told.text(inputs.SYSTEM), reason=reason)


def _autonomy(told: Submission, ref: Ref) -> Command:
    steps = {step: _level(told, step) for step in SWITCHED}
    return SetAutonomy(stream_id=COMPANY, actor=told.who, steps=steps, seen=ref.seen)


def _level(told: Submission, step: Step) -> Autonomy:
    found = next((level for level in admin_forms.LEVELS if level == told.text(step)), None)
    if found is None:
        raise WrongField(step, "autonomy.unknown")
    return found


def _door(told: Submission) -> Door:
    found = next((door for door in settings_form.DOORS if door == told.text(inputs.DOOR)), None)
    if found is None:
        raise WrongField(inputs.DOOR, "settings.no_door")
    return found


def _time(told: Submission, name: str) -> time:
    """As Slack's picker writes it: hours and minutes."""
    text = told.text(name)
    if CLOCK.fullmatch(text) is None:
        raise WrongField(name, "settings.no_time")
    return time.fromisoformat(text)


def _per_day(told: Submission) -> int:
    text = told.text(inputs.PER_DAY)
    if not (text.isascii() and text.isdigit() and int(text[:6]) > 0):
        raise WrongField(inputs.PER_DAY, "settings.no_number")
    return int(text[:6])


VIEWS: dict[str, Made] = {
    ViewId.ENVELOPE_SEND: _send,
    ViewId.COUNTERSIGN: _countersign,
    ViewId.APPROVAL_REJECT: _reject,
    ViewId.APPROVAL_AT: approving.approve_at,
    ViewId.APPROVAL_ASK: approving.ask,
    ViewId.QUESTION_ANSWER: approving.answer,
    ViewId.APPROVAL_PASS_ON: approving.pass_on,
    ViewId.OVERRIDE: approving.override,
    ViewId.PRICE_CHANGE: _reprice,
    ViewId.MEMO_AMEND: _amend_memo,
    ViewId.LEND: approving.lend,
    ViewId.HANDOFF_SEND_BACK: _handoff_back,
    ViewId.SETTINGS: _settings,
    ViewId.AWAY: _away,
    ViewId.SYSTEM_STOP: _stop,
    ViewId.AUTONOMY: _autonomy,
    ViewId.DELIVERY_US: lambda told, ref: _delivery(told, ref, "us"),
    ViewId.DELIVERY_REP: lambda told, ref: _delivery(told, ref, "rep"),
    ViewId.DELIVERY_PRESENT: lambda told, ref: _delivery(told, ref, "present"),
    ViewId.PROPOSAL_DECLINE: lambda told, ref: proposing.refused(told, ref, "decline"),
    ViewId.PROPOSAL_UNTRUE: lambda told, ref: proposing.refused(told, ref, "not_true"),
    ViewId.FEEDBACK_WORDS: feedback.words,
    ViewId.NEWS_TELL: lambda told, ref: intel.told(told, ref, date_of(told, inputs.SEEN_ON)),
}


def _at_field(counter: Counter, told: Submission, field: str, reason: str) -> dict[str, Any]:
    bold, rest = counter.front.playbook.refusal(reason)
    block = told.blocks.get(field)
    if block is None:
        return _notice(counter, reason)
    return {"response_action": "errors", "errors": {block: f"{bold} {rest}"}}


def _notice(counter: Counter, reason: str) -> dict[str, Any]:
    bold, rest = counter.front.playbook.refusal(reason)
    return {"response_action": "update", "view": modals.notice("Not done", f"*{bold}* {rest}")}
