"""Who is there and may decide a request of a deal, as of now."""

from bot.agents.approvals.authority import House, barred
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context


def house_of(deal: Deal, approval: Approval, context: Context) -> House:
    people, out = context.reads.colleagues, barred(approval, deal.approvals, deal.opening.rep)
    return House(people, context.playbook, context.now.date(), out)
