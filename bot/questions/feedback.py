"""How approvals are found by those who take part in them, of the weeks that the playbook looks at."""

from datetime import datetime, timedelta

from bot.figures.feedback import Report, report
from bot.playbook.schema import Playbook
from bot.store.transaction import Transaction


def feedback(tx: Transaction, book: Playbook, now: datetime) -> Report:
    return report(tx.feedback.since(now - timedelta(weeks=book.feedback.weeks)), book.feedback)
