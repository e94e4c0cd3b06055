"""A request for an approval in plain words, for who reads it outside of Slack: no margin, no floor, no other deal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.figures.doors import by_mail
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.quote import Quote
from bot.streams.money import percent


@dataclass(frozen=True, slots=True)
class RequestWords:
    """`rows` are label and value, in the order in which they are read; `mailable`: it may be decided by mail."""

    question: str
    rows: tuple[tuple[str, str], ...]
    mailable: bool


def words_of(deal: Deal, approval: Approval, name: Callable[[str], str], playbook: Playbook) -> RequestWords | None:
    """None while there is no package to decide on."""
    made = deal.package.current
    if made is None:
        return None
    quote = made.contract.quote
    rows = (
        ("Asked by", name(approval.asked_by)),
        ("Total", f"{quote.total} over {quote.months} months, from {_day(quote.starts_on)}"),
        ("What is asked", _asked(approval, quote)),
        ("By", moment(approval.by_when)),
        ("Why you", f"{approval.why} ({approval.line})"),
    )
    return RequestWords(question(deal, approval), rows, by_mail(quote.total, playbook.doors))


def moment(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there.day} {there:%b %Y, %H:%M} UTC"


def question(deal: Deal, approval: Approval) -> str:
    match approval.kind:
        case "discount":
            return f"{percent(approval.asked)} off for {deal.customer}?"
        case "payment":
            return f"Net {approval.asked} for {deal.customer}?"
        case _:
            return f"{approval.title} for {deal.customer}?"


def _asked(approval: Approval, quote: Quote) -> str:
    match approval.kind:
        case "discount":
            return f"{quote.list_total - quote.total} off {quote.list_total}"
        case "payment":
            return f"{quote.payment_days} days to pay"
        case _:
            return approval.title


def _day(of: date) -> str:
    return f"{of.day} {of:%b %Y}"
