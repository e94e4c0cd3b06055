"""What is known of competitors, for one of ours who asks: threats, lines to speak from, and what won."""

from datetime import datetime

from bot.blocks.news_card import Overview
from bot.figures.positioning import Looked, standing
from bot.figures.threats import put_forward, threat
from bot.playbook.schema import Playbook
from bot.store.transaction import Store
from bot.streams.deal.deal import Deal


def looked(store: Store, playbook: Playbook, deal: Deal, now: datetime) -> Looked | None:
    """By all past deals of the currency, and by what the customer wrote as far as it is still kept; None before the
    opportunity is known."""
    opportunity = deal.opportunity
    if opportunity is None:
        return None
    with store.snapshot() as tx:
        past, news, texts = tx.past_deals.ended(opportunity.currency), tx.news.taken(), tx.texts.of(deal.id)
    named = deal.signals.yes.competitors if deal.signals.yes else ()
    bought = (playbook.product_of(line.code) for line in opportunity.lines)
    return Looked(
        heard=opportunity.competitor or next(iter(named), ""),
        industry=opportunity.account.industry,
        codes=frozenset(product.code for product in bought if product),
        texts={said.text_id: texts[said.text_id] for said in deal.heard_from_them if said.text_id in texts},
        past=past,
        news=news,
        today=now.date(),
        playbook=playbook,
    )


def of_deal(store: Store, playbook: Playbook, deal: Deal, now: datetime) -> Overview:
    """Of the competitor that stands on the opportunity, or that was heard of."""
    seen = looked(store, playbook, deal, now)
    if seen is None or seen.card is None:
        return of_all(store, playbook)
    found, name = standing(seen), seen.card.name
    rules = playbook.positioning
    return Overview(f"{deal.customer}, {name}", found, [(name, found.threat)], put_forward(name, seen.past, rules))


def of_all(store: Store, playbook: Playbook) -> Overview:
    """By the past deals in our own currency."""
    with store.snapshot() as tx:
        past = tx.past_deals.ended(playbook.company.currency)
    rules = playbook.positioning
    threats = [(card.name, threat(card.name, "", past, rules)) for card in playbook.battlecards.values()]
    return Overview("Competitors", None, threats, put_forward("", past, rules))
