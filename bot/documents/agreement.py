"""Do all documents of a deal say the same? Every amount, date, term, name and number in them is held against the facts.

It works in both directions: what stands in a document must be a fact or the template's own wording, and what a document
is made to show must stand in it. So a value that was changed is found where it is wrong, and where it is missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents import values
from bot.documents.furniture import page_label
from bot.documents.lettering import plain, squeezed
from bot.documents.must_say import missing
from bot.documents.papers import compared
from bot.documents.papers.shown import Shown, signed
from bot.documents.reading import page_texts
from bot.figures import near
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile, Contract, DocumentUse
from bot.streams.deal.opportunity import LEGAL_FORMS
from bot.streams.deal.standing import Position
from bot.streams.money import Money

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
CASES = (str.capitalize, str.upper)
WRITTEN = {case(form) for form in LEGAL_FORMS if len(form) > 2 for case in CASES} | {"GmbH", "ApS", "SpA"}
FORMS = "|".join(sorted(map(re.escape, WRITTEN), key=len, reverse=True))
KINDS: dict[str, re.Pattern[str]] = {
    "amount": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}(?![\d%])"),
    "whole amount": re.compile(r"\b(?:JPY|KRW|CLP|ISK|VND) \d[\d,]*"),
    "currency": re.compile(r"\b[A-Z]{3}(?= \d[\d,]*\.\d{2}\b(?!%))"),
    "percentage": re.compile(r"(?<![\d.])\d+(?:\.\d+)? ?%"),
    "date": re.compile(rf"\b\d{{1,2}} (?:{MONTHS}|{SHORT}) \d{{4}}\b"),
    "term": re.compile(rf"\b\d+ months? from \d{{1,2}} (?:{MONTHS}) \d{{4}}"),
    "payment term": re.compile(r"\b\d+ days? from the invoice date"),
    "number": re.compile(r"\b[A-Z]{1,5}\d?-\d{4}-[0-9A-Z]{4,8}\b"),
    "version": re.compile(r"\bversion \d+\b"),
    "law": re.compile(r"(?<=overned by )the laws of (?:the )?[A-Z]\w*(?: (?:and|of|[A-Z]\w*))*"),
    "address": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
}
COMPANY = re.compile(rf"(?:\b[A-Z][\w&.’'-]*,? ){{1,5}}(?:{FORMS})(?!\w)")
CLAIMING = frozenset({"quote", "how-we-compare"})  # the documents in which we speak of ourselves and of others


@dataclass(frozen=True, slots=True)
class Read:
    """One document as anybody would read it, with the wording that it was made from. `solid` is without head, foot and
    spaces, so that a sentence over two pages is whole."""

    use: DocumentUse
    text: str
    solid: str
    wording: str

    @property
    def name(self) -> str:
        return f"{self.use.title} {self.use.number}"


def differences(
    contract: Contract,
    shown: Shown,
    files: Sequence[tuple[BuiltFile, bytes]],
    templates: Mapping[str, Mapping[str, str]],
    playbook: Playbook,
) -> tuple[str, ...]:
    """In words; none when all documents agree with the facts, and so with each other."""
    facts = "\n".join(_facts(contract, shown))
    own = playbook.papers.model_dump_json()
    claims = plain("\n".join(_claims(contract.position)))
    found: list[str] = []
    for file, body in files:
        wording = "\n".join(templates.get(file.template, {}).values()) if file.template in templates else own
        wording += claims if file.template in CLAIMING else ""
        use = DocumentUse(template=file.template, title=file.title, number=file.number, why="")
        read = _read(use, body, wording)
        told = f"{plain(facts)}\n{claims}" if file.template in CLAIMING else plain(facts)
        found += _strange(read, told, contract, shown)
        found += missing(use, read.solid, contract, shown, templates, playbook)
    return tuple(dict.fromkeys(found))


def _read(use: DocumentUse, body: bytes, wording: str) -> Read:
    pages = page_texts(body)
    bare = " ".join(page.partition(page_label(no, len(pages)))[2] for no, page in enumerate(pages, 1))
    return Read(use, plain(" ".join(pages)), squeezed(bare), plain(wording))


def _facts(contract: Contract, shown: Shown) -> Iterator[str]:
    """Every value that may stand in a document, as a document writes it."""
    yield from shown.named.values()
    yield from (use.number for use in contract.documents)
    yield f"version {contract.version}. Governed by {values.law(contract)}."
    for differs in shown.differences:
        yield from (differs.here, differs.standard)
    for line in contract.quote.lines:
        yield f"{_both(line.unit_price)} {values.share(line.discount)} {_both(line.total)} {values.counted(line)}"
    for each in (values.recurring(contract), values.one_off(contract), contract.quote.total):
        yield _both(each)
    yield from _dates(contract)
    for signer in contract.signers:
        yield f"{signer.name} {signer.title} {signer.email}"
    yield from _returned(shown)


def _claims(position: Position) -> Iterator[str]:
    """What is said of us and of the other one: numbers and names of its own, each with its source and day."""
    for advantage in position.advantages:
        yield f"{advantage.says} {compared.where(advantage.source, advantage.seen_on)}"
    for row in position.rows:
        yield f"{row.ours} {compared.where(row.our_source, row.our_seen_on)}"
        yield f"{row.theirs} {compared.where(row.their_source, row.their_seen_on)}"
    if position.rows:
        yield compared.newest(position)


def _both(amount: Money) -> str:
    return f"{amount} {values.figure(amount)}"


def _dates(contract: Contract) -> Iterator[str]:
    quote = contract.quote
    fixed = [contract.offered_on, quote.valid_until, quote.starts_on, values.ends_on(contract)]
    for invoice in quote.invoices:
        fixed += [invoice.invoice_on, invoice.due_on, invoice.period_from, invoice.period_to]
        yield _both(invoice.amount)
    for on in fixed:
        yield f"{values.day(on)} {values.short_day(on)}"


def _returned(shown: Shown) -> Iterator[str]:
    returned = shown.returned
    if returned is None:
        return
    yield f"{signed(returned.share)} {_both(returned.cost)} {_both(returned.returned)} {_both(returned.net)}"
    so_far = 0
    for year in returned.years:
        so_far += year.net.minor
        running = Money(minor=so_far, currency=shown.currency)
        yield " ".join(_both(amount) for amount in (year.cost, year.returned, year.net, running))
    for assumption in returned.assumptions:
        yield f"{_both(assumption.per_month)} {_both(assumption.amount)}"


def _strange(read: Read, facts: str, contract: Contract, shown: Shown) -> Iterator[str]:
    """What stands there and is no fact; the template's own numbers are its wording."""
    for kind, pattern in KINDS.items():
        known = set(pattern.findall(facts))
        if kind not in ("term", "payment term", "version", "law", "currency"):
            known |= set(pattern.findall(read.wording))
        for token in dict.fromkeys(pattern.findall(read.text)):
            if token not in known:
                yield f"{read.name}: the {kind} {token} is not what was agreed"
    yield from _foot(read, contract)
    yield from _quantities(read, contract)
    yield from _companies(read, contract)
    yield from _people(read, contract, shown)


def _foot(read: Read, contract: Contract) -> Iterator[str]:
    foot = f"{read.use.number} · version {contract.version} · contract data"
    if foot not in read.text:
        yield f"{read.name} does not say at its foot: {foot}"


def _quantities(read: Read, contract: Contract) -> Iterator[str]:
    lines = contract.quote.lines
    known = {values.counted(line) for line in lines}
    words = {word for line in lines for word in (line.unit, values.counted(line).partition(" ")[2])}
    pattern = re.compile(rf"(?<![\d.,])\d[\d,]* (?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")
    own = set(pattern.findall(read.wording))
    for token in dict.fromkeys(pattern.findall(read.text)):
        if token not in known | own:
            yield f"{read.name}: the quantity {token} is not what was agreed"


def _companies(read: Read, contract: Contract) -> Iterator[str]:
    known = [contract.customer.legal_name, contract.supplier.legal_name, *COMPANY.findall(read.wording)]
    ends = tuple(plain(name) for name in known)
    for token in dict.fromkeys(COMPANY.findall(read.text)):
        if not token.endswith(ends):
            yield f"{read.name}: the company {token} is no party to this contract"


def _people(read: Read, contract: Contract, shown: Shown) -> Iterator[str]:
    """A name that is nearly one of ours."""
    names = {plain(p) for p in (*(s.name for s in contract.signers), *(c.name for c in shown.contacts))}
    for name in sorted(names):
        for said in near.near_names(name, read.text, least=near.SHORT):
            if said not in names:
                yield f"{read.name}: the name {said} is not {name}"
