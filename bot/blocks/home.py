"""Home: what waits on me, by its deadline; then my deals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, actions, context, divider, escape, header, moment, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.person.person import Inbox, Person

SHOWN = 5


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as one line of a list."""

    stream_id: str
    title: str
    customer: str
    words: str
    waits_on: str
    channel: str
    total: str


def view(
    person: Person,
    tasks: Sequence[tuple[Deal, Inbox]],
    deals: Sequence[DealRow],
    playbook: Playbook,
    known: Known,
    now: datetime,
) -> Block:
    ordered = sorted(tasks, key=lambda t: (t[1].task.by_when is None, t[1].task.by_when or t[1].at))
    blocks: list[Block | None] = [header(_title(len(tasks)))]
    for number, (deal, item) in enumerate(ordered[:SHOWN]):
        blocks += _task(deal, item, now, number)
    if len(ordered) > SHOWN:
        blocks.append(context(f"and {len(ordered) - SHOWN} more, in your messages with me"))
    if deals:
        blocks += [divider(), section("*Your deals*"), *(section(row_line(row, known)) for row in deals[:SHOWN])]
        blocks.append(context(f"{len(deals)} open. /deal find shows all." if len(deals) > SHOWN else ""))
    blocks += [divider(), _help(person)]
    return {"type": "home", "blocks": [block for block in blocks if block is not None]}


def row_line(row: DealRow, known: Known) -> str:
    waits = known.name(row.waits_on) if ":" in row.waits_on else row.waits_on
    on = f" ({escape(waits)})" if waits else ""
    where = f" · <#{row.channel}>" if row.channel else ""
    return f"*{escape(row.customer)}:* {escape(row.words)}{on}\n{escape(row.total)}{where}"


def _title(count: int) -> str:
    if not count:
        return "Nothing waits on you"
    return f"{count} thing{'s' if count != 1 else ''} wait{'s' if count == 1 else ''} on you"


def _task(deal: Deal, item: Inbox, now: datetime, number: int) -> list[Block | None]:
    late = item.task.by_when is not None and item.task.by_when < now
    by = f"{'late since' if late else 'by'} {moment(item.task.by_when)}" if item.task.by_when else "waits on you"
    mark = ":warning:" if late else ":hourglass_flowing_sand:"
    button = _button(item, deal, primary=number == 0)
    ref = Ref(stream_id=deal.id, slot=f"home-{number}", about=item.task.about, seen=item.task.seen)
    return [section(f"{mark} *{escape(item.task.title)}*", by), actions(ref, *button) if button else None]


def _button(item: Inbox, deal: Deal, primary: bool) -> list[Button]:
    name = deal.customer
    match item.task.kind:
        case "approval":
            return [
                Button(ActionId.APPROVAL_APPROVE, "Approve", f"Approve for {name}", primary),
                Button(ActionId.APPROVAL_REJECT, "Reject…", f"Reject for {name}, with a reason"),
            ]
        case "reprice":
            return [Button(ActionId.PRICE_CHANGE, "Change the price…", f"Change the price for {name}", primary)]
        case "countersign":
            return [Button(ActionId.COUNTERSIGN_REVIEW, "Review and sign…", f"Review and sign {name}", primary)]
        case "handoff":
            return [Button(ActionId.HANDOFF_ACCEPT, "Accept", f"Accept the handoff of {name}", primary)]
        case _:
            return []


def _help(person: Person) -> Block:
    return actions(
        Ref(stream_id=person.id, slot="help"), Button(ActionId.HELP_OPEN, "Help", "See what Countersign can do")
    )
