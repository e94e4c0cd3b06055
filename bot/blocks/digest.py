"""The managers' digest: what needs somebody first, then what was won. Nothing to tell: still one line, once a day."""

from collections.abc import Sequence
from datetime import date

from bot.blocks.card import Card, card, context, day, divider, escape, header, section
from bot.blocks.home import DealRow, row_line
from bot.blocks.people import Known
from bot.playbook.schema import Playbook


def card_of(rows: Sequence[DealRow], won: Sequence[DealRow], on: date, playbook: Playbook, known: Known) -> Card:
    most = playbook.team_digest.at_most_items
    waiting = [row for row in rows if row.waits_on]
    told = f"{_count(len(waiting), 'deal')} wait on somebody, {_count(len(rows), 'deal')} open, {len(won)} won."
    return card(
        f"{day(on)}: {told}",
        header(f"{day(on)}: {_count(len(waiting), 'deal')} to look at"),
        *(section(row_line(row, known)) for row in waiting[:most]),
        divider() if waiting and won else None,
        section("*Won*", *(f"{escape(row.customer)}, {escape(row.total)}" for row in won[:most])) if won else None,
        context(f"{told} Why these: somebody can move them today."),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"
