"""Letters to the customer's signers, each under a message id of its own that a repeat carries too."""

from bot.letters import copies, invitation
from bot.letters.letter import Letter as Written
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import RecordCopies, RecordInvitation
from bot.streams.effects import SendCopies, SendInvitation
from bot.streams.ids import SYSTEM, digest
from integrations.errors import Refused
from integrations.mail.port import Letter
from jobs.effects.how import Work


def invite(work: Work) -> RecordInvitation | None:
    """A reminder's fact is written when it is decided; a first letter's when it is out."""
    effect: SendInvitation = work.effect
    deal, signer, url = _to(work, effect.signer)
    rep = work.desk.known().name(deal.opening.rep)
    _send(work, signer, invitation.letter(deal, signer, url, effect.reminder, work.desk.playbook, rep))
    return RecordInvitation(stream_id=deal.id, actor=SYSTEM, signer=effect.signer, reminder=effect.reminder)


def send_copies(work: Work) -> RecordCopies:
    effect: SendCopies = work.effect
    deal, signer, url = _to(work, effect.signer)
    _send(work, signer, copies.letter(deal, signer, url, work.desk.playbook))
    return RecordCopies(stream_id=deal.id, actor=SYSTEM, signer=effect.signer)


def _to(work: Work, number: int) -> tuple[Deal, Signer, str]:
    deal: Deal = work.state
    sent, signer = deal.envelope.sent, deal.envelope.signer(number)
    if sent is None or signer is None:
        raise Refused("signer.unknown")
    return deal, signer, work.desk.links.url(sent.envelope, number)


def _send(work: Work, signer: Signer, letter: Written) -> None:
    company = work.desk.playbook.company
    work.desk.ports.mail.send(
        Letter(
            message_id=f"<{digest(work.key)[:32]}@{company.domain}>",
            to_name=signer.name,
            to_address=signer.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            reply_to=company.contact,
        )
    )
