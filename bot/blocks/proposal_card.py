"""A change that numbers speak for, before its owner: what would change, what it rests on, and how far it is."""

from bot.blocks import inputs
from bot.blocks.actions import ActionId, Ref, ViewId
from bot.blocks.card import Block, Button, Card, actions, card, context, counted, day, escape, header, moment, section
from bot.blocks.modals import asked, modal
from bot.blocks.people import Known
from bot.figures.aims import aim, far
from bot.playbook.schema import Playbook
from bot.streams.company.company import Company
from bot.streams.company.proposals import Followed, Proposal
from bot.streams.ids import COMPANY
from bot.streams.person.person import Inbox

GONE = "A proposal that is no longer there."


def card_of(company: Company, item: Inbox, book: Playbook, known: Known) -> Card:
    found = company.proposals.of(item.task.about)
    if found is None:
        return card(GONE, section(GONE))
    of, kind = found.proposal, book.proposals.kinds.get(found.proposal.kind)
    title = f"{kind.title if kind else of.kind}: a proposal"
    state = _state(found, known)
    gist = state or f"Answer by {day(found.raised.due_on)}."
    return card(
        f"{title}. {of.change} {gist}",
        header(title),
        section(f"*{escape(of.change)}*"),
        section(f":memo: {escape(state)}") if state else None,
        section(*_evidence(of)),
        _buttons(found),
        context(*_why(found)),
    )


def form(found: Followed, action: ActionId) -> Block:
    """The reason of a no, or of closing an accepted one as not true."""
    no = action == ActionId.PROPOSAL_DECLINE
    title, yes = ("Decline", "Decline") if no else ("Close as not true", "Close")
    body = [
        section(f"*{escape(found.proposal.change)}*"),
        asked(inputs.REASON, "Why?", 200, "For example: we tried it in spring, and it did not help"),
        context("It stands beside the proposal, and in the managers' weekly digest."),
    ]
    ref = Ref(stream_id=COMPANY, slot="proposal", about=found.proposal.id)
    view = ViewId.PROPOSAL_DECLINE if no else ViewId.PROPOSAL_UNTRUE
    return modal(view, title, (yes, "Cancel"), ref, body)


def _evidence(of: Proposal) -> list[str]:
    tested = f"*The past again:* {escape(of.tested)}" if of.tested else "*The past again:* cannot be replayed for this"
    told = [escape(line) for line in of.told]
    return [*told, tested, f"*To move:* {escape(aim(of.aim))}"]


def _state(of: Followed, known: Known) -> str:
    parts = [_answer(of, known), far(of) if of.decided else "", _end(of, known)]
    return ". ".join(part for part in parts if part)


def _answer(of: Followed, known: Known) -> str:
    if of.decided is None:
        return ""
    did = "accepted it" if of.decided.yes else "declined"
    reason = f": {of.decided.reason}" if of.decided.reason else ""
    return f"{known.name(of.decided.by)} {did} on {day(of.decided.at.date())}{reason}"


def _end(of: Followed, known: Known) -> str:
    if of.ended is None:
        return ""
    if of.ended.kept:
        return "The number moved: kept"
    who = f" by {known.name(of.ended.by)}" if of.ended.by else ""
    return f"Closed as not true{who}{f': {of.ended.reason}' if of.ended.reason else ''}"


def _buttons(of: Followed) -> Block | None:
    ref = Ref(stream_id=COMPANY, slot="proposal", about=of.proposal.id)
    match of.state:
        case "open":
            yes = Button(ActionId.PROPOSAL_ACCEPT, "Accept", f"Accept: {of.proposal.change}"[:70], True)
            return actions(ref, yes, Button(ActionId.PROPOSAL_DECLINE, "Decline…", "Decline it, with a reason"))
        case "accepted" | "followed":
            untrue = "Close it as not true, with a reason"
            return actions(ref, Button(ActionId.PROPOSAL_UNTRUE, "It is not true…", untrue))
        case _:
            return None


def _why(of: Followed) -> tuple[str, ...]:
    rests = f"It rests on {counted(of.proposal.deals, 'case')}."
    match of.state:
        case "open":
            return (f"Why you: this is yours to change. {rests}", f"Please answer by {day(of.raised.due_on)}")
        case "accepted" | "followed" if of.decided and of.decided.follow_until:
            return (f"The number has until {moment(of.decided.follow_until)} to move, else it is closed as not true.",)
        case _:
            return (rests,)
