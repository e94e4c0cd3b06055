"""The envelope: sent, opened, agreed to, signed by each in turn, sealed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.deal.contract import Signer
from bot.streams.decision import Command, Fact
from bot.streams.value import Value


class Whence(Value):
    """What the request itself says of its sender; evidence, never trusted for a decision."""

    ip: str = Field(default="", max_length=64)
    agent: str = Field(default="", max_length=300)


class SendForSignature(Command):
    seen: str


class RecordInvitation(Command):
    envelope: str
    signer: int
    reminder: int


class OpenPage(Command):
    signer: int


class GiveConsent(Command):
    signer: int
    whence: Whence


class OpenDocument(Command):
    signer: int
    document: int


class Sign(Command):
    """`name` as typed; `sentence` the exact words shown beside the button; `seen` the hash of what was signed."""

    signer: int
    name: str = Field(max_length=120)
    sentence: str
    seen: str
    whence: Whence


class CounterSign(Command):
    seen: str


class DeclineToSign(Command):
    signer: int
    way: Literal["decline", "question", "someone_else"]
    words: str = Field(max_length=1000)


class RemindSigner(Command):
    signer: int


class ExpireEnvelope(Command):
    pass


class RecordSealed(Command):
    sealed_hash: str
    pages: int
    seal_subject: str
    seal_serial: str


class RecordCopies(Command):
    signer: int


class EnvelopeSent(Fact):
    kind: Literal["envelope.sent"] = "envelope.sent"
    envelope: str
    hash: str
    version: int
    signers: tuple[Signer, ...]
    by: str
    at: datetime
    ends_at: datetime
    consent: str


class SignerInvited(Fact):
    kind: Literal["signer.invited"] = "signer.invited"
    signer: int
    at: datetime
    reminder: int


class SignerOpened(Fact):
    kind: Literal["signer.opened"] = "signer.opened"
    signer: int
    at: datetime


class SignerConsented(Fact):
    kind: Literal["signer.consented"] = "signer.consented"
    signer: int
    at: datetime
    consent: str
    whence: Whence


class DocumentOpened(Fact):
    kind: Literal["document.opened"] = "document.opened"
    signer: int
    document: int
    at: datetime


class SignerSigned(Fact):
    kind: Literal["signer.signed"] = "signer.signed"
    signer: int
    name: str
    sentence: str
    hash: str
    at: datetime
    whence: Whence


class SignerStopped(Fact):
    """Declined, asked something, or named somebody else: a person of ours takes over."""

    kind: Literal["signer.stopped"] = "signer.stopped"
    signer: int
    way: Literal["decline", "question", "someone_else"]
    words: str
    at: datetime


class EnvelopeExpired(Fact):
    kind: Literal["envelope.expired"] = "envelope.expired"
    at: datetime


class EnvelopeVoided(Fact):
    """Taken back by a person: nobody can sign it any more, and another may be sent."""

    kind: Literal["envelope.voided"] = "envelope.voided"
    envelope: str
    by: str
    at: datetime


class ContractExecuted(Fact):
    """Everybody has signed; `at` is the last signature, which dates the win."""

    kind: Literal["contract.executed"] = "contract.executed"
    hash: str
    at: datetime


class ContractSealed(Fact):
    kind: Literal["contract.sealed"] = "contract.sealed"
    hash: str
    sealed_hash: str
    pages: int
    seal_subject: str
    seal_serial: str
    at: datetime


class CopiesSent(Fact):
    kind: Literal["copies.sent"] = "copies.sent"
    signer: int


EnvelopeFact = (
    EnvelopeSent
    | SignerInvited
    | SignerOpened
    | SignerConsented
    | DocumentOpened
    | SignerSigned
    | SignerStopped
    | EnvelopeExpired
    | EnvelopeVoided
    | ContractExecuted
    | ContractSealed
    | CopiesSent
)
SignerFact = SignerInvited | SignerOpened | SignerConsented | DocumentOpened | SignerSigned | SignerStopped


@dataclass(frozen=True, slots=True)
class Progress:
    """What one signer did, in order."""

    invited: tuple[SignerInvited, ...] = ()
    opened: SignerOpened | None = None
    consented: SignerConsented | None = None
    documents: tuple[DocumentOpened, ...] = ()
    signed: SignerSigned | None = None
    stopped: SignerStopped | None = None


NOBODY = Progress()


@dataclass(frozen=True, slots=True)
class Envelope:
    sent: EnvelopeSent | None = None
    progress: tuple[tuple[int, Progress], ...] = ()
    expired: EnvelopeExpired | None = None
    executed: ContractExecuted | None = None
    sealed: ContractSealed | None = None
    copies: tuple[int, ...] = ()

    def of(self, signer: int) -> Progress:
        return dict(self.progress).get(signer, NOBODY)

    def signer(self, no: int) -> Signer | None:
        return next((s for s in self.signers if s.no == no), None)

    @property
    def signers(self) -> tuple[Signer, ...]:
        return self.sent.signers if self.sent else ()

    @property
    def due(self) -> tuple[Signer, ...]:
        """Whose turn it is: the lowest routing order that has not signed."""
        waiting = [s for s in self.signers if self.of(s.no).signed is None]
        first = min((s.order for s in waiting), default=0)
        return tuple(s for s in waiting if s.order == first)

    @property
    def out(self) -> bool:
        return self.sent is not None and self.executed is None and self.expired is None


def apply(state: Envelope, fact: EnvelopeFact) -> Envelope:
    match fact:
        case EnvelopeSent():
            return Envelope(sent=fact)
        case EnvelopeExpired():
            return replace(state, expired=fact)
        case EnvelopeVoided():
            return Envelope()
        case ContractExecuted():
            return replace(state, executed=fact)
        case ContractSealed():
            return replace(state, sealed=fact)
        case CopiesSent():
            return replace(state, copies=(*state.copies, fact.signer))
        case _:
            progress = dict(state.progress)
            progress[fact.signer] = _advance(state.of(fact.signer), fact)
            return replace(state, progress=tuple(sorted(progress.items())))


def _advance(mine: Progress, fact: SignerFact) -> Progress:
    match fact:
        case SignerInvited():
            return replace(mine, invited=(*mine.invited, fact))
        case SignerOpened():
            return replace(mine, opened=fact)
        case SignerConsented():
            return replace(mine, consented=fact)
        case DocumentOpened():
            return replace(mine, documents=(*mine.documents, fact))
        case SignerSigned():
            return replace(mine, signed=fact)
        case SignerStopped():
            return replace(mine, stopped=fact)
        case _:
            assert_never(fact)
