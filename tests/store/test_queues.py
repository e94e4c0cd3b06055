"""What waits on whom in which order, and how much each decides in a day: the same on each engine."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.store.approval_tables import decisions, waiting
from bot.store.transaction import Store
from bot.streams.deal.deal import Deal
from bot.streams.queues import Queue, Tempo
from tests.store.desk import new_deal

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def waits(deal: str, approval: str, person: str, minutes: int) -> dict[str, Any]:
    at = AT + timedelta(minutes=minutes)
    return {"stream_id": deal, "approval": approval, "person": person, "rule": "r", "at": at}


def test_a_request_has_its_place_among_all_that_wait_on_her(store: Store) -> None:
    ours, first, last = new_deal(), new_deal(), new_deal()
    rows = [
        waits(first, "1-a", "Q:jonas", 0),
        waits(ours, "1-a", "Q:jonas", 5),
        waits(ours, "1-b", "Q:jonas", 5),
        waits(last, "1-a", "Q:jonas", 9),
        waits(first, "1-b", "Q:priya", 0),
    ]
    with store.transaction() as tx:
        tx._sql.execute(waiting.insert(), rows)
    with store.snapshot() as tx:
        found = {queue.person: queue for queue in tx.queues.all(Deal(ours))}
    assert found["Q:jonas"] == Queue("Q:jonas", 4, (("1-a", 2), ("1-b", 3)))
    assert found["Q:priya"] == Queue("Q:priya", 1)
    assert found["Q:jonas"].place("1-b") == 3 and found["Q:jonas"].place("1-unknown") == 4


def decided(person: str, hours: int, way: str = "own", asked: int = 0) -> dict[str, Any]:
    words = dict.fromkeys(("rule", "role", "asked", "moved", "lent", "body"), "x")
    numbers = dict.fromkeys(("minutes", "expected", "low", "high"), 1)
    told = {"stream_id": new_deal(), "no": 1, "person": person, "way": way, "yes": True, "until_on": None}
    return words | numbers | told | {"asked_at": AT + timedelta(hours=asked), "at": AT + timedelta(hours=hours)}


def test_what_she_decides_is_counted_by_the_days_that_were_not_enough(store: Store) -> None:
    rows = [decided("Q:a", 0), decided("Q:a", 1), decided("Q:a", 30), decided("Q:b", 0), decided("Q:b", 1, "waiver")]
    with store.transaction() as tx:
        tx._sql.execute(decisions.insert(), rows)
    with store.snapshot() as tx:
        found = {tempo.person: tempo for tempo in tx.decisions.tempos()}
    assert (found["Q:a"], found["Q:b"]) == (Tempo("Q:a", 2, 1), Tempo("Q:b", 0, 0))
