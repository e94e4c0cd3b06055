"""How critical a deal is, who has one of the few places, and in which order requests stand before one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.figures.conditions import Facts, holds
from bot.figures.deal_facts import deal_facts
from bot.figures.hours import business_minutes
from bot.playbook.company import Calendar
from bot.playbook.critical import Critical
from bot.streams.company.priorities import Claim, Over
from bot.streams.deal.deal import Deal
from bot.streams.deal.priority import CriticalMarked
from bot.streams.decision import Context
from bot.streams.person.person import Inbox

MARKED = "Critical deals, a manager's word"


@dataclass(frozen=True, slots=True)
class Standing:
    """`line` is that of the row with the most points, `why` all of it in words."""

    score: int
    line: str
    why: str


def standing(facts: Facts, marked: CriticalMarked | None, rules: Critical) -> Standing | None:
    """None for an ordinary deal. A manager's word stands above the rows, in both directions."""
    if marked is not None and not marked.yes:
        return None
    rows = sorted((row for row in rules.rows if holds(row.when, facts)), key=lambda row: (-row.points, row.id))
    score = sum(row.points for row in rows) + (rules.marked_points if marked else 0)
    if not score:
        return None
    said = [marked.reason] if marked else []
    return Standing(score, MARKED if marked else rows[0].line, "; ".join([*said, *(row.says for row in rows)]))


def claim_of(deal: Deal, context: Context) -> Claim | Over:
    """What the deal may ask for at this moment, or why nothing."""
    made, opportunity, stages = deal.package.current, deal.opportunity, context.playbook.stages
    if opportunity is None or opportunity.stage in (stages.won, stages.lost):
        return "closed"
    if made is None or deal.signals.yes is None or not deal.approvals.open:
        return "approved"
    if deal.approvals.refused:
        return "refused"
    if opportunity.close_on < context.now.date():
        return "date_over"
    marked = deal.priority.marked
    found = standing(deal_facts(deal, made.contract.quote, context), marked, context.playbook.critical)
    if found is None:
        return "unmarked" if marked else "ordinary"
    return Claim(
        deal=deal.id,
        customer=deal.customer,
        rep=deal.opening.rep,
        score=found.score,
        line=found.line,
        why=found.why,
        until_on=opportunity.close_on,
        by=marked.by if marked else "",
        since=deal.priority.claim.since if deal.priority.claim else context.now,
    )


def ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The highest first. Of the same score the one that is to close first, then who asked first."""
    return tuple(sorted(claims, key=lambda c: (-c.score, c.until_on, c.since, c.deal)))


def chosen(claims: Iterable[Claim], at_most: int) -> tuple[Claim, ...]:
    return ranked(claims)[:at_most]


def protected(item: Inbox, now: datetime, calendar: Calendar, rules: Critical) -> bool:
    """An ordinary one before which nothing goes any more: more than so many would have, or it waited so long."""
    if item.task.priority:
        return False
    return item.passed > rules.passed_over or business_minutes(item.at, now, calendar) >= rules.waits_hours * 60


def order(still: Sequence[Inbox], now: datetime, calendar: Calendar, rules: Critical) -> tuple[Inbox, ...]:
    """Of open requests: protected ones first, then critical ones, then the others; each by its deadline."""
    if not any(item.task.priority for item in still):
        return tuple(sorted(still, key=_by_deadline))
    safe = {item.task.id for item in still if protected(item, now, calendar, rules)}

    def place(item: Inbox) -> tuple[int, int, tuple[bool, datetime, str]]:
        group = 0 if item.task.id in safe else 1 if item.task.priority else 2
        return group, -item.task.priority, _by_deadline(item)

    return tuple(sorted(still, key=place))


def _by_deadline(item: Inbox) -> tuple[bool, datetime, str]:
    return item.task.by_when is None, item.task.by_when or item.at, item.task.id
