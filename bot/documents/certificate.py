"""The certificate of completion: what was signed, by whom, when, from where, and how anybody can verify it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from bot.documents.audit_steps import Step, steps
from bot.documents.lettering import letters
from bot.documents.parts import four
from bot.documents.reading import pages
from bot.documents.sheet import Sheet
from bot.documents.stamps import moment
from bot.documents.tables import labelled, ruled
from bot.streams.deal.contract import Contract, Signer
from bot.streams.deal.envelope import Envelope, EnvelopeSent
from bot.streams.value import Value

FEW_STEPS = 120  # points: the list begins on this page when there is room for some of it
TIGHT = (("TOPPADDING", (0, 1), (-1, -1), 3), ("BOTTOMPADDING", (0, 1), (-1, -1), 3.5))
TITLE = "Certificate of completion"
VERIFY = (
    "The seal covers every page of this file: a program that shows PDF files names its certificate, and says whether "
    "anything was changed after it was set. Each document as it was shown to the signers has the SHA-256 hash above; "
    "since then only the names and times on the signature lines were added. The package hash is the SHA-256 hash of "
    "the list of these hashes, in their order, written as JSON."
)


class SealNote(Value):
    """The certificate with which the file is sealed, and when."""

    subject: str
    serial: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Completion:
    """What the certificate is about. `files` in the order of the contract's documents, as they were signed."""

    files: tuple[bytes, ...]
    contract: Contract
    envelope: Envelope
    sent: EnvelopeSent
    seal: SealNote


def story(sheet: Sheet, ended: Completion) -> list[Any]:
    parts = (_head, _documents, _signers, _steps, _seal)
    return [flowable for part in parts for flowable in part(sheet, ended)]


def _head(sheet: Sheet, ended: Completion) -> list[Any]:
    contract, envelope = ended.contract, ended.envelope
    whose = f"{letters(contract.customer.legal_name)} and {letters(contract.supplier.legal_name)}"
    done = moment(envelope.executed.at) if envelope.executed else "not completed"
    return [
        sheet.p("title", TITLE),
        sheet.p("subtitle", f"Contract {letters(contract.number)} between {whose}. All times are UTC."),
        *four(
            sheet,
            ("Contract", letters(contract.number)),
            ("Version", str(contract.version)),
            ("Sent", moment(ended.sent.at)),
            ("Completed", done),
        ),
    ]


def _documents(sheet: Sheet, ended: Completion) -> list[Any]:
    rows: list[list[Any]] = [[sheet.p("head", text) for text in ("Document", "SHA-256 as shown to the signers")]]
    rows[0].append(sheet.p("head-number", "Pages"))
    for use, body in zip(ended.contract.documents, ended.files, strict=True):
        what = [sheet.p("strong", letters(use.title)), sheet.p("detail", letters(use.number))]
        rows.append([what, sheet.p("hash", sha256(body).hexdigest()), sheet.p("number", str(pages(body)))])
    facts = (
        ("Envelope", letters(ended.sent.envelope)),
        ("Package hash", letters(ended.sent.hash)),
        ("Contract data", ended.contract.digest),
    )
    table = ruled(sheet, rows, [sheet.width - 275 - 40, 275, 40], TIGHT)
    return [sheet.p("section", "What was signed"), table, Spacer(0, 6), labelled(sheet, facts), Spacer(0, 4)]


def _signers(sheet: Sheet, ended: Completion) -> list[Any]:
    heads = ("Signer", "For", "Signed (UTC)")
    rows = [[sheet.p("head", text) for text in heads], *(_signer(sheet, s, ended) for s in ended.envelope.signers)]
    widths = [190, sheet.width - 190 - 98, 98]
    return [sheet.p("section", "Who signed"), ruled(sheet, rows, widths, TIGHT), Spacer(0, 4)]


def _signer(sheet: Sheet, signer: Signer, ended: Completion) -> list[Any]:
    party = ended.contract.customer if signer.side == "customer" else ended.contract.supplier
    signed = ended.envelope.of(signer.no).signed
    return [
        [
            sheet.p("strong", letters(signer.name)),
            *(sheet.p("detail", letters(text)) for text in (signer.title, signer.email)),
        ],
        sheet.p("cell", letters(party.legal_name)),
        sheet.p("cell", moment(signed.at) if signed else "not signed"),
    ]


def _steps(sheet: Sheet, ended: Completion) -> list[Any]:
    rows = [[sheet.p("head", text) for text in ("Time (UTC)", "Who", "What", "From where")]]
    rows += [_step(sheet, step) for step in steps(ended.contract, ended.envelope)]
    table = ruled(sheet, rows, [98, 86, sheet.width - 98 - 86 - 104, 104], TIGHT)
    heading = sheet.p("section", "What happened")
    heading.keepWithNext = 0
    return [CondPageBreak(FEW_STEPS), heading, table, Spacer(0, 4)]


def _step(sheet: Sheet, step: Step) -> list[Any]:
    what = [sheet.p("cell", letters(step.what))]
    if step.detail.strip():
        what.append(sheet.p("detail", letters(step.detail)))
    where = [sheet.p("detail", letters(text)) for text in (step.whence.ip, step.whence.agent) if text.strip()]
    return [sheet.p("cell", moment(step.at)), sheet.p("cell", letters(step.who)), what, where]


def _seal(sheet: Sheet, ended: Completion) -> list[Any]:
    rows = (
        ("Certificate", letters(ended.seal.subject)),
        ("Serial number", letters(ended.seal.serial)),
        ("Sealed", f"{moment(ended.seal.sealed_at)} UTC"),
    )
    verify = [sheet.p("section", "How to verify this file"), sheet.p("form", VERIFY)]
    return [sheet.p("section", "Seal"), labelled(sheet, rows), *verify]
