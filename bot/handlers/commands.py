"""/deal: the words that may follow, and the answers, for the one who typed alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from bot.blocks import answers, people_forms, progress_card, settings_form, team_card
from bot.blocks.card import Card
from bot.handlers import documents, intel, offering, prioritising
from bot.handlers.desk import Counter
from bot.playbook.permissions import Permission
from bot.questions.approvers import Approvers
from bot.store.errors import Erased
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import PauseDeal, ResumeDeal
from bot.streams.decision import Command


@dataclass(frozen=True, slots=True)
class Typed:
    who: str
    channel: str
    words: str
    key: str
    trigger: str


def typed(counter: Counter, body: Mapping[str, Any]) -> Card:
    """Never fails: what is not known is answered with what is."""
    who = f"{body.get('team_id')}:{body.get('user_id')}"
    word, _, rest = _printable(str(body.get("text") or "help")).strip().partition(" ")
    trigger = str(body.get("trigger_id") or "")
    line = Typed(who, str(body.get("channel_id") or ""), rest.strip(), f"command:{trigger}", trigger)
    if not counter.ours(who):
        return counter.refusal("outside.person")
    if word.casefold() == "help":
        return answers.help_card(counter.front.playbook)
    handle = WORDS.get(word.casefold())
    if handle is None:
        nearest = get_close_matches(word.casefold(), [*WORDS, "help"], 1, 0.5)
        return answers.did_you_mean(word, nearest[0] if nearest else "help")
    if not counter.front.ask.may(who, Permission.SEE_DEAL):
        return counter.refusal("permission.missing")
    try:
        return handle(counter, line)
    except Erased:
        return counter.refusal("stream.erased")


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _status(counter: Counter, line: Typed) -> Card:
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    return answers.status(found, counter.front.playbook, counter.front.ask.known())


def _why(counter: Counter, line: Typed) -> Card:
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    ask = counter.front.ask
    return answers.why(found, counter.front.playbook, ask.known(), ask.texts(found.id))


def _progress(counter: Counter, line: Typed) -> Card:
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    front = counter.front
    return progress_card.card_of(found, front.dispatcher.clock(), front.playbook, front.ask.known())


def _documents(counter: Counter, line: Typed) -> Card:
    found = _deal(counter, line)
    return found if isinstance(found, Card) else documents.shown(counter, line.who, found)


def _find(counter: Counter, line: Typed) -> Card:
    ask = counter.front.ask
    told = [answers.decided(each, ask.known()) for each in ask.decisions(line.who, line.words, answers.SHOWN)]
    return answers.found(ask.find(line.words), line.words, told)


def _pause(counter: Counter, line: Typed) -> Card:
    return _changed(counter, line, partial(PauseDeal, reason=line.words[:200]))


def _resume(counter: Counter, line: Typed) -> Card:
    return _changed(counter, line, ResumeDeal)


def _changed(counter: Counter, line: Typed, command: Callable[..., Command]) -> Card:
    """The deal as it stands then."""
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    outcome = counter.give(command(stream_id=found.id, actor=line.who), line.key)
    if outcome.reason:
        return counter.refusal(outcome.reason)
    deal, known = counter.front.ask.shown(found.id)
    return answers.status(deal, counter.front.playbook, known)


def _settings(counter: Counter, line: Typed) -> Card:
    page = counter.front.homes.page(line.who, counter.front.dispatcher.clock())
    if page is None:
        return counter.refusal("permission.missing")
    view = settings_form.settings(page.person, page.playbook)
    return counter.open(line.trigger, view) or answers.settings_opened()


def _quote(counter: Counter, line: Typed) -> Card:
    """In the deal's channel, where a customer never reads; the words after it say what is known of the customer."""
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    command = offering.asked(found, line.who, line.words if line.channel == found.opening.channel else "")
    if command is None:
        return counter.refusal("offers.not_understood")
    outcome = counter.give(command, line.key)
    return counter.refusal(outcome.reason) if outcome.reason else answers.offers_asked(found)


def _intel(counter: Counter, line: Typed) -> Card:
    """In the deal's channel: of its competitor. Elsewhere: of all. Words after it are news. Never where others read."""
    deal = counter.front.ask.of_channel(line.channel)
    if _shared(deal, line):
        return counter.refusal("deal.shared_channel")
    return intel.asked(counter, line.who, line.trigger, deal, line.words)


def _override(counter: Counter, line: Typed) -> Card:
    found = _deal(counter, line)
    if isinstance(found, Card):
        return found
    if not counter.front.ask.may(line.who, Permission.OVERRIDE_APPROVAL):
        return counter.refusal("permission.missing")
    if not found.approvals.due:
        return counter.refusal("override.nothing")
    today = counter.front.dispatcher.clock().date()
    view = people_forms.override(found, counter.front.ask.deciders(), today)
    return counter.open(line.trigger, view) or answers.form_opened()


def _team(counter: Counter, line: Typed) -> Card:
    """Nobody's speed is shown to others than herself and her manager, and nothing of it where a customer reads."""
    if _shared(counter.front.ask.of_channel(line.channel), line):
        return counter.refusal("deal.shared_channel")
    desk = counter.front.dispatcher
    return team_card.card_of(Approvers(desk.store, desk.playbook, desk.code).team(line.who, desk.clock()))


def _critical(counter: Counter, line: Typed) -> Card:
    """The list where nobody of a customer reads; with mark or unmark and a reason, a manager's word on this deal."""
    act, _, rest = line.words.partition(" ")
    if act.casefold() not in prioritising.ACTS:
        if _shared(counter.front.ask.of_channel(line.channel), line):
            return counter.refusal("deal.shared_channel")
        return prioritising.shown(counter, line.who)
    name, _, reason = rest.partition(prioritising.BECAUSE)
    found = _deal(counter, replace(line, words=name.strip()))
    if isinstance(found, Card):
        return found
    return prioritising.marked(counter, line.who, line.key, found, prioritising.ACTS[act.casefold()], reason)


def _shared(deal: Deal | None, line: Typed) -> bool:
    """Does the customer read there? `deal` is that of the channel."""
    return deal is not None and deal.opening.channel != line.channel


def _deal(counter: Counter, line: Typed) -> Deal | Card:
    """Of the channel; else the one that the words name. Nothing internal is shown where the customer reads."""
    ask = counter.front.ask
    if (deal := ask.of_channel(line.channel)) is not None:
        return counter.refusal("deal.shared_channel") if _shared(deal, line) else deal
    rows = ask.find(line.words) if line.words else []
    if len(rows) == 1:
        return ask.deal(rows[0].stream_id)
    return answers.found(rows, line.words) if rows else counter.refusal("deal.not_linked")


WORDS: dict[str, Callable[[Counter, Typed], Card]] = {
    "status": _status,
    "quote": _quote,
    "documents": _documents,
    "why": _why,
    "progress": _progress,
    "intel": _intel,
    "team": _team,
    "critical": _critical,
    "override": _override,
    "find": _find,
    "pause": _pause,
    "resume": _resume,
    "settings": _settings,
}
