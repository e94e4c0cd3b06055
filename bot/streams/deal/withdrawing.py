"""Requests for approvals that nobody has to answer any more: what is put before whom, and closed with them."""

from collections.abc import Iterable, Iterator

from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.decision import DecidedBy
from bot.streams.effects import Effect
from bot.streams.tell import close


def request_id(deal: Deal, approval: Approval) -> str:
    return f"{deal.id}:{approval.id}"


def late_id(deal: Deal, approval: Approval) -> str:
    return f"{deal.id}:late-{approval.id}"


def stuck_id(deal: Deal, approval: Approval, bottleneck: str) -> str:
    return f"{deal.id}:bottleneck-{bottleneck}-{approval.id}"


def numbered_id(deal: Deal, kind: str, no: int) -> str:
    return f"{deal.id}:{kind}-{no}"


def closed(
    deal: Deal, approvals: Iterable[Approval], withdrawn: bool = False, by: str = "", door: DecidedBy = "slack"
) -> tuple[Effect, ...]:
    """Of who had it, and of the owners who were told that it is late, or in a bottleneck. `withdrawn`: nobody decided
    it, so nobody is asked how clear it was. `by`: who decided, and by which door."""
    mine = (_mine(deal, approval, withdrawn, by, door) for approval in approvals)
    return tuple(effect for effects in mine for effect in effects)


def asked_of(deal: Deal, approval: Approval) -> tuple[str, ...]:
    """Before whom it lies: who has or had it, and who was asked beside because the deal is critical."""
    return tuple(dict.fromkeys((*deal.approvals.holders(approval), *deal.priority.hands_of(approval.id))))


def told_no_more(deal: Deal, approval: Approval, does: str = "") -> tuple[Effect, ...]:
    """What would help is asked for no longer; only that which this button does, when one is named."""
    told = [each for each in deal.bottlenecks.told(approval.id) if does in ("", each.does)]
    return tuple(close(each.owner, stuck_id(deal, approval, each.bottleneck)) for each in told)


def _mine(deal: Deal, approval: Approval, withdrawn: bool, by: str, door: DecidedBy) -> Iterator[Effect]:
    for who in asked_of(deal, approval):
        yield close(who, request_id(deal, approval), withdrawn, by, door)
    if owner := deal.escalations.told(approval.id):
        yield close(owner, late_id(deal, approval))
    yield from told_no_more(deal, approval)
    for asked in deal.asking_back.of(approval.subject):
        if deal.asking_back.answer(asked.no) is None:
            yield close(deal.opening.rep, numbered_id(deal, "question", asked.no))
        else:
            yield close(asked.by, numbered_id(deal, "answer", asked.no))
