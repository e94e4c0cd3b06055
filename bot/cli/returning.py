"""What goes out to a customer's counsel as .docx, and what comes back of it."""

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from bot import wiring
from bot.dispatch import Dispatcher
from bot.figures.deal_facts import deal_facts
from bot.figures.passages import MOST_PASSAGES, Passage, passages
from bot.figures.redlining import changes, title_of
from bot.playbook.schema import Playbook
from bot.streams.deal.deal import Deal
from bot.streams.deal.redlines import MOST_CHANGES, Change, RecordRedline
from bot.streams.decision import Context, Link
from bot.streams.ids import SYSTEM

if TYPE_CHECKING:
    from bot.documents.incoming import Incoming

CHANGED, UNREADABLE = 1, 2
OPPORTUNITY = "salesforce.opportunity"
err = Console(stderr=True)


def compare(ours: Path, theirs: Path, opportunity: str, folder: Path | None, as_json: bool) -> None:
    from bot.documents import incoming  # it reads PDF: no other command waits for that

    bodies = _body(ours), _body(theirs)
    try:
        mine, others = (incoming.read(body) for body in bodies)
    except incoming.Unreadable as no:
        _end(*no.args)
    both = _comparable(mine, others)
    if opportunity:
        found = _shown(opportunity, theirs.name, bodies, both)
        book = wiring.playbook(wiring.stored())
    else:
        book = wiring.playbook_in(folder)
        found = changes(*both, book)
    _tell(found, book, as_json)
    raise typer.Exit(CHANGED if found else 0)


def export(opportunity: str, out: Path) -> None:
    from bot.documents import docx

    of = wiring.stored()
    dispatcher = wiring.dispatcher(of)
    made = _deal(dispatcher, opportunity).package.current
    if made is None:
        _end(f"the deal of {opportunity} has no package", "wait until it is drafted")
    out.mkdir(parents=True, exist_ok=True)
    kept = wiring.templates(wiring.texts(of.playbook_dir))
    for use in made.contract.documents:
        path = out / docx.name_of(made.contract, use)
        path.write_bytes(docx.export(made.contract, use, kept))
        sys.stdout.write(f"{path}\n")


def memo(opportunity: str, out: Path) -> None:
    """Never beside what goes to the customer."""
    of = wiring.stored()
    dispatcher = wiring.dispatcher(of)
    deal = _deal(dispatcher, opportunity)
    made = deal.memo.made
    if made is None or made.hash != deal.package.hash:
        _end(f"the deal of {opportunity} has no memo of its newest package", "wait until it is drafted")
    out.write_bytes(wiring.files(of, dispatcher.store).get(deal.id, made.file.hash))
    sys.stdout.write(f"{out}\n")


def _comparable(mine: "Incoming", others: "Incoming") -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What stands before the first clause is a form, set to fit the kind of file: of two kinds it is not compared."""
    both = passages(mine.lines), passages(others.lines)
    if max(map(len, both)) > MOST_PASSAGES:
        _end(f"there are more than {MOST_PASSAGES} clauses", "compare one document at a time")
    if mine.kind == others.kind:
        return both
    ours, theirs = (tuple(passage for passage in each if passage.number) for each in both)
    if not ours or not theirs:
        _end("one of them has no numbered clauses", "compare two PDFs, or two .docx")
    return ours, theirs


def _shown(
    opportunity: str, name: str, bodies: tuple[bytes, bytes], both: tuple[tuple[Passage, ...], tuple[Passage, ...]]
) -> tuple[Change, ...]:
    """In the deal's thread as well. Their file is kept first."""
    of = wiring.stored()
    dispatcher = wiring.dispatcher(of)
    deal = _deal(dispatcher, opportunity)
    made = deal.package.current
    if made is None or sha256(bodies[0]).hexdigest() not in _known(deal, wiring.texts(of.playbook_dir)):
        _end(
            "the first file is no document of the deal's newest package", "take it from the deal's thread, or export it"
        )
    context = Context(now=dispatcher.clock(), playbook=dispatcher.playbook)
    facts = deal_facts(deal, made.contract.quote, context)
    found = changes(*both, dispatcher.playbook, made.contract.clauses, made.foreseen, facts)
    if not found:
        return ()
    if len(found) > MOST_CHANGES:
        _end(f"more than {MOST_CHANGES} clauses changed", "this is another contract: take it as their own paper")
    kept = wiring.files(of, dispatcher.store).put(deal.id, bodies[1])
    command = RecordRedline(stream_id=deal.id, actor=SYSTEM, seen=made.hash, name=name[:200], file=kept, changes=found)
    outcome = dispatcher.execute(command, f"redline:{made.hash}:{kept}")
    if outcome.reason is not None:
        _end(*dispatcher.playbook.refusal(outcome.reason))
    return found


def _known(deal: Deal, files: dict[str, str]) -> frozenset[str]:
    """The hashes of what we sent, as PDF or as .docx."""
    from bot.documents import docx

    made = deal.package.current
    if made is None:
        return frozenset()
    kept = wiring.templates(files)
    exported = (docx.export(made.contract, use, kept) for use in made.contract.documents)
    return frozenset({*(file.hash for file in made.files), *(sha256(body).hexdigest() for body in exported)})


def _deal(dispatcher: Dispatcher, opportunity: str) -> Deal:
    with dispatcher.store.snapshot() as tx:
        stream = tx.links.stream_of(Link(OPPORTUNITY, opportunity))
        deal: Deal | None = tx.ledger.load(stream, dispatcher.code).state if stream else None
    if deal is None:
        _end(f"no deal has the opportunity {opportunity}", "look for its id in Salesforce")
    return deal


def _body(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as no:
        _end(f"{path}: {no.strerror}", "name a file that is there")


def _tell(found: tuple[Change, ...], book: Playbook, as_json: bool) -> None:
    if as_json:
        told = [{**change.model_dump(mode="json"), "title": title_of(change, book)} for change in found]
        roles = sorted({change.granted_by for change in found if change.granted_by})
        sys.stdout.write(json.dumps({"changes": told, "granted_by": roles}, indent=2) + "\n")
        return
    for change in found:
        answer = f"counter {change.counter}" if change.counter else "keep our text"
        sys.stdout.write(
            f"{change.number} {title_of(change, book)}: {change.kind}, {change.standing}, risk {change.risk}"
            f"{f', {change.granted_by} grants it' if change.granted_by else ''}; {answer}\n"
        )
    sys.stdout.write(f"{len(found)} changed\n")


def _end(why: str, fix: str) -> NoReturn:
    err.print(f"{why}: {fix}", markup=False, soft_wrap=True)
    raise typer.Exit(UNREADABLE)
