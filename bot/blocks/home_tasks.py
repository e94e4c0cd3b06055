"""What waits on one person, in the order in which it is to be done: since when, until when, and the buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.blocks import news_card
from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, accessory, actions, counted, escape, lasted, moment, section
from bot.blocks.numbers import Numbers
from bot.figures.batching import small_equal
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox, Person

SHOWN = 5
A_MINUTE = timedelta(minutes=1)
Asked = tuple[Deal, Inbox]
SAYS_AMOUNT = frozenset({"approval", "reprice", "countersign", "handoff"})


def blocks(person: Person, tasks: Sequence[Asked], numbers: Numbers, now: datetime) -> list[Block | None]:
    if not tasks:
        return [section("Nothing to do now. When something needs you, it stands here and I tell you.")]
    more = len(tasks) - SHOWN
    shown = [block for at, asked in enumerate(tasks[:SHOWN]) for block in _task(asked, at, numbers, now)]
    return [*shown, rest(person, "tasks", more, "request") if more > 0 else None]


def several(person: Person, tasks: Sequence[Asked], playbook: Playbook) -> Block | None:
    """Where several small equal ones wait: one form for them."""
    small = small_equal(tasks, playbook)
    if not small:
        return None
    told = section(f"{len(small)} of them are small, equal, and with nothing unusual: {escape(small[0][1].title)}.")
    ref = Ref(stream_id=person.id, slot="several")
    name = f"Approve several small requests: {small[0][1].title}"
    return accessory(told, ref, Button(ActionId.APPROVAL_BATCH, f"Approve {len(small)}…", name))


def lines(tasks: Sequence[Asked], numbers: Numbers, now: datetime) -> list[Block | None]:
    """All of them, without buttons: each has its own in its message."""
    return [section(*_words(asked, numbers, now)) for asked in tasks]


def rest(person: Person, about: str, more: int, noun: str) -> Block | None:
    """The way to what is not shown; routing only."""
    ref = Ref(stream_id=person.id, slot=f"all-{about}", about=about)
    told = section(f"and {counted(more, f'more {noun}')}")
    return accessory(told, ref, Button(ActionId.HOME_ALL, "See all", f"See every {noun}"))


def _task(asked: Asked, at: int, numbers: Numbers, now: datetime) -> list[Block | None]:
    deal, item = asked
    buttons = _buttons(item, deal, primary=at == 0)
    ref = Ref(stream_id=deal.id, slot=f"home-{at}", about=item.task.about, seen=item.task.seen)
    return [section(*_words(asked, numbers, now)), actions(ref, *buttons)]


def _words(asked: Asked, numbers: Numbers, now: datetime) -> tuple[str, str]:
    deal, item = asked
    due = item.task.by_when
    late = due is not None and due < now
    mark = ":warning:" if late else ":hourglass_flowing_sand:"
    first = "*critical deal*" if item.task.priority else ""
    made = deal.package.current
    total = numbers.money(made.contract.quote.total) if made and item.task.kind in SAYS_AMOUNT else ""
    by = f"{'*late*, it was due' if late else 'by'} {moment(due)}" if due else ""
    waits = f"waits for {lasted(now - item.at)}" if now - item.at >= A_MINUTE else "new"
    return f"{mark} *{escape(item.task.title)}*", " · ".join(part for part in (first, total, waits, by) if part)


def _buttons(item: Inbox, deal: Deal, primary: bool) -> list[Button]:
    name = deal.customer
    match item.task.kind:
        case "approval":
            return [
                Button(ActionId.APPROVAL_APPROVE, "Approve", f"Approve for {name}", primary),
                Button(ActionId.APPROVAL_REJECT, "Reject…", f"Reject for {name}, with a reason"),
                _look(name),
            ]
        case "memo":
            return [
                Button(ActionId.MEMO_ACCEPT, "Accept", f"Accept the legal memo of {name} as it is", primary),
                Button(ActionId.MEMO_AMEND, "Amend…", f"Say what should change in the legal memo of {name}"),
            ]
        case "reprice":
            return [Button(ActionId.PRICE_CHANGE, "Change the price…", f"Change the price for {name}", primary)]
        case "countersign":
            return [Button(ActionId.COUNTERSIGN_REVIEW, "Review and sign…", f"Review and sign {name}", primary)]
        case "handoff":
            return [
                Button(ActionId.HANDOFF_ACCEPT, "Accept", f"Accept the handoff of {name}", primary),
                Button(ActionId.HANDOFF_SEND_BACK, "Send back…", f"Send the handoff of {name} back, with a reason"),
            ]
        case "news" | "policy" | "stale" | "practice" | "proposal":
            return _of_the_company(item, primary)
        case _:
            return [_look(name)]


def _of_the_company(item: Inbox, primary: bool) -> list[Button]:
    match item.task.kind:
        case "news":
            return news_card.buttons("a competitor", False)
        case "policy":
            return [
                Button(ActionId.POLICY_APPROVE, "Approve", "Let this policy be used from now on", primary),
                Button(ActionId.POLICY_DECLINE, "Decline", "Keep the policy that is used now"),
            ]
        case "practice":
            return [
                Button(ActionId.PRACTICE_APPROVE, "Change it", "Change the practice as it was proposed", primary),
                Button(ActionId.PRACTICE_DECLINE, "Leave it", "Leave the practices as they are"),
            ]
        case "proposal":
            return [
                Button(ActionId.PROPOSAL_ACCEPT, "Accept", "Accept what was proposed", primary),
                Button(ActionId.PROPOSAL_DECLINE, "Decline…", "Decline it, with a reason"),
            ]
        case _:
            return [Button(ActionId.STALE_SEEN, "I look after it", "I look after what became too old", primary)]


def _look(name: str) -> Button:
    return Button(ActionId.DEAL_OPEN, "See the deal", f"See where {name} stands")
