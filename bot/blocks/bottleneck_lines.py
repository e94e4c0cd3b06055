"""A bottleneck as it is told: which request, of which class, why, and what was done about it."""

from bot.blocks.card import escape, moment
from bot.blocks.people import Known
from bot.streams.deal.bottlenecks import BottleneckSeen
from bot.streams.deal.deal import Deal


def current(deal: Deal) -> list[BottleneckSeen]:
    """Of each request that somebody has still to decide, the last one that it was in."""
    last = {each.approval: each for each in deal.bottlenecks.made}
    return [last[approval.id] for approval in deal.approvals.due if approval.id in last]


def told(deal: Deal, known: Known) -> list[str]:
    return [
        f"*Bottleneck:* {escape(_title(deal, each.approval))}: {escape(each.says)}. "
        f"Why: {escape(each.why(known.name))}. {escape(done(deal, each, known))}, {moment(each.at)}."
        for each in current(deal)
    ]


def why(deal: Deal, of: BottleneckSeen, known: Known) -> str:
    """For the reasons of a deal, with the line of the playbook."""
    return f"{escape(done(deal, of, known))}, {moment(of.at)}: {escape(of.why(known.name))} ({escape(of.line)})."


def done(deal: Deal, of: BottleneckSeen, known: Known) -> str:
    if of.to:
        return f"{known.name(of.to)} was asked beside {known.name(of.person)}"
    if of.freed:
        return f"{' and '.join(_title(deal, name) for name in of.freed)} is asked at the same time"
    if of.owner:
        return f"{known.name(of.owner)} was told what would help: {of.advice}"
    return "It is counted; when it comes again, how to prevent it is proposed"


def _title(deal: Deal, approval_id: str) -> str:
    found = deal.approvals.approval(approval_id)
    return found.title if found else "A request"
