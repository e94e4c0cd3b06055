"""What numbers speak for: each kind of proposal has its source, which finds and which measures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.figures import bottleneck_proposals as bottlenecks
from bot.figures import escalation_worth, feedback, feedback_proposals
from bot.playbook.schema import Playbook
from bot.store.transaction import Store, Transaction
from bot.streams.company.company import Company
from bot.streams.company.proposals import Followed, Measured, Proposal, Proposals
from bot.streams.ids import COMPANY

Found = Callable[[Transaction, Playbook, datetime, str], Iterable[Proposal]]
Count = Callable[[Transaction, Playbook, Proposal, datetime], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Source:
    """`find` looks from a moment on and proposes for the month; `measure` tells the number of one proposal since a
    moment, and over how many (0: there is none yet)."""

    find: Found
    measure: Count


def _queued(tx: Transaction, book: Playbook, since: datetime) -> bottlenecks.Past:
    calendar = book.calendars[book.default_calendar]
    return bottlenecks.Past(tx.bottlenecks.since(since), tx.decisions.since(since), book.bottlenecks, calendar)


SOURCES: dict[str, Source] = {
    "bottleneck": Source(
        lambda tx, book, since, month: bottlenecks.recurring(_queued(tx, book, since), month),
        lambda tx, book, proposal, since: bottlenecks.share_of_rule(_queued(tx, book, since), proposal.key),
    ),
    "relief": Source(
        lambda tx, book, since, month: bottlenecks.better(_queued(tx, book, since), month),
        lambda tx, book, proposal, since: bottlenecks.share_won(_queued(tx, book, since), proposal.key),
    ),
    "escalation": Source(
        lambda tx, book, since, month: escalation_worth.proposed(tx.escalations.since(since), book.escalations, month),
        lambda tx, book, proposal, since: escalation_worth.measure(
            tx.escalations.since(since), book.escalations, proposal.key
        ),
    ),
    "friction": Source(
        lambda tx, book, since, month: feedback_proposals.proposed(
            tx.feedback.since(since), tx.decisions.since(since), book, month
        ),
        lambda tx, book, proposal, since: feedback.share_naming(
            tx.feedback.since(since), book.feedback, *feedback_proposals.split(proposal.key)
        ),
    ),
}


def found(tx: Transaction, book: Playbook, now: datetime) -> tuple[Proposal, ...]:
    since = now - timedelta(days=book.proposals.again_days)
    month = f"{now:%Y-%m}"
    return tuple(
        each
        for kind, source in SOURCES.items()
        if kind in book.proposals.kinds
        for each in source.find(tx, book, since, month)
    )


def measured(tx: Transaction, book: Playbook, proposals: Proposals, now: datetime) -> tuple[Measured, ...]:
    """Of each accepted one that is not over. One whose source is gone has no number, and is closed by its time."""
    return tuple(_measured(tx, book, each, each.decided.at) for each in proposals.every if each.live and each.decided)


def _measured(tx: Transaction, book: Playbook, followed: Followed, since: datetime) -> Measured:
    source = SOURCES.get(followed.proposal.kind)
    value, count = source.measure(tx, book, followed.proposal, since) if source else (0, 0)
    return Measured(about=followed.proposal.id, value=value, count=count)


def every(store: Store, code: str) -> tuple[Followed, ...]:
    with store.snapshot() as tx:
        company: Company = tx.ledger.load(COMPANY, code).state
        return company.proposals.every


def proposal_of(store: Store, code: str, about: str) -> Followed | None:
    return next((each for each in every(store, code) if each.proposal.id == about), None)
