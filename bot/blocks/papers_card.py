"""The papers beside a contract in the deal's thread: which are for the customer, and which are ours alone."""

from bot.blocks.card import Block, Card, card, context, counted, escape, header, section
from bot.streams.deal.deal import Deal
from bot.streams.deal.papers import Paper, PapersMade

SHOWN = 5


def card_of(deal: Deal, made: PapersMade) -> Card:
    return _kept_back(deal, made) if made.differences else _ready(deal, made)


def _ready(deal: Deal, made: PapersMade) -> Card:
    theirs = [paper for paper in made.papers if paper.audience == "customer"]
    ours = [paper for paper in made.papers if paper.audience == "rep"]
    return card(
        f"{deal.customer}: {counted(len(made.papers), 'paper')} beside package {made.version}. "
        f"{len(theirs)} may go to the customer, {len(ours)} may not.",
        header(f"{deal.customer}: papers beside package {made.version}"),
        _listed("*May go to the customer*", theirs),
        _listed("*For us alone, not for the customer*", ours),
        context("All documents were read again, and say what was agreed: amounts, dates, terms, names and numbers."),
    )


def _kept_back(deal: Deal, made: PapersMade) -> Card:
    found = made.differences
    more = f"and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return card(
        f"{deal.customer}: documents of package {made.version} do not agree. I show no papers.",
        header(f"{deal.customer}: documents do not agree"),
        section(
            f"*I kept the papers beside package {made.version} back.* A document does not say what was agreed:",
            *(escape(each) for each in found[:SHOWN]),
            more,
        ),
        context("Correct the template, the playbook or Salesforce, and change the terms: all is made anew then."),
    )


def _listed(title: str, papers: list[Paper]) -> Block | None:
    lines = [f"{escape(p.file.title)}, {escape(p.file.number)}: {counted(p.file.pages, 'page')}" for p in papers]
    return section(title, *lines) if lines else None
