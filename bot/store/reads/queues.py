"""How many requests for approvals wait on whom, in which order they came."""

from collections import defaultdict

import sqlalchemy as sa

from bot.store.approval_tables import waiting
from bot.streams.deal.deal import Deal
from bot.streams.queues import Queue


class Queues:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def all(self, state: object = None) -> tuple[Queue, ...]:
        """Of everybody on whom something waits, with the places of the requests of `state`, a deal."""
        mine = state.id if isinstance(state, Deal) else ""
        request = (waiting.c.stream_id, waiting.c.approval)
        wanted = sa.select(waiting.c.person, *request).order_by(waiting.c.person, waiting.c.at, *request)
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for person, stream_id, approval in self._sql.execute(wanted):
            found[person].append((stream_id, approval))
        return tuple(
            Queue(person, len(queue), tuple((name, no) for no, (of, name) in enumerate(queue, 1) if of == mine))
            for person, queue in sorted(found.items())
        )

    def project(self, deal: Deal) -> None:
        """What waits on whom now; since when she has it."""
        self._sql.execute(waiting.delete().where(waiting.c.stream_id == deal.id))
        state, last = deal.approvals, {m.approval: m.at for m in deal.approvals.moved if m.at}
        if deal.signals.yes is None or state.refused or state.planned is None:
            return
        rows = [
            {"stream_id": deal.id, "approval": a.id, "person": a.person, "rule": a.rule}
            | {"at": last.get(a.id) or state.asked_at(a) or state.planned.at}
            for a in state.due
        ]
        if rows:
            self._sql.execute(waiting.insert(), rows)
