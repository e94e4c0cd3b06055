"""Approvals beside Slack: tasks of the opportunity in Salesforce, and time held in an approver's calendar."""

from dataclasses import replace

from bot.agents.approvals.holding_time import needless
from bot.letters import hold_time
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.held_time import RecordFreed, TimeHeld
from bot.streams.decision import Reads
from bot.streams.ids import SYSTEM, digest
from bot.streams.tracking_effects import MailHold
from integrations.salesforce.port import CrmTask
from jobs.effects.how import Work
from jobs.effects.mail import letter_of

ADDRESSES = ("colleagues",)


def track(work: Work) -> None:
    """As they stand now, however often and late this runs."""
    deal: Deal = work.state
    if deal.opportunity is None or not work.desk.playbook.tracking.crm_tasks:
        return
    reads = work.desk.context(work.now, *ADDRESSES).reads
    wanted = tuple(_task(deal, approval, reads) for approval in deal.approvals.asked)
    work.desk.ports.crm.track(deal.opportunity.id, _prefix(deal), wanted)


def hold(work: Work) -> None:
    deal, effect = work.state, work.effect
    assert isinstance(effect, MailHold)
    held = next((each for each in deal.held_time.kept if each.no == effect.no), None)
    if held is not None:
        _mail(work, deal, held, freed=False)


def free(work: Work) -> RecordFreed | None:
    """A letter lost between two is sent again under its own message id."""
    deal: Deal = work.state
    freed = needless(deal)
    for each in freed:
        _mail(work, deal, each, freed=True)
    return RecordFreed(stream_id=deal.id, actor=SYSTEM, nos=tuple(e.no for e in freed)) if freed else None


def _task(deal: Deal, approval: Approval, reads: Reads) -> CrmTask:
    """One that is asked of other terms is another task: the old one is done."""
    decided = deal.approvals.yes(approval) or deal.approvals.no(approval)
    return CrmTask(
        key=f"{_prefix(deal)}{approval.id}:{approval.subject[:8]}",
        subject=f"Decide: {approval.title} for {deal.customer}",
        due_on=approval.by_when.date(),
        owner_email=_address(reads, approval.person)[1],
        done=decided is not None,
    )


def _prefix(deal: Deal) -> str:
    return f"{deal.id}:approval:"


def _mail(work: Work, deal: Deal, held: TimeHeld, freed: bool) -> None:
    name, address = _address(work.desk.context(work.now, *ADDRESSES).reads, held.person)
    approval = deal.approvals.approval(held.approval)
    title = approval.title if approval else held.approval
    playbook = work.desk.playbook
    if not address:
        return
    what = f"{title}: {deal.customer}"
    letter = letter_of(work, name, address, hold_time.letter(name, held, what, freed, playbook))
    work.desk.ports.mail.send(
        replace(
            letter,
            message_id=f"<{digest(f'{deal.id}:{held.no}:{freed}')[:32]}@{playbook.company.domain}>",
            calendar=hold_time.invitation(deal.id, held, what, address, freed, playbook),
            method="CANCEL" if freed else "REQUEST",
        )
    )


def _address(reads: Reads, person: str) -> tuple[str, str]:
    """Name and mail address; both empty of somebody who has left."""
    who = reads.colleague(person)
    return (who.name, who.email) if who else ("", "")
