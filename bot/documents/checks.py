"""The documents read again and compared with the contract's data: what a careful colleague would look for."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from pypdf.errors import PyPdfError

from bot.documents import values
from bot.documents.furniture import fingerprint, page_label
from bot.documents.lettering import plain, squeezed
from bot.documents.reading import page_texts
from bot.streams.deal.contract import BuiltFile, Contract, Party
from bot.streams.deal.dossier import Paper
from bot.streams.deal.finding import Finding, Group
from bot.streams.deal.package import Check
from bot.streams.deal.quote import PricedLine
from bot.streams.money import total

ORDER_FORM, AGREEMENT, QUOTE = "order-form", "master-agreement", "quote"
PRICED = (QUOTE, ORDER_FORM)
TRY = "draft the package again; when it stays, correct the opportunity in Salesforce or the template"
WHOLE = 10_000  # basis points
MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\[\[|\]\]|\b(?:TBD|TODO|XXX+)\b")
TERM = re.compile(r"(\d+ months?) from (\d{1,2} \w+ \d{4})")
DAYS = re.compile(r"(\d+) days? from the invoice date")
LAW = re.compile(r"governed by (the laws of .{1,120})")
CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


@dataclass(frozen=True)
class Sheaf:
    """One document as read: `pages` with head and foot, `text` without them, `solid` without any space."""

    file: BuiltFile
    body: bytes = b""
    read: tuple[str, ...] = ()  # its pages, where somebody else has read it

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """None when it is not a PDF."""
        if not self.body:
            return self.read
        try:
            return page_texts(self.body)
        except PyPdfError:
            return ()

    @cached_property
    def text(self) -> str:
        """The foot is drawn before the text, so that a sentence over two pages is whole."""
        many = len(self.pages)
        return plain(" ".join(page.partition(page_label(no, many))[2] for no, page in enumerate(self.pages, 1)))

    @cached_property
    def solid(self) -> str:
        return squeezed(self.text)

    def has(self, *parts: str) -> bool:
        """The parts, one after the other, wherever lines were broken."""
        return squeezed("".join(parts)) in self.solid


Sheaves = Sequence[Sheaf]
Finder = Callable[[Contract, Sheaves], Iterable[str]]


def checks(contract: Contract, files: Sequence[tuple[BuiltFile, bytes]]) -> tuple[Check, ...]:
    """Every check, passed or not; `found` says in words what differs."""
    return of_sheaves(contract, [Sheaf(file, body) for file, body in files])


def of_papers(contract: Contract, papers: Iterable[Paper]) -> tuple[Check, ...]:
    """The same of documents that were read already."""
    return of_sheaves(contract, [_sheaf(paper) for paper in papers])


def of_sheaves(contract: Contract, sheaves: Sheaves) -> tuple[Check, ...]:
    return tuple(_check(name, finder(contract, sheaves), sheaves) for name, finder in FINDERS.items())


def _sheaf(paper: Paper) -> Sheaf:
    named = {name: getattr(paper, name) for name in ("template", "title", "number")}
    return Sheaf(BuiltFile(**named, name="", hash="", pages=len(paper.pages)), read=paper.pages)


def _check(name: str, found: Iterable[str], sheaves: Sheaves) -> Check:
    wrong = list(dict.fromkeys(found))
    findings = tuple(_finding(name, said, sheaves) for said in wrong)
    return Check(name=name, passed=not wrong, found="; ".join(wrong), findings=findings)


def _finding(name: str, said: str, sheaves: Sheaves) -> Finding:
    """These differ from the contract's data, so that drafting anew is the first thing to try."""
    return Finding(
        group=GROUPS[name],
        severity="blocks",
        document=next((sheaf.file.title for sheaf in sheaves if _name(sheaf) in said.casefold()), "Contract"),
        part="",
        expected=f"{name[0].lower()}{name[1:]}",
        found=said,
        fix=TRY,
        redraft=True,
    )


def _documents(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    there = {sheaf.file.template: sheaf for sheaf in sheaves}
    for use in contract.documents:
        sheaf = there.get(use.template)
        if sheaf is None:
            yield f"{use.title} {use.number} is missing"
        elif not sheaf.pages:
            yield f"{use.title} {use.number} cannot be read"
        elif sheaf.body and sha256(sheaf.body).hexdigest() != sheaf.file.hash:
            yield f"{use.title} {use.number} is not the file that was built"
    for template in there.keys() - {use.template for use in contract.documents}:
        yield f"{there[template].file.title} is not part of the contract"


def _parties(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    form = _one(sheaves, ORDER_FORM)
    for whose, party in (("customer", contract.customer), ("supplier", contract.supplier)):
        for what, text in _written(party):
            if form is None or not form.has(text):
                yield f"the order form does not show the {whose}'s {what}, {text}"


def _written(party: Party) -> Iterator[tuple[str, str]]:
    yield "name", party.legal_name
    yield "address", values.address(party)
    yield "VAT id", f"VAT {party.vat_id or values.NONE}"


def _prices(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    """A line as it is printed: name, quantity, unit price, discount and amount in one row."""
    for sheaf in _those(sheaves, PRICED):
        for line in contract.quote.lines:
            if not sheaf.has(*_row(line)):
                yield f"the {_name(sheaf)} does not show {_said(line)}"


def _row(line: PricedLine) -> tuple[str, ...]:
    return (
        values.product(line),
        line.detail,
        values.counted(line),
        values.figure(line.unit_price),
        values.share(line.discount),
        values.figure(line.total),
    )


def _said(line: PricedLine) -> str:
    off = f" less {values.share(line.discount)}" if line.discount else ""
    return f"{values.product(line)}: {values.counted(line)} at {line.unit_price}{off}, {line.total}"


def _arithmetic(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    for line in contract.quote.lines:
        net = line.unit_price.times(line.quantity * line.term * Fraction(WHOLE - line.discount, WHOLE))
        if net != line.total:
            yield f"{values.product(line)} comes to {net}, not {line.total}"


def _sum_of_lines(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    quote = contract.quote
    ours = (line.total for line in quote.lines if line.total.currency == quote.currency)  # others are found elsewhere
    added = total(ours, quote.currency)
    if added != quote.total:
        yield f"the lines add up to {added}, the total is {quote.total}"
    for sheaf in _those(sheaves, PRICED):
        if not sheaf.has("Total, before tax", str(quote.total)):
            yield f"the {_name(sheaf)} does not show the total {quote.total}"


def _sum_of_invoices(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    quote = contract.quote
    added = total((i.amount for i in quote.invoices if i.amount.currency == quote.currency), quote.currency)
    if added != quote.total:
        yield f"the invoices add up to {added}, the total is {quote.total}"
    for sheaf in _those(sheaves, (ORDER_FORM,)):
        for invoice in quote.invoices:
            dates = (values.short_day(on) for on in (invoice.invoice_on, invoice.due_on, invoice.period_from))
            until = f"to {values.short_day(invoice.period_to)}"
            if not sheaf.has(str(invoice.number), *dates, until, values.figure(invoice.amount)):
                yield f"the order form does not show invoice {invoice.number} over {invoice.amount}"


def _terms(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    """Every document that speaks of term, start or days to pay says the same; quote and order form must."""
    days = str(contract.quote.payment_days)
    for sheaf in sheaves:
        said = {f"{months} from {start}" for months, start in TERM.findall(sheaf.text)}
        yield from _differs(sheaf, said, values.term(contract), "the term")
        paid = set(DAYS.findall(sheaf.text))
        yield from _differs(sheaf, paid, days, "the days to pay")


def _differs(sheaf: Sheaf, said: set[str], expected: str, what: str) -> Iterator[str]:
    for other in sorted(said - {expected}):
        yield f"the {_name(sheaf)} says {other} for {what}, agreed are {expected}"
    if not said and sheaf.file.template in PRICED:
        yield f"the {_name(sheaf)} does not say {what}, {expected}"


def _law(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    agreed = values.law(contract)
    exactly = re.compile(re.escape(plain(agreed)) + r"[.,;]")
    said = [(sheaf, law) for sheaf in sheaves for law in LAW.findall(sheaf.text)]
    for sheaf, law in said:
        if not exactly.match(law):
            yield f"the {_name(sheaf)} is governed by {re.split('[.,;]', law)[0]}, agreed are {agreed}"
    must = AGREEMENT if _one(sheaves, AGREEMENT) else ORDER_FORM
    if not any(sheaf.file.template == must for sheaf, _ in said):
        yield f"the {must.replace('-', ' ')} does not say that it is governed by {agreed}"


def _signers(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    for sheaf in sheaves:
        for signer in contract.signers if sheaf.file.template != QUOTE else ():
            party = contract.customer if signer.side == "customer" else contract.supplier
            if not sheaf.has("For", party.legal_name, "SignatureDate", signer.name, signer.title):
                yield f"the {_name(sheaf)} has no place for {signer.name}, {signer.title}, to sign"


def _blanks(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    """The contract's own words are taken out first: a customer may be called XXX."""
    own = [_anywhere(word) for word in sorted(_words(contract), key=len, reverse=True) if MARKS.search(plain(word))]
    for sheaf in sheaves:
        rest = sheaf.text
        for word in own:
            rest = word.sub("", rest)
        for mark in sorted(set(MARKS.findall(rest))):
            yield f"the {_name(sheaf)} still has {mark}"


def _anywhere(word: str) -> re.Pattern[str]:
    """The word, wherever its lines were broken."""
    return re.compile(r"\s*".join(map(re.escape, squeezed(word))))


def _words(contract: Contract) -> Iterator[str]:
    for party in (contract.customer, contract.supplier):
        yield from (values.address(party), *party.model_dump().values())
    for signer in contract.signers:
        yield from (signer.name, signer.title)
    for line in contract.quote.lines:
        yield from (values.product(line), line.detail, line.unit)
    yield from (contract.governing_law, contract.tax_note, contract.renewal_note)


def _letters(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    for sheaf in sheaves:
        codes = dict.fromkeys(CODE.findall(sheaf.text))
        if codes:
            lacking = ", ".join(f"{chr(int(code, 16))} (U+{code})" for code in codes)
            yield f"the {_name(sheaf)}'s font lacks {lacking}: write it in letters of the Latin script"


def _prints(contract: Contract, sheaves: Sheaves) -> Iterator[str]:
    mark = fingerprint(contract)
    for sheaf in sheaves:
        foot = f"{sheaf.file.number} · version {contract.version} · contract data {mark} "
        for no, page in enumerate(sheaf.pages, 1):
            if plain(foot) + f" {page_label(no, len(sheaf.pages))}" not in page:
                yield f"page {no} of the {_name(sheaf)} does not carry {mark} of version {contract.version}"


def _one(sheaves: Sheaves, template: str) -> Sheaf | None:
    return next((sheaf for sheaf in sheaves if sheaf.file.template == template), None)


def _those(sheaves: Sheaves, templates: Sequence[str]) -> list[Sheaf]:
    return [sheaf for sheaf in sheaves if sheaf.file.template in templates]


def _name(sheaf: Sheaf) -> str:
    return sheaf.file.title.lower()


FINDERS: dict[str, Finder] = {
    "Every document is there and unchanged": _documents,
    "Names, addresses and VAT ids are the parties'": _parties,
    "Prices are those of the price book": _prices,
    "Every amount is quantity times price less discount": _arithmetic,
    "The lines add up to the total": _sum_of_lines,
    "The invoices add up to the total": _sum_of_invoices,
    "Term, start and days to pay are the same everywhere": _terms,
    "The governing law is the agreed one": _law,
    "Everybody who signs has a place to sign": _signers,
    "Nothing is left to fill in": _blanks,
    "Every letter can be printed": _letters,
    "Every page carries the contract's fingerprint": _prints,
}
_THEIRS: tuple[Group, ...] = ("terms", "people", *("figures",) * 4, *("terms",) * 4, *("brand",) * 2)
GROUPS = dict(zip(FINDERS, _THEIRS, strict=True))
