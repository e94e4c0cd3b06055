"""The heads of all streams, written down outside the database."""

from bot.streams.company.keeping import RecordAnchor, RecordForgotten
from bot.streams.ids import SYSTEM
from jobs.effects.how import Work


def anchor(work: Work) -> RecordAnchor:
    """Done again it makes one more anchor, in which little is new."""
    with work.desk.store.snapshot() as tx:
        heads = tx.ledger.heads()
    made = work.desk.anchors.add(heads, work.now)
    return RecordAnchor(stream_id=work.state.id, actor=SYSTEM, number=made.number, sha256=made.sha256)


def forget(work: Work) -> RecordForgotten:
    """Done again it finds less; the count is of this time."""
    with work.desk.store.transaction() as tx:
        count = tx.texts.forget(work.now)
    return RecordForgotten(stream_id=work.state.id, actor=SYSTEM, count=count)
