"""How the documents look and sound: the brand's fonts, colours and words, on every page."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.figures.contrast import contrast
from bot.figures.near import distance
from bot.streams.deal.contract import Contract
from bot.streams.deal.dossier import Dossier, House, Paper
from bot.streams.deal.finding import Finding, Severity

LEAST = 4.5  # of a letter's colour on white
SHOUT = re.compile(r"(?<!\w)(?:[A-Z]{2,}[,;]? ){4,}[A-Z]{2,}")
EXCLAIMED = re.compile(r"\w+!(?!\w)")
COUNT = re.compile(r"\bPage (\d+) of (\d+)\b")
REWORD = "reword it in playbook/templates, then draft again"
BRAND = "set it in playbook/brand.yaml, then draft again"
MISSPELT = 2


def found(dossier: Dossier, house: House) -> Iterator[Finding]:
    """Of each document: its look, then its words."""
    for paper in dossier.papers:
        yield from _look(paper, house)
        yield from _frame(paper, dossier.contract)
        yield from _words(paper, house, dossier.contract)
        yield from _name(paper, house, dossier.contract)


def _wrong(paper: Paper, part: str, expected: str, said: str, fix: str, severity: Severity = "blocks") -> Finding:
    return Finding(
        group="brand",
        severity=severity,
        document=paper.title,
        part=part,
        expected=expected,
        found=said,
        fix=fix,
        page=paper.page_of(said),
        redraft=True,
    )


def _look(paper: Paper, house: House) -> Iterator[Finding]:
    for font in paper.fonts:
        if not any(font.partition("+")[2].startswith(own) or font.startswith(own) for own in house.fonts):
            yield _wrong(paper, "font", " or ".join(house.fonts), font, BRAND)
    brand = {colour.upper() for colour in house.colours}
    for colour in paper.colours:
        if contrast(colour) < LEAST:
            said = f"{colour}, {contrast(colour):.1f}:1"
            yield _wrong(paper, "colour", f"at least {LEAST:g}:1 on white", said, BRAND)
        elif colour.upper() not in brand:
            yield _wrong(paper, "colour", f"one of {', '.join(sorted(brand))}", colour, BRAND)
    if not all(alternative.strip() for alternative in paper.pictures):
        yield _wrong(paper, "picture", "words for who cannot see it", "no alternative text", BRAND)


def _frame(paper: Paper, contract: Contract) -> Iterator[Finding]:
    for no, page in enumerate(paper.pages, 1):
        head = f"{paper.title} {paper.number}"
        if head not in page:
            said = f"page {no} without it"
            yield _wrong(paper, "head", head, said, "draft the package again")
        stated = [(int(at), int(of)) for at, of in COUNT.findall(page)]
        if (no, len(paper.pages)) not in stated:
            told = ", ".join(f"Page {at} of {of}" for at, of in stated) or "none"
            yield _wrong(paper, "page number", f"Page {no} of {len(paper.pages)}", told, "draft the package again")


def _words(paper: Paper, house: House, contract: Contract) -> Iterator[Finding]:
    """The parties' own names may shout and exclaim."""
    text = paper.text
    for own in (contract.customer.legal_name, *(signer.name for signer in contract.signers)):
        text = text.replace(own, "")
    for said in dict.fromkeys(_forbidden(house.forbidden).findall(text)) if house.forbidden else ():
        yield _wrong(paper, "word", "a plain word", said, REWORD)
    for said in dict.fromkeys(SHOUT.findall(text)):
        yield _wrong(paper, "tone", "a sentence in small letters", said, REWORD)
    for said in dict.fromkeys(EXCLAIMED.findall(text)):
        yield _wrong(paper, "tone", "a full stop", said, REWORD)


@lru_cache(maxsize=8)
def _forbidden(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _name(paper: Paper, house: House, contract: Contract) -> Iterator[Finding]:
    theirs = {word.strip(".,") for word in contract.customer.legal_name.split()}
    for said in dict.fromkeys(re.findall(r"\b[A-Z][A-Za-z]{4,}\b", paper.text)):
        if said == house.name or said in theirs or said == house.name.upper():
            continue
        if distance(said.casefold(), house.name.casefold(), MISSPELT) <= MISSPELT:
            yield _wrong(paper, "our name", house.name, said, REWORD)
