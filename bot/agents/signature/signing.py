"""Opened, agreed to, read, signed: each in turn, each with its evidence; the last one executes the contract."""

from bot.agents.signature.inviting import countersign_task, invitations
from bot.figures.autonomy import level
from bot.playbook.permissions import Step
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import (
    ContractExecuted,
    CounterSign,
    DeclineToSign,
    DocumentOpened,
    EnvelopeSent,
    GiveConsent,
    OpenDocument,
    OpenPage,
    Sign,
    SignerConsented,
    SignerOpened,
    SignerSigned,
    SignerStopped,
    Whence,
)
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Refuse
from bot.streams.effects import Effect, SealContract
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def open_page(deal: Deal, command: OpenPage, context: Context) -> Decision:
    found = _turn(deal, command.signer)
    if isinstance(found, Refuse):
        return found
    if deal.envelope.of(command.signer).opened is not None:
        return NOTHING
    return Accept((SignerOpened(signer=command.signer, at=context.now),))


def consent(deal: Deal, command: GiveConsent, context: Context) -> Decision:
    found, sent = _turn(deal, command.signer), deal.envelope.sent
    if isinstance(found, Refuse) or sent is None:
        return found if isinstance(found, Refuse) else Refuse("envelope.ended")
    if deal.envelope.of(command.signer).consented is not None:
        return NOTHING
    given = SignerConsented(signer=command.signer, at=context.now, consent=sent.consent, whence=command.whence)
    return Accept((given,))


def open_document(deal: Deal, command: OpenDocument, context: Context) -> Decision:
    found, made = _turn(deal, command.signer), deal.package.current
    if isinstance(found, Refuse):
        return found
    mine = deal.envelope.of(command.signer)
    if mine.consented is None:
        return Refuse("consent.missing")
    if made is None or not 1 <= command.document <= len(made.files):
        return Refuse("document.unknown")
    if any(opened.document == command.document for opened in mine.documents):
        return NOTHING
    return Accept((DocumentOpened(signer=command.signer, document=command.document, at=context.now),))


def sign(deal: Deal, command: Sign, context: Context) -> Decision:
    found, sent = _turn(deal, command.signer), deal.envelope.sent
    if isinstance(found, Refuse) or sent is None:
        return found if isinstance(found, Refuse) else Refuse("envelope.ended")
    if (missing := _missing(deal, command)) is not None:
        return missing
    signed = SignerSigned(
        signer=command.signer,
        name=command.name.strip(),
        sentence=command.sentence,
        hash=command.seen,
        at=context.now,
        whence=command.whence,
    )
    return _signed(deal, found, signed, sent)


def countersign(deal: Deal, command: CounterSign, context: Context) -> Decision:
    """Only the signatory of this contract, in turn, on the hash that was shown."""
    sent = deal.envelope.sent
    mine = next((s for s in deal.envelope.signers if s.person == command.actor), None)
    if sent is None or not deal.envelope.out:
        return Refuse("envelope.ended")
    if mine is None:
        return Refuse("signer.unknown")
    found = _turn(deal, mine.no)
    if isinstance(found, Refuse):
        return found
    if command.seen != sent.hash:
        return Refuse("package.changed")
    if level(Step.COUNTERSIGN, context) == "suggest":
        return Refuse("step.only_suggested")
    signed = SignerSigned(
        signer=mine.no,
        name=mine.name,
        sentence=context.playbook.word("countersign.sentence", {"company": context.playbook.company.legal_name}),
        hash=command.seen,
        at=context.now,
        whence=Whence(agent="Slack"),
    )
    return _signed(deal, mine, signed, sent)


def decline(deal: Deal, command: DeclineToSign, context: Context) -> Decision:
    """The rep takes over in person; nobody else is asked to sign meanwhile."""
    found = _turn(deal, command.signer)
    if isinstance(found, Refuse):
        return found
    if not command.words.strip():
        return Refuse("reason.missing", field="words")
    stopped = SignerStopped(signer=command.signer, way=command.way, words=command.words.strip(), at=context.now)
    task = Task(
        id=f"{deal.id}:stopped-{command.signer}-{len(deal.envelope.progress)}",
        deal=deal.id,
        kind="signing_stopped",
        about=str(command.signer),
        title=f"{found.name} has not signed: {deal.customer}",
    )
    return Accept((stopped,), (offer(deal.opening.rep, task),))


def _turn(deal: Deal, no: int) -> Signer | Refuse:
    envelope = deal.envelope
    signer = envelope.signer(no)
    if signer is None:
        return Refuse("signer.unknown")
    if envelope.of(no).signed is not None:
        return Refuse("signer.already_signed")
    if not envelope.out:
        return Refuse("envelope.ended")
    return signer if signer in envelope.due else Refuse("signer.not_yet")


def _missing(deal: Deal, command: Sign) -> Refuse | None:
    mine, made, sent = deal.envelope.of(command.signer), deal.package.current, deal.envelope.sent
    if mine.consented is None:
        return Refuse("consent.missing", field="consent")
    if made is None or sent is None or command.seen != sent.hash:
        return Refuse("package.changed")
    if {opened.document for opened in mine.documents} < set(range(1, len(made.files) + 1)):
        return Refuse("documents.unopened", field="documents")
    return None if command.name.strip() else Refuse("name.missing", field="name")


def _signed(deal: Deal, signer: Signer, signed: SignerSigned, sent: EnvelopeSent) -> Accept:
    quiet = Deadline(f"remind.{signer.no}")
    done: tuple[Effect, ...] = (close(signer.person, countersign_task(deal)),) if signer.person else ()
    left = [s for s in deal.envelope.signers if s.no != signer.no and deal.envelope.of(s.no).signed is None]
    if not left:
        executed = ContractExecuted(hash=sent.hash, at=signed.at)
        ends = Deadline("envelope.ends")
        return Accept((signed, executed), (*done, SealContract()), deadlines=(quiet, ends))
    first = min(s.order for s in left)
    fresh = tuple(s for s in left if s.order == first and first > signer.order)
    return Accept((signed,), (*done, *invitations(deal, sent.envelope, fresh)), deadlines=(quiet,))
