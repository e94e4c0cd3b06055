"""What the managers' channel is told: read at one moment, up to that moment, from where the last one ended."""

from datetime import date, datetime, timedelta

from bot.blocks import feedback_lines
from bot.blocks.digest import Daily
from bot.blocks.digest_weekly import Coming, Weekly
from bot.blocks.people import Known
from bot.figures.digests import day_of, next_digest
from bot.figures.pipeline import DealLine, Overdue, is_open, needs
from bot.figures.timing import Timeline, lost_between, signed_between, steps, yes_to_signature
from bot.playbook.schema import Playbook
from bot.questions.feedback import feedback
from bot.store.transaction import Transaction
from bot.streams.company.company import Company, Period

WEEK = timedelta(days=7)
BEFORE = 4 * WEEK
LATE_WIN = timedelta(days=60)  # a win that Salesforce holds back is told when it comes


def daily(tx: Transaction, company: Company, on: date, playbook: Playbook, now: datetime) -> Daily:
    rule, calendar = playbook.team_digest, playbook.calendars[playbook.team_digest.calendar]
    deals = _open(tx, tx.deals.every(), playbook)
    late = [Overdue(t.deal, t.person, t.by_when) for t in tx.tasks.overdue(now) if t.by_when and t.kind == "approval"]
    return Daily(
        rule=rule,
        on=on,
        deals=deals,
        needs=needs(deals, late, rule.attention, now),
        won=_won(tx, company, "daily", now),
        next_at=next_digest("daily", now, rule, calendar),
        known=Known(tx.people.names()),
    )


def weekly(tx: Transaction, company: Company, on: date, playbook: Playbook, now: datetime) -> Weekly:
    rule, calendar = playbook.team_digest, playbook.calendars[playbook.team_digest.calendar]
    start = company.told_until("weekly") or now - WEEK
    recent, every = tx.timelines.since(start - BEFORE), tx.deals.every()
    signed = signed_between(recent, start, now)
    before = signed_between(recent, start - BEFORE, start)
    return Weekly(
        rule=rule,
        start=day_of(start, calendar),
        on=on,
        won=_won(tx, company, "weekly", now),
        lost=lost_between(recent, playbook.stages.lost, start, now),
        took=yes_to_signature(signed, calendar),
        signed=len(signed),
        steps=steps(signed, before, calendar, rule.at_least_for_times),
        coming=_coming(tx, every, now),
        deals=_open(tx, every, playbook),
        overrides=tuple(tx.decisions.overrides(start, now)),
        feedback=tuple(feedback_lines.lines(feedback(tx, playbook, now), playbook)),
        proposals=tuple(p for p in company.proposals.every if p.live or p.changed_at >= start),
        next_at=next_digest("weekly", now, rule, calendar),
        known=Known(tx.people.names()),
    )


def _open(tx: Transaction, every: list[DealLine], playbook: Playbook) -> tuple[DealLine, ...]:
    """Neither won nor lost."""
    lost = tx.timelines.in_stage(playbook.stages.lost)
    return tuple(line for line in every if is_open(line) and line.stream_id not in lost)


def _won(tx: Transaction, company: Company, period: Period, now: datetime) -> tuple[Timeline, ...]:
    """Every win that was not told yet, once Salesforce has it."""
    start = now - LATE_WIN
    told = company.wins_told_in(period)
    signed = signed_between(tx.timelines.since(start), start, now)
    return tuple(deal for deal in signed if deal.won_at is not None and deal.stream_id not in told)


def _coming(tx: Transaction, every: list[DealLine], now: datetime) -> tuple[Coming, ...]:
    end = now + WEEK
    names = {line.stream_id: line.customer for line in every}
    ending = [Coming("the envelope ends", d.customer, d.ends_at) for d in tx.timelines.ending(now, end) if d.ends_at]
    for task in tx.tasks.due_between(now, end):
        if task.by_when is not None and task.kind == "approval":
            what = f"{task.title.partition(':')[0].lower()} is to be decided"
            ending.append(Coming(what, names.get(task.deal, ""), task.by_when))
    return tuple(sorted(ending, key=lambda coming: (coming.at, coming.customer)))
