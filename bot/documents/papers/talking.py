"""Talking points for the rep: by person at the customer, three statements with evidence and two answers."""

from typing import Any

from reportlab.platypus import KeepTogether

from bot.documents.lettering import letters
from bot.documents.papers.shown import Shown
from bot.documents.sheet import Sheet
from bot.documents.tables import ruled
from bot.playbook.papers import OBJECTIONS, STATEMENTS, Stakeholder, Statement
from bot.playbook.schema import Playbook
from bot.streams.deal.opportunity import Contact

INTERNAL = (
    "For us alone: do not send it on. Each statement names what shows it; say nothing that this page does not show."
)


def story(sheet: Sheet, shown: Shown, playbook: Playbook) -> list[Any]:
    subtitle = letters(f"{shown.customer.legal_name}, {shown.named['offered_on']}")
    made = [sheet.p("title", "Talking points"), sheet.p("subtitle", subtitle), sheet.p("prose", INTERNAL)]
    if not shown.contacts:
        made.append(sheet.p("form", "Nobody stands on the opportunity: add its people in Salesforce."))
    for contact in shown.contacts:
        made += _contact(sheet, shown, contact, playbook)
    return made


def statements(stakeholder: Stakeholder, shown: Shown, playbook: Playbook) -> tuple[Statement, ...]:
    """Three: what can be shown with figures first, then what is about a product of this deal, then the general."""
    bought = {product.code for line in shown.lines if (product := playbook.product_of(line.code))}
    fitting = [s for s in stakeholder.statements if s.product is None or s.product in bought]
    if not shown.named.get("return_month"):
        fitting = [s for s in fitting if not s.returns]
    return tuple(sorted(fitting, key=lambda s: (not s.returns, s.product is None)))[:STATEMENTS]


def _contact(sheet: Sheet, shown: Shown, contact: Contact, playbook: Playbook) -> list[Any]:
    stakeholder = playbook.papers.stakeholder(contact.title)
    named = ", ".join(part for part in (contact.name, contact.title) if part.strip())
    role = f"{stakeholder.title}; {contact.role or 'no role'} on the opportunity. Cares for {stakeholder.cares}."
    chosen = statements(stakeholder, shown, playbook)
    said = [(shown.says(s.says), shown.says(s.evidence)) for s in chosen]
    feared = [(shown.says(o.says), shown.says(o.answer)) for o in stakeholder.objections[:OBJECTIONS]]
    head = [sheet.p("heading", letters(named)), sheet.p("form", letters(role))]
    return [
        KeepTogether([*head, _pairs(sheet, ("Say", "What shows it"), said)]),
        _pairs(sheet, ("They may say", "Then"), feared),
    ]


def _pairs(sheet: Sheet, heads: tuple[str, str], pairs: list[tuple[str, str]]) -> Any:
    rows = [[sheet.p("head", head) for head in heads]]
    rows += [[sheet.p("cell", letters(text)) for text in pair] for pair in pairs]
    table = ruled(sheet, rows, [sheet.width * 0.5] * 2)
    table.spaceAfter = 10
    return table
