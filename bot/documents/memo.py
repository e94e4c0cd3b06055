"""The legal memo as a PDF: what is not our standard, by which rule, at what risk, with which precedent and way out."""

from hashlib import sha256
from typing import Any

from reportlab.platypus import KeepTogether

from bot.documents.brand import Brand
from bot.documents.furniture import furniture
from bot.documents.lettering import clean, letters
from bot.documents.page import typeset
from bot.documents.papers.topic import topic
from bot.documents.sheet import Sheet, sheet
from bot.documents.tables import labelled, ruled
from bot.documents.values import day
from bot.figures.clauses import risk_of
from bot.figures.foreseeing import because
from bot.playbook.clauses import Clause, Rung
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile, ClauseUse, DocumentUse, LawNote
from bot.streams.deal.foreseen import Foreseen
from bot.streams.deal.package import PackageAssembled

FOR_LEGAL = "INTERNAL · FOR LEGAL ONLY"
TEMPLATE = "legal-memo"
STANDARD = "Every clause is our standard wording."
UNASKED = "No law of the table speaks of this deal."
MET = {True: "met", False: "NOT MET"}


def make(made: PackageAssembled, customer: str, playbook: Playbook, brand: Brand) -> tuple[BuiltFile, bytes]:
    """Raises TemplateProblem when a font is missing."""
    contract, kind = made.contract, playbook.memo
    use = DocumentUse(template=TEMPLATE, title=kind.title, number=f"{kind.number}-{contract.number}", why=kind.line)
    paper = sheet(brand, contract.supplier.country)
    frame = furniture(contract, use, contract.supplier.legal_name, FOR_LEGAL)
    body, pages = typeset(story(paper, made, customer, playbook), frame, paper)
    name = f"{clean(use.number).replace('/', '-')}-v{contract.version}.pdf"
    file = {"template": TEMPLATE, "title": use.title, "number": use.number, "name": name}
    return BuiltFile(**file, hash=sha256(body).hexdigest(), pages=pages), body


def story(paper: Sheet, made: PackageAssembled, customer: str, playbook: Playbook) -> list[Any]:
    contract = made.contract
    subtitle = f"{customer}, package {made.version}, contract {contract.number}, {day(contract.offered_on)}"
    told = [paper.p("title", playbook.memo.title), paper.p("subtitle", letters(subtitle))]
    told += [paper.p("prose", letters(_gist(made, playbook)))]
    told += _deviations(paper, made, playbook)
    told += topic(paper, "What the law asks for", _law(paper, contract.law_notes))
    if held := [each for each in made.foreseen if each.rung == "preferred"]:
        told += topic(paper, "What they will likely ask for", _foreseen(paper, held, playbook))
    if rest := [use.title for use in contract.clauses if use.rung == "preferred"]:
        told += topic(paper, "Our standard wording", paper.p("form", letters(", ".join(rest))))
    told += topic(paper, "Why these documents", labelled(paper, [_document(use) for use in contract.documents]))
    return told


def _gist(made: PackageAssembled, playbook: Playbook) -> str:
    """The risk, and what it comes from, in one paragraph."""
    contract = made.contract
    lower = [use for use in contract.clauses if use.rung != "preferred"]
    unmet = [note for note in contract.law_notes if not note.met]
    own = f" They insisted on their own paper in {made.habits.own_paper} of {made.habits.deals} earlier deals."
    grants = ", ".join(sorted({playbook.roles[use.granted_by].title for use in lower if use.granted_by}))
    return (
        f"Risk: {risk_of(contract.clauses, contract.law_notes)}. "
        f"{_many(len(lower), 'clause')} below our standard, {_many(len(unmet), 'point')} of law open. "
        f"{f'To be granted by: {grants}.' if grants else 'Nobody needs to grant anything.'}"
        f"{' Their own terms stand in place of our master agreement.' if contract.own_paper else ''}"
        f"{own if made.habits.own_paper else ''} Governed by the laws of {contract.governing_law}."
    )


def _deviations(paper: Sheet, made: PackageAssembled, playbook: Playbook) -> list[Any]:
    ladder = {clause.key: clause for clause in playbook.clauses}
    lower = [use for use in made.contract.clauses if use.rung != "preferred" and use.clause in ladder]
    if not lower:
        return topic(paper, "Deviations", paper.p("form", STANDARD))
    told = []
    for use in lower:
        rows = labelled(paper, _rows(use, ladder[use.clause], playbook))
        told.append(KeepTogether([paper.p("topic", f"Deviation: {letters(use.title)}"), rows]))
    return told


def _rows(use: ClauseUse, clause: Clause, playbook: Playbook) -> list[tuple[str, ...]]:
    granted = f"{playbook.roles[use.granted_by].title} grants it" if use.granted_by else "nobody needs to grant it"
    rows = [
        ("Here", use.says),
        ("Our standard", clause.rungs[0].says),
        ("Rule", f"ladder of {clause.title.lower()}, {use.rung} fallback: {granted}"),
        ("Risk", use.risk),
        ("Precedent", use.why),
        ("If they ask for more", _fallback(clause, use.rung, playbook)),
        ("Wording", use.text),
    ]
    return [(label, letters(text[:1].upper() + text[1:])) for label, text in rows]


def _fallback(clause: Clause, rung: str, playbook: Playbook) -> str:
    lower = _below(clause, rung)
    never = f"never {clause.never}"
    if lower is None:
        return f"nothing: {never}"
    role = playbook.roles[lower.granted_by].title if lower.granted_by else ""
    return f"{lower.says} ({role} grants it, risk {lower.risk}); {never}"


def _below(clause: Clause, rung: str) -> Rung | None:
    keys = [each.key for each in clause.rungs]
    after = keys.index(rung) + 1 if rung in keys else 0
    return clause.rungs[after] if after < len(keys) else None


def _law(paper: Sheet, notes: tuple[LawNote, ...]) -> Any:
    if not notes:
        return paper.p("form", UNASKED)
    rows = [[paper.p("head", head) for head in ("Source", "What it says", "Kind", "Here")]]
    for note in notes:
        texts = (note.says, note.kind, MET[note.met])
        rows.append([paper.p("strong", letters(note.source)), *(paper.p("cell", letters(text)) for text in texts)])
    shares = (0.34, 0.40, 0.14, 0.12)
    return ruled(paper, rows, [paper.width * share for share in shares])


def _foreseen(paper: Sheet, held: list[Foreseen], playbook: Playbook) -> Any:
    ladder = {clause.key: clause for clause in playbook.clauses}
    rows = [[paper.p("head", head) for head in ("Clause", "What history shows", "Answer")]]
    for each in held:
        clause = ladder[each.clause]
        answer = f"hold: {clause.rungs[0].says}. If they insist: {_fallback(clause, each.rung, playbook)}"
        texts = (because(each), answer)
        rows.append([paper.p("strong", letters(clause.title)), *(paper.p("cell", letters(text)) for text in texts)])
    return ruled(paper, rows, [paper.width * share for share in (0.22, 0.36, 0.42)])


def _document(use: DocumentUse) -> tuple[str, str]:
    return letters(use.number), letters(f"{use.title}: {use.why}")


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
