"""Out for signature: only by a person's click, only what was approved, to the signers of the contract."""

from datetime import timedelta

from bot.agents.signature.inviting import invitations
from bot.figures.autonomy import gated, level
from bot.playbook.permissions import Step
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import (
    CopiesSent,
    EnvelopeExpired,
    EnvelopeSent,
    ExpireEnvelope,
    RecordCopies,
    RecordInvitation,
    RemindSigner,
    SendForSignature,
    SignerInvited,
)
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Fact, Link, Refuse
from bot.streams.effects import Effect, PostNote, SendInvitation
from bot.streams.ids import SYSTEM


def send(deal: Deal, command: SendForSignature, context: Context) -> Decision:
    made, ready = deal.package.current, deal.package.ready
    if (no := _not_now(deal, context)) is not None:
        return no
    if made is None or command.seen != made.hash:
        return Refuse("package.changed")
    if deal.approvals.open:
        return Refuse("approvals.open")
    if deal.approvals.own(deal.opening.rep):
        return Refuse("approvals.own_deal")
    if not all(deal.approvals.holds(a, context.now.date()) for a in deal.approvals.asked):
        return Refuse("approvals.ended")
    if ready is None or ready.hash != made.hash:
        return Refuse("package.not_ready")
    days = timedelta(days=context.playbook.signing.open_days)
    sent = EnvelopeSent(
        envelope=next(context.mint),
        hash=made.hash,
        version=made.version,
        signers=made.contract.signers,
        by=command.actor,
        at=context.now,
        ends_at=context.now + days,
        consent=context.playbook.signing.consent.version,
    )
    first = min(s.order for s in sent.signers)
    due = tuple(s for s in sent.signers if s.order == first)
    ends = Deadline("envelope.ends", sent.ends_at, ExpireEnvelope(stream_id=deal.id, actor=SYSTEM))
    return Accept((sent,), invitations(deal, sent.envelope, due), (Link("envelope", sent.envelope),), (ends,))


def record_invitation(deal: Deal, command: RecordInvitation, context: Context) -> Decision:
    if deal.envelope.sent is None or command.envelope != deal.envelope.sent.envelope:
        return NOTHING
    invited = SignerInvited(signer=command.signer, at=context.now, reminder=command.reminder)
    hours = context.playbook.signing.reminder_hours
    if command.reminder >= len(hours):
        return Accept((invited,))
    sent = deal.envelope.of(command.signer).invited
    began = sent[0].at if sent else context.now
    remind = RemindSigner(stream_id=deal.id, actor=SYSTEM, signer=command.signer)
    due_at = began + timedelta(hours=hours[command.reminder])
    return Accept((invited,), deadlines=(Deadline(f"remind.{command.signer}", due_at, remind),))


def remind(deal: Deal, command: RemindSigner, context: Context) -> Decision:
    """A gentle second letter, and the rep is told; or the rep is asked whether it is to be written."""
    facts, effects = reminder(deal, command.signer, context)
    if not effects:
        return NOTHING
    if level(Step.REMIND_SIGNER, context) == "act":
        return Accept(facts, effects)
    held, _ = gated(Step.REMIND_SIGNER, effects, context, str(command.signer))
    return Accept(held)


def reminder(deal: Deal, no: int, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """Nothing after the signature, and nothing to somebody who declined."""
    sent, mine = deal.envelope.sent, deal.envelope.of(no)
    waiting = any(s.no == no for s in deal.envelope.due)
    if sent is None or not deal.envelope.out or not waiting or mine.stopped:
        return (), ()
    number = len(mine.invited)
    signer = deal.envelope.signer(no)
    note = PostNote(about="signer.reminded", words={"name": signer.name if signer else ""})
    again = SignerInvited(signer=no, at=context.now, reminder=number)
    return (again,), (SendInvitation(signer=no, envelope=sent.envelope, reminder=number), note)


def expire(deal: Deal, command: ExpireEnvelope, context: Context) -> Decision:
    if not deal.envelope.out:
        return NOTHING
    return Accept((EnvelopeExpired(at=context.now),), (PostNote(about="envelope.expired"),))


def record_copies(deal: Deal, command: RecordCopies, context: Context) -> Decision:
    return Accept((CopiesSent(signer=command.signer),))


def _not_now(deal: Deal, context: Context) -> Refuse | None:
    if deal.envelope.sent is not None:
        return Refuse("envelope.already_sent")
    stopped = any(stop.system in ("all", "mail") for stop in context.reads.stops)
    if stopped or deal.opening.paused is not None:
        return Refuse("system.paused")
    if level(Step.SEND_CONTRACT, context) == "suggest":
        return Refuse("step.only_suggested")
    return Refuse("package.not_ready") if deal.signals.yes is None else None
