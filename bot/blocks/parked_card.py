"""What did not work for a deal: what, why, what happens without it; and the buttons that decide."""

from bot.blocks.actions import ActionId, Ref
from bot.blocks.card import Block, Button, Card, actions, card, context, counted, escape, header, moment, section
from bot.figures.stuck import can_undo
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.parked import EffectParked
from bot.streams.effects import OURS, Lane

NEEDS = ":warning:"
SHOWN = 3
WHY = ("outcome.unknown", "our.bug", "permission.lost", "channel.missing")
UNKNOWN = "outcome.unknown"


def blocks(deal: Deal, playbook: Playbook) -> list[Block | None]:
    """The oldest first; those that are not shown come when these are decided."""
    rows = deal.parked.rows
    made: list[Block | None] = []
    for row in rows[:SHOWN]:
        made += [section(*lines(row, playbook)), _buttons(deal, row, playbook)]
    more = len(rows) - SHOWN
    return [*made, context(f"and {counted(more, 'step')} more that did not work" if more > 0 else "")]


def card_of(deal: Deal, playbook: Playbook) -> Card:
    """To the deal's owner, as long as something of it waits."""
    rows, name = deal.parked.rows, deal.customer
    first = f"{playbook.given_up(rows[0].effect).what}. {why(rows[0].code, rows[0].lane, playbook)}" if rows else ""
    return card(
        f"{name}: {counted(len(rows), 'step')} did not work. {first} Retry or skip; the card says what each means.",
        header(f"{name}: {counted(len(rows), 'step')} did not work"),
        *blocks(deal, playbook),
        context("Why you: it is your deal. Nothing else of it waits for this, and nothing is tried again by itself."),
    )


def gist(deal: Deal) -> str:
    return f" {counted(len(deal.parked.rows), 'step')} did not work." if deal.parked.rows else ""


def lines(row: EffectParked, playbook: Playbook) -> list[str]:
    """Mrkdwn: what, why, and what happens without it."""
    told = playbook.given_up(row.effect)
    return [
        f"{NEEDS} *This did not work:* {escape(told.what)}, {moment(row.at)}",
        f"*Why:* {escape(why(row.code, row.lane, playbook))}",
        f"*If you skip it:* {escape(told.skip)}",
    ]


def why(code: str, lane: Lane, playbook: Playbook) -> str:
    """The vendor's own word, when we have none of our own for it."""
    told = {"system": system(lane), "code": code}
    known = "unauthorised" if code.startswith("unauthorised") else code
    return playbook.word(f"why.{known}" if known in (*WHY, "unauthorised") else "why.refused", told)


def system(lane: Lane) -> str:
    names = {
        Lane.BOOKS: "the books",
        Lane.CALENDAR: "the calendar",
        Lane.MAIL: "the mail server",
        Lane.SALESFORCE: "Salesforce",
        Lane.SLACK: "Slack",
    }
    return "our own side" if lane in OURS else names[lane]


def _buttons(deal: Deal, row: EffectParked, playbook: Playbook) -> Block:
    told, name = playbook.given_up(row.effect), deal.customer
    ref = Ref(stream_id=deal.id, slot="parked", about=row.key, seen=str(row.fence))
    again = "It may have happened already. Then it happens twice."
    risky = ("Try again?", again, "Try again", "Not yet") if row.code == UNKNOWN else None
    skip = ("Skip this step?", escape(told.skip), "Skip it", "Not yet")
    retry = Button(ActionId.PARKED_RETRY, "Retry", f"Try again for {name}: {told.what}", confirm=risky)
    leave = Button(ActionId.PARKED_SKIP, "Skip…", f"Skip for {name}: {told.what}", confirm=skip)
    if not (told.undo and can_undo(deal, row)):
        return actions(ref, retry, leave)
    undo = ("Take it back?", escape(told.undo), "Take it back", "Not yet")
    back = Button(ActionId.PARKED_COMPENSATE, told.undo_button, f"For {name}: {told.undo}", confirm=undo)
    return actions(ref, retry, leave, back)
