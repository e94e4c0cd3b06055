"""What each document of a deal has to show: every sentence of its template with the facts filled in, and its tables."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from bot.documents import values
from bot.documents.lettering import squeezed
from bot.documents.papers import appendix, compared, legal, summary, talking
from bot.documents.papers.shown import Shown, signed
from bot.documents.template import TemplateProblem, blocks
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract, DocumentUse, Party

Templates = Mapping[str, Mapping[str, str]]
Needs = Callable[[Contract], Iterable[str]]
TAG = re.compile(r"</?b>")
LEAST = 4  # letters: less than that says nothing
CUT = 60  # of a sentence that is told to people


def missing(
    use: DocumentUse, solid: str, contract: Contract, shown: Shown, templates: Templates, playbook: Playbook
) -> Iterator[str]:
    """`solid` is the document's text without head, foot and spaces."""
    needed = [contract.customer.legal_name]
    if use.template in templates:
        needed += _of_template(use, contract, templates[use.template])
    else:
        needed += PAPERS[use.template](shown, playbook)
    for part in dict.fromkeys(needed):
        if part.strip() and squeezed(part) not in solid:
            yield f"{use.title} {use.number} does not say: {part[:CUT]}{'…' if len(part) > CUT else ''}"


def _of_template(use: DocumentUse, contract: Contract, files: Mapping[str, str]) -> Iterator[str]:
    known = values.values(contract, use)
    for file in sorted(name for name in files if name.endswith(".md")):
        try:
            read = blocks(file, files[file], known)
        except TemplateProblem as problem:
            yield f"{problem.field}: {problem.expected}"
            continue
        for block in read:
            if block.kind == "directive":
                yield from DIRECTIVES.get(block.text, _nothing)(contract)
                continue
            yield from (text for text in map(_plain, (block.text, *_cells(block.rows))) if len(text) >= LEAST)


def _cells(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    return (cell for row in rows for cell in row)


def _plain(markup: str) -> str:
    return unescape(TAG.sub("", markup))


def _nothing(contract: Contract) -> Iterable[str]:
    return ()


def _party(party: Party) -> Iterator[str]:
    yield from (party.legal_name, values.address(party), f"VAT {party.vat_id or values.NONE}", values.contact(party))


def _parties(contract: Contract) -> Iterator[str]:
    yield from _party(contract.customer)
    yield from _party(contract.supplier)


def _head(contract: Contract) -> Iterator[str]:
    yield values.short_day(contract.offered_on)
    yield values.short_day(contract.quote.valid_until)


def _prices(contract: Contract) -> Iterator[str]:
    for line in contract.quote.lines:
        row = (values.figure(line.unit_price), values.share(line.discount), values.figure(line.total))
        yield "".join((values.product(line), line.detail, values.counted(line), *row))
    yield str(contract.quote.total)


def _invoices(contract: Contract) -> Iterator[str]:
    for invoice in contract.quote.invoices:
        days = [invoice.invoice_on, invoice.due_on, invoice.period_from]
        yield f"{invoice.number}{''.join(map(values.short_day, days))}to {values.short_day(invoice.period_to)}"
        yield values.figure(invoice.amount)


def _signers(contract: Contract) -> Iterator[str]:
    """Name and role side by side: so they stand nowhere else."""
    yield from (f"{signer.name}{signer.title}" for signer in contract.signers)


def _services(contract: Contract) -> Iterator[str]:
    for line in contract.quote.lines:
        yield "" if line.one_off else values.product(line) + line.detail + values.counted(line)


def _work(contract: Contract) -> Iterator[str]:
    for line in contract.quote.lines:
        if line.one_off:
            yield values.product(line) + line.detail + values.counted(line) + values.figure(line.total)


DIRECTIVES: dict[str, Needs] = {
    "parties": _parties,
    "facts": _head,
    "prices": _prices,
    "invoices": _invoices,
    "signatures": _signers,
    "services": _services,
    "work": _work,
}


def _summary(shown: Shown, playbook: Playbook) -> Iterator[str]:
    yield from (summary.paragraph(shown), summary.next_step(shown))
    returned = shown.returned
    for assumption in returned.assumptions if returned else ():
        yield values.figure(assumption.amount)
        yield summary.by_how_much(assumption)
    if returned is not None:
        yield f"{values.figure(returned.cost)}{values.figure(returned.returned)}{values.figure(returned.net)}"
        yield f"{shown.currency}, net return: {signed(returned.share)}"


def _appendix(shown: Shown, playbook: Playbook) -> Iterator[str]:
    yield from (values.product(line) + line.detail for line in shown.lines)
    yield from (shown.says(measure.says) for measure in playbook.papers.measures)
    yield appendix.where_it_binds(shown)


def _legal(shown: Shown, playbook: Playbook) -> Iterator[str]:
    yield from (use.number + use.title for use in shown.documents)
    rows = "".join(differs.subject + differs.here + differs.standard for differs in shown.differences)
    yield (f"{legal.HEADS}{rows}" if rows else legal.NONE_DIFFERS) + legal.CLAUSES
    yield from (shown.says(note.says) for note, _ in legal.notes(shown, playbook))


def _talking(shown: Shown, playbook: Playbook) -> Iterator[str]:
    for contact in shown.contacts:
        yield from (contact.name, contact.title)
        stakeholder = playbook.papers.stakeholder(contact.title)
        for statement in talking.statements(stakeholder, shown, playbook):
            yield shown.says(statement.says) + shown.says(statement.evidence)


def _compared(shown: Shown, playbook: Playbook) -> Iterator[str]:
    yield compared.newest(shown.position)
    for row in shown.position.rows:
        yield row.ours + compared.where(row.our_source, row.our_seen_on)
        yield row.theirs + compared.where(row.their_source, row.their_seen_on)


PAPERS: dict[str, Callable[[Shown, Playbook], Iterable[str]]] = {
    "executive-summary": _summary,
    "technical-appendix": _appendix,
    "legal-summary": _legal,
    "talking-points": _talking,
    "how-we-compare": _compared,
}
