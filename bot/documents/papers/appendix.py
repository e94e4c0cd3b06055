"""The technical appendix: products, connections, hosting and protection, for IT and security."""

from typing import Any

from reportlab.platypus import Spacer

from bot.documents import values
from bot.documents.lettering import letters
from bot.documents.papers.shown import Shown
from bot.documents.papers.topic import topic
from bot.documents.sheet import Sheet
from bot.documents.tables import labelled, ruled
from bot.playbook.papers import Connection, Offering
from bot.playbook.schema import Playbook


def story(sheet: Sheet, shown: Shown, playbook: Playbook) -> list[Any]:
    named = shown.named
    subtitle = letters(
        f"For IT and security at {shown.customer.legal_name}, from {shown.supplier}, {named['offered_on']}"
    )
    made = [sheet.p("title", "Technical appendix"), sheet.p("subtitle", subtitle)]
    made += topic(sheet, "Products and what they need", _products(sheet, shown, playbook))
    if found := _connections(shown, playbook):
        made += topic(sheet, "Connections", _connected(sheet, found))
    measures = [(letters(m.subject), letters(shown.says(m.says))) for m in playbook.papers.measures]
    made += topic(sheet, "Hosting and protection", labelled(sheet, measures), Spacer(0, 6))
    return [*made, sheet.p("form", letters(where_it_binds(shown)))]


def _offering(code: str, playbook: Playbook) -> Offering | None:
    product = playbook.product_of(code)
    return playbook.papers.offerings.get(product.code) if product else None


def _products(sheet: Sheet, shown: Shown, playbook: Playbook) -> Any:
    rows = [[sheet.p("head", "Product"), sheet.p("head", "What it needs"), sheet.p("head-number", "Quantity")]]
    for line in shown.lines:
        offering = _offering(line.code, playbook)
        what = [sheet.p("strong", letters(values.product(line)))]
        what += [sheet.p("detail", letters(line.detail))] if line.detail.strip() else []
        needs = offering.needs if offering else "Nothing of its own"
        rows.append([what, sheet.p("cell", letters(needs)), sheet.p("number", letters(values.counted(line)))])
    return ruled(sheet, rows, [sheet.width * 0.42, sheet.width * 0.40, sheet.width * 0.18])


def _connections(shown: Shown, playbook: Playbook) -> list[tuple[str, Connection]]:
    names = dict.fromkeys((line.code, line.name) for line in shown.lines)
    found = ((name, offering) for code, name in names if (offering := _offering(code, playbook)))
    return [(name, connection) for name, offering in found for connection in offering.connections]


def _connected(sheet: Sheet, found: list[tuple[str, Connection]]) -> Any:
    rows = [[sheet.p("head", head) for head in ("What is connected", "By which version", "How")]]
    for name, connection in found:
        what = [sheet.p("strong", letters(connection.name)), sheet.p("detail", letters(name))]
        rows.append([what, *(sheet.p("cell", letters(text)) for text in (connection.version, connection.how))])
    return ruled(sheet, rows, [sheet.width * 0.28, sheet.width * 0.27, sheet.width * 0.45])


def where_it_binds(shown: Shown) -> str:
    """What binds is not this page."""
    binding = [f"the {use.title.lower()} {use.number}" for use in shown.documents if use.template in BINDING]
    return f"What binds both sides stands in {' and '.join(binding)}." if binding else ""


BINDING = ("data-processing-agreement", "security-exhibit", "service-level-agreement")
