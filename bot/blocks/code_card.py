"""The code that goes with a mail's link."""

from datetime import datetime

from bot.blocks.card import Card, card, context, escape, section, utc
from bot.playbook.schema import Playbook


def card_of(code: str, title: str, until: datetime, playbook: Playbook) -> Card:
    words = {"title": title, "until": utc(until)}
    return card(
        f"Your code: {code}. {playbook.word('code.about', words)} {playbook.word('code.not_you')}",
        section(f"Your code: *{code}*", escape(playbook.word("code.about", words))),
        context(escape(playbook.word("code.not_you"))),
    )
