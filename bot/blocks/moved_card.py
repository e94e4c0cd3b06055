"""What stays where others can read now: one sentence, and no word of the deal."""

from bot.blocks.card import Card, card, escape, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal


def card_of(deal: Deal, playbook: Playbook, known: Known) -> Card:
    words = playbook.word("moved.card", {"rep": known.name(deal.opening.rep)})
    return card(words, section(escape(words)))
