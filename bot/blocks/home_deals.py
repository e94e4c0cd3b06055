"""A person's own open deals: where each stands, on whom it waits, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, accessory, divider, escape, moment, section
from bot.blocks.home_tasks import rest
from bot.blocks.numbers import Numbers
from bot.blocks.people import Known
from bot.figures.pipeline import DealLine, sums
from bot.streams.person.person import Person

SHOWN = 5


@dataclass(frozen=True, slots=True)
class MyDeal:
    """`next` is the step that follows, in words; empty for a deal that is only counted."""

    line: DealLine
    next: str = ""


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as one line of an answer."""

    stream_id: str
    title: str
    customer: str
    words: str
    waits_on: str
    channel: str
    total: str


def blocks(person: Person, deals: Sequence[MyDeal], numbers: Numbers, known: Known) -> list[Block | None]:
    """Who has none has no such part."""
    if not deals:
        return []
    more = len(deals) - SHOWN
    whole = " + ".join(numbers.money(amount) for amount in sums(d.line.total for d in deals))
    return [
        divider(),
        section(f"*Your deals: {len(deals)} open, {whole}*"),
        *(_deal(deal, numbers, known) for deal in deals[:SHOWN]),
        rest(person, "deals", more, "deal") if more > 0 else None,
    ]


def won(deals: Sequence[DealLine], numbers: Numbers) -> Block | None:
    told = [f":white_check_mark: {escape(d.customer)}, {numbers.money(d.total)}" for d in deals[:SHOWN]]
    return section("*Won lately*", *told) if told else None


def lines(deals: Sequence[MyDeal], numbers: Numbers, known: Known) -> list[Block | None]:
    return [section(*words(deal.line, numbers, known)) for deal in deals]


def words(line: DealLine, numbers: Numbers, known: Known) -> tuple[str, str]:
    """Whom it waits on stands with the state; since when, and the way to its card, below."""
    waits = known.name(line.waits_on) if ":" in line.waits_on else line.waits_on
    on = f" ({escape(waits)})" if waits else ""
    since = f"since {moment(line.since)}" if line.since else ""
    where = f"<#{line.channel}>" if line.channel else ""
    detail = " · ".join(part for part in (numbers.money(line.total), since, where) if part)
    return f"*{escape(line.customer)}:* {escape(line.words)}{on}", detail


def row_line(row: DealRow, known: Known) -> str:
    waits = known.name(row.waits_on) if ":" in row.waits_on else row.waits_on
    on = f" ({escape(waits)})" if waits else ""
    where = f" · <#{row.channel}>" if row.channel else ""
    return f"*{escape(row.customer)}:* {escape(row.words)}{on}\n{escape(row.total)}{where}"


def _deal(deal: MyDeal, numbers: Numbers, known: Known) -> Block | None:
    then = deal.next.removeprefix("Then ")
    following = f"Next: {escape(then[:1].upper() + then[1:])}" if then else ""
    return opening(section(*words(deal.line, numbers, known), following), deal.line, "mine")


def opening(of: Block | None, line: DealLine, slot: str) -> Block | None:
    """With the button that shows how the deal stands."""
    ref = Ref(stream_id=line.stream_id, slot=slot)
    return accessory(of, ref, Button(ActionId.DEAL_OPEN, "Open", f"Open the deal {line.customer}"))
