"""Letters to signers, and to those of ours who chose mail: each under a message id that a repeat carries too."""

from bot.figures.critical import order
from bot.figures.doors import link_ends
from bot.letters import copies, invitation, requests
from bot.letters.letter import Letter as Written
from bot.streams.deal.contract import Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import RecordCopies, RecordInvitation
from bot.streams.effects import MailRequests, SendCopies, SendInvitation
from bot.streams.ids import SYSTEM, digest
from bot.streams.person.person import Inbox, Person
from integrations.errors import Refused
from integrations.mail.port import Letter
from jobs.effects.how import Work


def invite(work: Work) -> RecordInvitation | None:
    """A reminder's fact is written when it is decided; a first letter's when it is out. Nothing is sent for an
    envelope that was taken back."""
    effect: SendInvitation = work.effect
    sent = work.state.envelope.sent
    if sent is None or effect.envelope not in ("", sent.envelope):
        return None
    deal, signer, url = _to(work, effect.signer)
    rep = work.desk.known().name(deal.opening.rep)
    _send(work, signer, invitation.letter(deal, signer, url, effect.reminder, work.desk.playbook, rep))
    return RecordInvitation(
        stream_id=deal.id,
        actor=SYSTEM,
        envelope=sent.envelope,
        signer=effect.signer,
        reminder=effect.reminder,
    )


def send_copies(work: Work) -> RecordCopies:
    effect: SendCopies = work.effect
    deal, signer, url = _to(work, effect.signer)
    _send(work, signer, copies.letter(deal, signer, url, work.desk.playbook))
    return RecordCopies(stream_id=deal.id, actor=SYSTEM, signer=effect.signer)


def mail_requests(work: Work) -> None:
    """To one of ours: what waits, and a link of her own to each request for an approval."""
    person: Person = work.state
    effect: MailRequests = work.effect
    profile, book = person.profile, work.desk.playbook
    if profile is None or not profile.active:
        return
    calendar = book.calendar_of(profile.time_zone)
    waiting = order(person.items(effect.tasks), work.now, calendar, book.critical)
    if not waiting:
        return
    mailed = person.doors.by_mail(waiting[0].task.id)
    rows = [_waiting(work, person, item) for item in waiting]
    letter = requests.letter(profile, rows, mailed.chose if mailed else "", book)
    work.desk.ports.mail.send(letter_of(work, profile.name, profile.email, letter))


def _waiting(work: Work, person: Person, item: Inbox) -> requests.Waiting:
    if item.task.kind != "approval":
        return requests.Waiting(item)
    approval = work.desk.deal(item.task.deal).approvals.approval(item.task.about)
    ends = link_ends(work.now, work.desk.playbook.doors)
    url = work.desk.requests.url(person.id.partition(":")[2], person.inbox.index(item), int(ends.timestamp()))
    return requests.Waiting(item, url, work.desk.known().name(approval.asked_by) if approval else "")


def _to(work: Work, number: int) -> tuple[Deal, Signer, str]:
    deal: Deal = work.state
    sent, signer = deal.envelope.sent, deal.envelope.signer(number)
    if sent is None or signer is None:
        raise Refused("signer.unknown")
    return deal, signer, work.desk.links.url(sent.envelope, number)


def _send(work: Work, signer: Signer, letter: Written) -> None:
    work.desk.ports.mail.send(letter_of(work, signer.name, signer.email, letter))


def letter_of(work: Work, name: str, address: str, letter: Written) -> Letter:
    company = work.desk.playbook.company
    return Letter(
        message_id=f"<{digest(work.key)[:32]}@{company.domain}>",
        to_name=name,
        to_address=address,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        reply_to=company.contact,
    )
