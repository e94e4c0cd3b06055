"""One request for an approval, as one line: who has it, after which others, until when; or who gave it, and how."""

from collections.abc import Mapping

from bot.blocks.card import escape, moment
from bot.blocks.marks import DONE, NEEDS, UNDER_WAY
from bot.blocks.people import Known
from bot.streams.deal.approvals import Approval, ApprovalGranted, Way
from bot.streams.deal.deal import Deal

GAVE: Mapping[Way, str] = {
    "own": "approved",
    "delegated": "approved",
    "policy": "approved it, without a person",
    "waiver": "waived it",
    "exception": "granted an exception",
}


def approval_line(deal: Deal, approval: Approval, known: Known) -> str:
    title = escape(approval.title)
    if (yes := deal.approvals.yes(approval)) is not None:
        return f"{DONE} {title}: {escape(known.name(yes.by))} {GAVE[yes.way]}{_lent(yes, known)}, {moment(yes.at)}"
    if (no := deal.approvals.no(approval)) is not None:
        return f"{NEEDS} {title}: {escape(known.name(no.by))} said no, {moment(no.at)}"
    if waits := deal.approvals.waits_for[approval.id]:
        return f"{UNDER_WAY} {title}: {escape(known.name(approval.person))}, after {_titles(deal, waits)}"
    return f"{UNDER_WAY} {title}: {escape(known.name(approval.person))}, by {moment(approval.by_when)}"


def _lent(yes: ApprovalGranted, known: Known) -> str:
    return f" for {escape(known.name(yes.chain[0]))}" if yes.way == "delegated" else ""


def _titles(deal: Deal, ids: tuple[str, ...]) -> str:
    return " and ".join(escape(a.title) for a in deal.approvals.asked if a.id in ids)
