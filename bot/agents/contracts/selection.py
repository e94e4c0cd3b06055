"""Which documents a deal needs, each with every reason that the playbook gives for it."""

from collections.abc import Mapping
from datetime import date

from bot.agents.contracts.missing import MissingDetail
from bot.figures.conditions import Facts, holds
from bot.figures.contract_facts import asked_of, hosting_of
from bot.playbook.closing import DocumentRule, Documents
from bot.streams.deal.contract import DocumentUse
from bot.streams.deal.opportunity import Opportunity


def select(
    facts: Facts, number: str, documents: Documents, before: Mapping[str, date] | None = None
) -> tuple[DocumentUse, ...]:
    """In the order of the playbook; `number` is the contract's, `before` the documents that they asked for in earlier
    deals."""
    asked: dict[str, list[DocumentRule]] = {}
    for rule in documents.rules:
        if holds(rule.when, facts):
            asked.setdefault(rule.template, []).append(rule)
    earlier = before or {}
    return tuple(_use(rules, number, earlier.get(template)) for template, rules in asked.items())


def check_wishes(opportunity: Opportunity, documents: Documents) -> None:
    """Raises MissingDetail when the opportunity names a place or a document that we do not have."""
    places = ", ".join(key.upper() for key in documents.hosting)
    if hosting_of(opportunity, documents) not in documents.hosting:
        raise MissingDetail("Data hosting", f"one of {places}", "correct Data hosting on the opportunity")
    ours = {rule.template: rule.title for rule in documents.rules}
    if strange := sorted(asked_of(opportunity) - set(ours)):
        titles = ", ".join(ours.values())
        advice = f"we have no {', '.join(strange)}: correct Documents asked for on the opportunity"
        raise MissingDetail("Documents asked for", f"one of {titles}", advice)


def _use(rules: list[DocumentRule], number: str, asked_on: date | None) -> DocumentUse:
    first, *others = rules
    again = [f"they asked for it in their deal of {asked_on:%-d %b %Y}"] if asked_on else []
    why = "; ".join([first.line, *(rule.line.partition(": ")[2] for rule in others), *again])
    return DocumentUse(template=first.template, title=first.title, number=f"{first.number}-{number}", why=why)
