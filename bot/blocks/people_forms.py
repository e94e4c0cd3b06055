"""Forms that name somebody: who shall decide this one request, and to whom authority is lent."""

from collections.abc import Iterable
from datetime import date

from bot.blocks import inputs
from bot.blocks.actions import Ref, ViewId
from bot.blocks.card import Block, context, cut, day, escape, plain, section
from bot.blocks.modals import modal
from bot.streams.deal.deal import Deal
from bot.streams.decision import Colleague
from bot.streams.person.person import Person

LABEL = 75  # Slack's own limit of an option
MOST_OFFERED = 100
AMOUNT, REQUEST, ACT = "up_to", "request", "act"
GROUP = "group:"


def pass_on(deal: Deal, about: str, deciders: Iterable[Colleague]) -> Block:
    approval = deal.approvals.approval(about)
    taken = {deal.opening.rep, approval.person if approval else ""}
    who = [(c.person, f"{c.name}, {c.title}") for c in deciders if c.person not in taken]
    body = [
        section(f"*{escape(approval.title if approval else '')}: {escape(deal.customer)}*"),
        _select(inputs.PERSON, "Who shall decide it?", who),
        _text(inputs.REASON, "Why?", "For example: she knows this customer", optional=True),
        context("This one request, with your authority: never more than you could decide yourself."),
    ]
    ref = Ref(stream_id=deal.id, slot="pass_on", about=about, seen=deal.package.hash)
    return modal(ViewId.APPROVAL_PASS_ON, "Pass on", ("Pass on", "Cancel"), ref, body)


ACTS = (
    ("replace", "Somebody else decides it"),
    ("waive", "Nobody decides it: waive it (two people)"),
    ("exception", "Grant it, and the like of it, until a day"),
)


def override(deal: Deal, deciders: Iterable[Colleague], today: date) -> Block:
    """What the policy's owner may do to a request that waits."""
    due = [(a.id, a.title) for a in deal.approvals.due]
    who = [("-", "Nobody else")] + [
        (c.person, f"{c.name}, {c.title}") for c in deciders if c.person != deal.opening.rep
    ]
    waiting = [w for w in deal.approvals.waivers if w.hash == deal.package.hash]
    body = [
        section(
            f"*{escape(deal.customer)}*", *(f"A waiver waits for a second person: {escape(w.reason)}" for w in waiting)
        ),
        _select(REQUEST, "Which request?", due),
        _select(ACT, "What happens to it?", list(ACTS)),
        _select(inputs.PERSON, "Who decides instead?", who),
        _date(inputs.UNTIL_ON, "Last day of a waiver or an exception", today),
        _text(inputs.REASON, "Why?", "Everybody can read it, and it stands in the weekly list."),
        context("Never beyond the policy: who takes over, or grants an exception, decides by her own authority."),
    ]
    ref = Ref(stream_id=deal.id, slot="override", seen=deal.package.hash)
    return modal(ViewId.OVERRIDE, "Override", ("Do it", "Cancel"), ref, body)


def _select(name: str, label: str, offered: list[tuple[str, str]]) -> Block:
    options = [{"text": plain(cut(words, LABEL)), "value": value} for value, words in offered[:MOST_OFFERED]]
    nobody = [{"text": plain("Nobody else may"), "value": "-"}]
    element: Block = {"type": "static_select", "action_id": name, "options": options or nobody}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def _text(name: str, label: str, hint: str, optional: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": 200}
    made = {"type": "input", "block_id": name, "label": plain(label), "hint": plain(hint), "element": element}
    return made | {"optional": optional}


def _date(name: str, label: str, now: date) -> Block:
    element: Block = {"type": "datepicker", "action_id": name, "initial_date": now.isoformat()}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def lend(person: Person, today: date, deciders: Iterable[Colleague], groups: Iterable[str]) -> Block:
    mine = person.profile.user if person.profile else ""
    who = [(c.person, f"{c.name}, {c.title}") for c in deciders if c.person != mine]
    who += [(f"{GROUP}{group}", f"Everybody in @{group}") for group in groups]
    running = person.lending.running(today)
    body = [
        section(*(f"*Lent:* from {day(d.from_on)} to {day(d.until_on)}" for d in running)) if running else None,
        _select(inputs.PERSON, "To whom?", who),
        _date(inputs.FROM_ON, "First day", today),
        _date(inputs.UNTIL_ON, "Last day", today),
        _text(AMOUNT, "Only for deals up to", "For example: 50000 EUR. Empty: for every deal.", optional=True),
        _text(inputs.REASON, "Why?", "For example: on leave", optional=True),
        context("They decide in your place, never more than you could. While you are away it is used by itself."),
    ]
    return modal(ViewId.LEND, "Lend my authority", ("Lend", "Cancel"), Ref(stream_id=person.id, slot="lend"), body)
