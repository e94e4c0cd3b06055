"""An anchor at once, and the company's fact that tells of it."""

from bot import wiring
from bot.dispatch import Dispatcher
from bot.store.anchors import Anchor, Anchors
from bot.streams.company.keeping import RecordAnchor
from bot.streams.ids import COMPANY, SYSTEM


def anchor(dispatcher: Dispatcher, anchors: Anchors) -> Anchor:
    """Killed between the two, the file stands and the next one follows it."""
    with dispatcher.store.snapshot() as tx:
        heads = tx.ledger.heads()
    made = anchors.add(heads, dispatcher.clock())
    told = RecordAnchor(stream_id=COMPANY, actor=SYSTEM, number=made.number, sha256=made.sha256)
    dispatcher.execute(told, f"anchor:{wiring.mint()}")
    return made
