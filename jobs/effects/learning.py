"""What became of deals since they were decided, and what all past deals say of the practices."""

from bot.figures.practices_kept import evidence
from bot.questions.proposals import found, measured
from bot.streams.company.company import Company
from bot.streams.company.practices import WeighPractices
from bot.streams.company.proposals import WeighProposals
from bot.streams.deal.afterwards import RecordAfterwards
from bot.streams.deal.deal import Deal
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from jobs.effects.how import Work


def read_afterwards(work: Work) -> RecordAfterwards:
    deal: Deal = work.state
    if deal.opportunity is None:
        raise Refused("package.missing")
    told = work.desk.ports.crm.afterwards(deal.opportunity.id)
    return RecordAfterwards(
        stream_id=deal.id,
        actor=SYSTEM,
        closed=told.closed,
        won=told.won,
        ended_on=told.ended_on,
        days_late=max(told.days_late, 0),
    )


def review_practices(work: Work) -> WeighPractices:
    company: Company = work.state
    with work.desk.store.snapshot() as tx:
        ended = tx.past_deals.ended()
    found = evidence(company.practices, ended, work.desk.playbook.precedents, work.now.date())
    return WeighPractices(stream_id=company.id, actor=SYSTEM, found=found)


def follow_proposals(work: Work) -> WeighProposals:
    company: Company = work.state
    book = work.desk.playbook
    with work.desk.store.snapshot() as tx:
        raised = found(tx, book, work.now)
        far = measured(tx, book, company.proposals, work.now)
    return WeighProposals(stream_id=company.id, actor=SYSTEM, found=raised, measured=far)
