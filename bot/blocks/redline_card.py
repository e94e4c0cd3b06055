"""A contract that came back changed: each change with its rating, what differs word by word, and three answers."""

from collections.abc import Iterator

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import (
    Block,
    Button,
    Card,
    actions,
    card,
    context,
    counted,
    cut,
    escape,
    header,
    moment,
    section,
    utc,
)
from bot.blocks.people import Known
from bot.figures.passages import words
from bot.figures.redlining import clause_of, title_of
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.redlines import Change, ChangeAnswered, RedlineRead
from bot.streams.person.person import Inbox

MOST = 12  # open changes at once; the next ones come up as these are answered
PIECES, PIECE = 4, 160  # of what differs, and letters of each
MARKS = {"low": ":large_green_circle:", "medium": ":large_yellow_circle:", "high": ":red_circle:"}
STANDS = {"below": "below our ladder", "unread": "not on our ladder"}
SAID = {"accept": "accepted, in our words for it", "counter": "countered", "escalate": "with legal"}


def card_of(deal: Deal, redline: int, playbook: Playbook, known: Known) -> Card:
    read = deal.redlines.read
    if read is None or read.no != redline:
        return card("That redline was replaced by a newer one.", section("*That redline was replaced by a newer one.*"))
    left = {change.no for change in deal.redlines.open}
    mine = [change for change in read.changes if change.no in left and deal.redlines.answer(change.no) is None]
    rest = [change for change in read.changes if change not in mine]
    state = f"{counted(len(mine), 'change')} to answer" if mine else _whole(deal, left)
    return card(
        f"{deal.customer} sent package {read.version} back with {counted(len(read.changes), 'change')}: {state}.",
        header(f"{deal.customer}: {counted(len(read.changes), 'change')} to the contract"),
        section(f"*{escape(cut(read.name, 80))}*, against package {read.version}", f"*{state}*"),
        *(block for change in mine[:MOST] for block in _asked(deal, read, change, playbook)),
        context(f"And {counted(len(mine) - MOST, 'more change')}, once these are answered.") if mine[MOST:] else None,
        *(context(_line(deal, change, playbook, known)) for change in rest[:MOST]),
        context(
            "Accept puts our own words for what they ask into the contract. Counter offers the rung named there, or "
            "leaves our text. Escalate asks legal. After the last answer the contract is drafted anew where a clause "
            "changed, and only the approvals that this touches are asked again."
        ),
    )


def task_of(deal: Deal, item: Inbox, playbook: Playbook, known: Known) -> Card:
    """For legal: one change that the rep did not want to answer."""
    read, no = deal.redlines.read, item.task.about.partition(".")[2]
    change = next((each for each in read.changes if str(each.no) == no), None) if read else None
    if read is None or change is None or item.closed_at is not None or item.task.seen != deal.package.hash:
        return _closed(deal, item, change, known)
    title, name = title_of(change, playbook), deal.customer
    return card(
        f"{name} changed clause {change.number}, {title}: what do we answer? Accept, or hold to what we offer.",
        header(f"{name}: clause {change.number}, {title}"),
        *_body(change, playbook),
        actions(_ref(deal, read, change), *_answers(change, playbook, name, escalates=False)),
        context("Why you: the rep asks legal. Accept puts our own words for what they ask into the contract."),
    )


def _whole(deal: Deal, left: set[int]) -> str:
    if left:
        return f"{counted(len(left), 'change')} with legal"
    return f"all answered; package {deal.package.version} stands"


def _asked(deal: Deal, read: RedlineRead, change: Change, playbook: Playbook) -> list[Block | None]:
    ref = _ref(deal, read, change)
    return [*_body(change, playbook), actions(ref, *_answers(change, playbook, deal.customer, escalates=True))]


def _body(change: Change, playbook: Playbook) -> list[Block | None]:
    where = f"*{escape(change.number) or 'Before the first clause'} {escape(title_of(change, playbook))}*"
    return [
        section(
            f"{MARKS[change.risk]} {where}: {_rated(change, playbook)}",
            *_differs(change),
            "The deal's terms set this: to give it, change the price or the opportunity." if change.by_terms else "",
            *(f":warning: {escape(law)}" for law in change.laws),
        )
    ]


def _rated(change: Change, playbook: Playbook) -> str:
    """Such as "first fallback, the fees of 24 months; Legal counsel grants it; risk medium"."""
    clause = clause_of(change, playbook)
    rung = clause.rung(change.standing) if clause else None
    if change.kind == "removed":
        return f"taken out; risk {change.risk}"
    if rung is None:
        never = f" (never: {escape(clause.never)})" if clause and change.standing == "below" else ""
        return f"{STANDS.get(change.standing, change.standing)}{never}; risk {change.risk}"
    granted = f"; {escape(playbook.roles[rung.granted_by].title)} grants it" if rung.granted_by else ""
    named = "what we prefer" if rung.key == "preferred" else f"{rung.key} fallback, {escape(rung.says)}"
    return f"{named}{granted}; risk {change.risk}"


def _differs(change: Change) -> Iterator[str]:
    if change.kind == "added":
        yield f"*They add:* “{escape(cut(change.theirs, 2 * PIECE))}”"
        return
    if change.kind == "removed":
        yield f"*They take out:* “{escape(cut(change.ours, 2 * PIECE))}”"
        return
    pieces = words(change.ours, change.theirs)
    for out, into in pieces[:PIECES]:
        yield f"“{escape(cut(out, PIECE)) or '…'}” → “{escape(cut(into, PIECE)) or '…'}”"
    if len(pieces) > PIECES:
        yield f"and {counted(len(pieces) - PIECES, 'more place')}"


def _answers(change: Change, playbook: Playbook, name: str, escalates: bool) -> list[Button]:
    what = f"clause {change.number} of {name}"
    accept = Button(ActionId.REDLINE_ACCEPT, "Accept", f"Accept their change of {what}, in our words", True)
    offered = _offer(change, playbook)
    counter = Button(ActionId.REDLINE_COUNTER, cut(offered, 70), f"{offered}: {what}")
    ask = Button(ActionId.REDLINE_ESCALATE, "Escalate", f"Ask legal about {what}")
    return [*([accept] if change.acceptable else []), counter, *([ask] if escalates else [])]


def _offer(change: Change, playbook: Playbook) -> str:
    clause = clause_of(change, playbook)
    rung = clause.rung(change.counter) if clause else None
    return f"Counter: {clause.title.lower()}, {rung.says}" if clause and rung else "Counter: our text"


def _line(deal: Deal, change: Change, playbook: Playbook, known: Known) -> str:
    answer = deal.redlines.answer(change.no)
    if answer is None:
        return ""
    clause = clause_of(change, playbook)
    rung = clause.rung(answer.rung) if clause else None
    says = f": {escape(rung.says)}" if rung else ""
    who = f"{escape(known.name(answer.by))}, {moment(answer.at)}"
    return f"{escape(change.number)} {escape(title_of(change, playbook))}, {SAID[answer.answer]}{says} ({who})"


def _closed(deal: Deal, item: Inbox, change: Change | None, known: Known) -> Card:
    answer: ChangeAnswered | None = deal.redlines.answer(change.no) if change else None
    if answer is None or answer.answer == "escalate":
        words_, at = "no longer needed, the contract changed", item.closed_at or item.at
    else:
        words_, at = f"{known.name(answer.by)} {SAID[answer.answer]}", answer.at
    return card(
        f"{item.task.title}: {words_}, {utc(at)}. Nothing more to do.",
        section(f":white_check_mark: *{escape(item.task.title)}:* {escape(words_)}, {moment(at)}"),
    )


def _ref(deal: Deal, read: RedlineRead, change: Change) -> Ref:
    return Ref(stream_id=deal.id, slot=f"redline-{change.no}", about=f"{read.no}.{change.no}", seen=read.hash)
