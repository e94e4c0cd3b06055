"""What was promised, heard or written: it exists, in that version, and it is sold."""

import re
from collections.abc import Iterator
from typing import Any

from bot.playbook.quality import Integration
from bot.playbook.schema import Playbook
from bot.streams.deal.dossier import Dossier, Paper
from bot.streams.deal.finding import Finding, Severity

# "integration with SAP S/4HANA 2023", "connects to Oracle NetSuite 2026.1"
WORD = r"[A-ZÀ-Þ][\w./&+-]*\w|[A-ZÀ-Þ]"
LINKED = re.compile(
    r"\b(?:[Ii]ntegrat\w+|[Cc]onnect\w*|[Ii]nterfaces?|[Ll]ink(?:s|ed)?|[Ww]orks?|[Ee]xchang\w+|[Ss]ync\w*)"
    r"(?: [a-z]+){0,3}? (?:with|to|for|into|from) (?:an? |our |the )?"
    rf"((?:{WORD})(?: (?:{WORD}|\d[\w.]*))*(?: (?:version|release|v) ?\d[\w.]*)?)"
)
VERSION = re.compile(r"(?: (?:version|release|v))? ?(\d[\w.]*)$")
AVAILABLE = re.compile(
    r"(\d{2,3}(?:\.\d+)?)% (?:availability|uptime|available)"
    r"|(?:[Aa]vailab\w+|[Uu]ptime)\b[^.%]{0,40}?(\d{2,3}(?:\.\d+)?)%"
)
PLACE = re.compile(
    r"(?:hosted|stored|kept|processed|data cent(?:re|er) is) (?:only )?in ([A-Z][\w ]+?, [A-Z][\w ]+?)[.,;]"
)
TERM = re.compile(r"“([A-Z]\w+)")
WHOLE = 10_000


def found(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """Promises that were heard, then each document."""
    named: dict[str, Integration] = {}
    for promise in dossier.promises:
        yield from _text(promise.said, _Where(promise.where), dossier, playbook, named)
    for paper in dossier.papers:
        yield from _paper(paper, dossier, playbook, named)
    yield from _sold(named, dossier)


class _Where:
    def __init__(self, document: str, paper: Paper | None = None, sold: bool = False) -> None:
        self.document, self.paper, self.sold = document, paper, sold
        self.own = frozenset(TERM.findall(paper.text)) if paper else frozenset[str]()

    def finding(self, part: str, expected: str, said: str, **more: Any) -> Finding:
        """What was only said blocks nothing by itself: no document can be corrected for it."""
        severity: Severity = more.get("severity", "blocks" if self.paper or self.sold else "warns")
        return Finding(
            group="promises",
            severity=severity,
            document=self.document,
            part=part,
            expected=expected,
            found=said,
            fix=more.get("fix", "take it back in writing, or have the product's owner add it to playbook/quality.yaml"),
            page=self.paper.page_of(said) if self.paper else 0,
        )


def _paper(paper: Paper, dossier: Dossier, playbook: Playbook, named: dict[str, Integration]) -> Iterator[Finding]:
    where = _Where(paper.title, paper)
    yield from _text(paper.text, where, dossier, playbook, named)
    place = dossier.contract.data_place
    for said in dict.fromkeys(PLACE.findall(paper.text)):
        if place and said != place:
            yield where.finding("place of the data", place, said, fix="draft the package again")


def _text(
    text: str, where: _Where, dossier: Dossier, playbook: Playbook, named: dict[str, Integration]
) -> Iterator[Finding]:
    details = " ".join(plan.detail for product in playbook.products for plan in product.plans)
    for said in dict.fromkeys(LINKED.findall(text)):
        if said not in details and said.split()[0].strip(".,") not in where.own | {"Customer", "Supplier"}:
            yield from _integration(said.rstrip("."), where, playbook, named)
    yield from _available(text, where, playbook)
    sold = {line.code for line in dossier.contract.quote.lines}
    for function in playbook.quality.functions:
        if function.name in text and not sold & set(function.plans):
            plans = " or ".join(function.plans)
            yield where.finding(function.name, f"{plans} in the quote", function.name, fix=f"sell {plans}, or say no")


def _integration(said: str, where: _Where, playbook: Playbook, named: dict[str, Integration]) -> Iterator[Finding]:
    quality = playbook.quality
    names = sorted((n for i in quality.integrations for n in (i.name, *i.also)), key=len, reverse=True)
    name = next((n for n in names if said.casefold().startswith(n.casefold())), None)
    known = quality.integration(name) if name else None
    if name is None or known is None:
        yield where.finding("integration", "one of the product catalogue", said)
        return
    named[known.name] = known
    version = VERSION.search(said[len(name) :])
    offered = ", ".join(known.versions)
    if version is None:
        fix = "say for which version it was promised"
        yield where.finding(known.name, f"with a version: {offered}", said, severity="warns", fix=fix)
    elif version[1] not in known.versions:
        yield where.finding(known.name, f"version {offered}", said)


def _available(text: str, where: _Where, playbook: Playbook) -> Iterator[Finding]:
    most = playbook.quality.availability
    for one, other in dict.fromkeys(AVAILABLE.findall(text)):
        whole, _, rest = (one or other).partition(".")
        if int(whole) * 100 + int(rest.ljust(2, "0")[:2]) > most:
            yield where.finding("availability", f"at most {most // 100}.{most % 100:02}%", f"{one or other}%")


def _sold(named: dict[str, Integration], dossier: Dossier) -> Iterator[Finding]:
    for code in sorted({integration.sold_as for integration in named.values()}):
        wanted = sorted(n for n, integration in named.items() if integration.sold_as == code)
        there = sum(line.quantity for line in dossier.contract.quote.lines if line.code == code)
        if there < len(wanted):
            fix = "add it to the opportunity in Salesforce, then draft again"
            expected = f"{len(wanted)} for {', '.join(wanted)}"
            yield _Where("Quote", sold=True).finding(code, expected, f"{there} sold", fix=fix)
