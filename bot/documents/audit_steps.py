"""What happened to an envelope, step by step, from its facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.streams.deal.contract import Contract, Signer
from bot.streams.deal.envelope import DocumentOpened, Envelope, Progress, SignerSigned, Whence

NOWHERE = Whence()
STOPPED = {"decline": "Declined to sign", "question": "Asked a question", "someone_else": "Named somebody else"}


@dataclass(frozen=True, slots=True)
class Step:
    """`detail` is the exact sentence or words, where there are any."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    whence: Whence = NOWHERE


def steps(contract: Contract, envelope: Envelope) -> list[Step]:
    """In the order of time; what happened at the same moment, in the order in which people sign."""
    signers = sorted(envelope.signers, key=lambda signer: (signer.order, signer.no))
    theirs = (step for signer in signers for step in _of(signer, envelope.of(signer.no), contract, envelope))
    return sorted([*_sent(contract, envelope), *theirs, *_executed(contract, envelope)], key=lambda step: step.at)


def _sent(contract: Contract, envelope: Envelope) -> Iterator[Step]:
    if envelope.sent is not None:
        who = Whence(agent=envelope.sent.by)
        yield Step(envelope.sent.at, contract.supplier.legal_name, "Sent for signature", whence=who)


def _executed(contract: Contract, envelope: Envelope) -> Iterator[Step]:
    if envelope.executed is not None:
        yield Step(envelope.executed.at, contract.supplier.legal_name, "Completed: everybody has signed")


def _of(signer: Signer, mine: Progress, contract: Contract, envelope: Envelope) -> Iterator[Step]:
    name = signer.name
    for invited in mine.invited:
        yield Step(invited.at, name, f"Reminded ({invited.reminder})" if invited.reminder else "Invited", signer.email)
    if mine.opened is not None:
        yield Step(mine.opened.at, name, "Opened the signing page")
    if (given := mine.consented) is not None:
        what = f"Agreed to electronic documents, consent version {given.consent}"
        yield Step(given.at, name, what, whence=given.whence)
    for opened in mine.documents:
        yield Step(opened.at, name, f"Opened {_document(opened, contract)}")
    if mine.stopped is not None:
        yield Step(mine.stopped.at, name, STOPPED[mine.stopped.way], mine.stopped.words)
    if mine.signed is not None:
        yield Step(mine.signed.at, name, _signed(mine.signed, envelope), mine.signed.sentence, mine.signed.whence)


def _document(opened: DocumentOpened, contract: Contract) -> str:
    if not 1 <= opened.document <= len(contract.documents):
        return f"document {opened.document}"
    return contract.documents[opened.document - 1].title


def _signed(signed: SignerSigned, envelope: Envelope) -> str:
    same = envelope.sent is not None and signed.hash == envelope.sent.hash
    return f"Signed as {signed.name}, package {'hash above' if same else signed.hash}"
