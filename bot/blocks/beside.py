"""Who else may decide what is late or waits, and what the playbook did about it: for `/deal why`."""

from bot.blocks import bottleneck_lines
from bot.blocks.card import escape, moment
from bot.blocks.people import Known
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.escalations import ApprovalEscalated


def lines(deal: Deal, approval: Approval, known: Known) -> str:
    """Under the reason of a request, each on a line of its own; nothing of one that is decided and never was late."""
    told = [_went(each, known) for each in deal.escalations.of(approval.id)]
    told += [bottleneck_lines.why(deal, each, known) for each in deal.bottlenecks.of(approval.id)]
    if approval in deal.approvals.due:
        told.append(_else(deal, approval, known))
    return "".join(f"\n{line}" for line in told)


def _went(of: ApprovalEscalated, known: Known) -> str:
    share = min(100, 100 * of.used // of.whole) if of.whole else 100
    used = f"{share}% of the time was over ({escape(of.line)})"
    if of.to:
        went = f"{escape(known.name(of.to))} was asked beside {escape(known.name(of.before))}"
    else:
        went = f"{escape(known.name(of.owner))} was told, because nobody else may decide"
    return f"{went}, {moment(of.at)}: {used}."


def _else(deal: Deal, approval: Approval, known: Known) -> str:
    """By the plan; what a click may do is asked anew at the click."""
    holders = deal.approvals.holders(approval)
    names = [escape(known.name(person)) for person in approval.others if person not in holders]
    beyond = "Nobody else may; the policy's owner may name somebody or waive it"
    if not names:
        return f"{beyond}: `/deal override {escape(deal.customer)}`."
    whose = "by their own authority, or what was lent to them" if len(names) > 1 else "by own or lent authority"
    return f"May decide as well, {whose}: {', '.join(names)}."
