"""One line of history in the deal card's thread. Its words stand in the playbook's copy."""

from collections.abc import Mapping

from bot.blocks.card import Card, card, escape, section
from bot.blocks.people import Known
from bot.playbook.schema import Playbook


def card_of(about: str, words: Mapping[str, str], playbook: Playbook, known: Known) -> Card:
    """Values that are somebody's id become that person's name."""
    said = {name: known.name(value) if value in known.names else value for name, value in words.items()}
    line = playbook.word(about, {name: escape(value) for name, value in said.items()})
    return card(playbook.word(about, said), section(line))
