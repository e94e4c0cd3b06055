"""A quarter after the last decision: what became of the deal, held against each decision that made it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.playbook.precedents import Looking
from bot.streams.deal.afterwards import AfterwardsSeen, Became, LookBack, RecordAfterwards
from bot.streams.deal.deal import Deal
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision
from bot.streams.ids import SYSTEM
from bot.streams.learning_effects import ReadAfterwards


def later(deal: Deal, context: Context) -> Deadline:
    """Each decision puts it off, so that it comes a quarter after the last one."""
    return _at(deal, context.now, context.playbook.precedents.afterwards)


def look(deal: Deal, command: LookBack, context: Context) -> Decision:
    return Accept((), (ReadAfterwards(),)) if deal.approvals.decided and deal.opportunity else NOTHING


def record(deal: Deal, command: RecordAfterwards, context: Context) -> Decision:
    """What is still open is looked at again, as often as the playbook says."""
    rules = context.playbook.precedents.afterwards
    became = _became(command, rules)
    seen = AfterwardsSeen(became=became, decisions=tuple(_decisions(deal)), at=context.now)
    again = became == "open" and deal.afterwards.looks + 1 < rules.looks
    return Accept((seen,), deadlines=(_at(deal, context.now, rules),) if again else ())


def _became(told: RecordAfterwards, rules: Looking) -> Became:
    if not told.closed:
        return "open"
    if not told.won:
        return "lost"
    if told.ended_on is not None:
        return "churned"
    return "paid_late" if told.days_late >= rules.late_days else "kept"


def _decisions(deal: Deal) -> Iterator[int]:
    """Of the yeses, those that the last plan stands on: a newer one of the same content speaks for it; every no."""
    wanted = {approval.subject for approval in deal.approvals.asked}
    last = {each.approval.subject: no for no, each in enumerate(deal.approvals.decided, 1) if each.yes}
    for no, each in enumerate(deal.approvals.decided, 1):
        if not each.yes or (each.approval.subject in wanted and last[each.approval.subject] == no):
            yield no


def _at(deal: Deal, now: datetime, rules: Looking) -> Deadline:
    command = LookBack(stream_id=deal.id, actor=SYSTEM)
    return Deadline("look_back", now + timedelta(days=rules.after_days), command)
