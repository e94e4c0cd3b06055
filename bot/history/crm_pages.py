"""Past deals from Salesforce, page by page; a file remembers the last one that was taken, so that it goes on there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.history.importing import Bad
from bot.streams.money import Money, basis_points
from bot.streams.past.past import PastLine, PastOpportunity, PastStage
from integrations.salesforce.port import Crm, CrmHistory, CrmHistoryLine


def rows(crm: Crm, cursor: Path, again: bool) -> Iterator[PastOpportunity | Bad]:
    """What was yielded is taken when the next is asked for. Killed before that, the page is read once more."""
    after = "" if again else _read(cursor)
    while page := crm.history(after) if after else crm.history():
        for told in page:
            yield _past(told)
        last = page[-1]
        after = last.id if isinstance(last, CrmHistory) else last[0]
        _write(cursor, after)
    cursor.unlink(missing_ok=True)


def _read(cursor: Path) -> str:
    return cursor.read_text().strip() if cursor.exists() else ""


def _write(cursor: Path, after: str) -> None:
    cursor.parent.mkdir(parents=True, exist_ok=True)
    fresh = cursor.with_suffix(".new")
    fresh.write_text(after)
    fresh.replace(cursor)


def _past(told: CrmHistory | tuple[str, str]) -> PastOpportunity | Bad:
    if not isinstance(told, CrmHistory):
        return Bad(f"Opportunity {told[0]}", told[1].rpartition(".")[2], told[1])
    try:
        return _opportunity(told)
    except ValueError as no:
        return Bad(f"Opportunity {told.id}", "Amount, lines or stages", str(no))


def _opportunity(told: CrmHistory) -> PastOpportunity:
    return PastOpportunity(
        id=told.id,
        customer=told.customer,
        industry=told.industry,
        currency=told.currency,
        total=Money.parse(told.amount, told.currency).minor,
        discount=basis_points(told.discount),
        payment_days=told.payment_days,
        term_months=told.term_months,
        won=told.won,
        loss_reason=told.loss_reason,
        competitor=told.competitor,
        positioning=told.positioning,
        opened_on=told.created_on,
        closed_on=told.closed_on,
        lines=tuple(_line(line, told.currency) for line in told.lines),
        roles=told.roles,
        stages=tuple(PastStage(stage=stage, on=date.fromisoformat(on)) for stage, on in told.stages),
    )


def _line(told: CrmHistoryLine, currency: str) -> PastLine:
    return PastLine(
        product=told.product_code,
        quantity=told.quantity,
        unit_price=Money.parse(told.unit_price, currency).minor,
        discount=basis_points(told.discount),
        total=Money.parse(told.total_price, currency).minor,
    )
