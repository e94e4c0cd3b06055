"""/deal critical: the list, and a manager's word on one deal."""

from bot.blocks import critical_card
from bot.blocks.card import Card, card, escape, section
from bot.handlers.desk import Counter
from bot.playbook.permissions import Permission
from bot.questions.priorities import listed
from bot.streams.deal.deal import Deal
from bot.streams.deal.priority import MarkCritical

ACTS = {"mark": True, "unmark": False}
BECAUSE = "because"
LONGEST = 200


def shown(counter: Counter, who: str) -> Card:
    """For who may mark: it names customers of everybody."""
    front = counter.front
    if not front.ask.may(who, Permission.MARK_CRITICAL):
        return counter.refusal("permission.missing")
    desk = front.dispatcher
    return critical_card.card_of(listed(desk.store, desk.playbook, desk.code))


def marked(counter: Counter, who: str, key: str, deal: Deal, yes: bool, reason: str) -> Card:
    said = reason.strip()[:LONGEST]
    outcome = counter.give(MarkCritical(stream_id=deal.id, actor=who, yes=yes, reason=said), key)
    if outcome.reason:
        return counter.refusal(outcome.reason)
    told = "critical, as soon as a place is free or it ranks above who has one" if yes else "an ordinary deal"
    words = f"{deal.customer} is {told}. Everybody in its channel reads why."
    return card(words, section(f"*{escape(deal.customer)}* is {told}.", "Everybody in its channel reads why."))
