"""How far a deal's approvals are: of each request who has it, since when, until when it is expected, and what the whole
waits on longest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal

State = Literal["decided", "refused", "asked", "waits"]


@dataclass(frozen=True, slots=True)
class Step:
    """`since` when she has it; `late`: later than expected. `reminded` and `escalated` count."""

    approval: Approval
    state: State
    since: datetime | None
    late: bool
    reminded: int
    escalated: int


def steps(deal: Deal, now: datetime) -> tuple[Step, ...]:
    return tuple(_step(deal, approval, now) for approval in deal.approvals.asked)


def bottleneck(deal: Deal) -> Approval | None:
    """Of the open requests the one that is expected to end last, or the first that it waits for."""
    still = deal.approvals.open
    if not still or deal.approvals.refused:
        return None
    last, by_id = max(still, key=_ends), {each.id: each for each in still}
    while before := deal.approvals.waits_for[last.id]:
        last = max((by_id[name] for name in before), key=_ends)
    return last


def expected_at(deal: Deal) -> datetime | None:
    """When all is expected to be decided; nothing when somebody said no, or nobody can say."""
    ends = [a.expected_at for a in deal.approvals.open if a.expected_at is not None]
    return max(ends) if ends and not deal.approvals.refused else None


def for_customer(deal: Deal, now: datetime, book: Playbook) -> str:
    """In the customer's words: how many steps of ours are done, and what they may expect; no names and no reasons."""
    asked, left = deal.approvals.asked, deal.approvals.open
    told = {"customer": deal.customer, "done": str(len(asked) - len(left)), "of": str(len(asked))}
    ends = expected_at(deal)
    if not left:
        return book.word("progress.customer_ready", told)
    if ends is None or ends <= now:
        return book.word("progress.customer_later", told)
    return book.word("progress.customer_by", told | {"day": f"{ends.day} {ends:%b %Y}"})


def _step(deal: Deal, approval: Approval, now: datetime) -> Step:
    state = _state(deal, approval)
    mine = [m.at for m in deal.approvals.moved if (m.approval, m.person) == (approval.id, approval.person) and m.at]
    since = mine[-1] if mine else deal.approvals.asked_at(approval)
    late = state == "asked" and approval.expected_at is not None and approval.expected_at < now
    reminded = len(deal.reminders.of(approval.id, approval.person))
    return Step(approval, state, since, late, reminded, len(deal.escalations.of(approval.id)))


def _state(deal: Deal, approval: Approval) -> State:
    if deal.approvals.yes(approval) is not None:
        return "decided"
    if deal.approvals.no(approval) is not None:
        return "refused"
    return "waits" if deal.approvals.waits_for[approval.id] else "asked"


def _ends(approval: Approval) -> tuple[datetime, str]:
    return approval.expected_at or approval.by_when, approval.id
