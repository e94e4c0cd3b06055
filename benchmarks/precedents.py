"""How long the deals most like one are looked for among a hundred thousand, beside a look at each of them.

`python -m benchmarks.precedents`
"""

import random
import tempfile
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from secrets import token_bytes

from benchmarks.results import record, summary
from bot.figures.chances import Proposed
from bot.playbook.precedents import Weights
from bot.store.keyring import Keyring
from bot.store.transaction import Store
from bot.streams.decision import PastDeal
from bot.streams.ids import stream_id
from bot.streams.past.past import Past, PastOpportunity
from bot.wiring import mint, playbook_in

BOOK = playbook_in(Path(__file__).parents[1] / "playbook")
MANY, TIMES, AT_ONCE, SEED = 100_000, 200, 5_000, 6
INDUSTRIES = [f"Industry {n}" for n in range(20)]
COMPETITORS = ("", "", "One", "Two", "Three")
ONE_OWNER = stream_id("past", mint())  # a key for each deal would only make filling slower


def deal(chance: random.Random, no: int) -> Past:
    """Totals are spread as amounts of real deals are: many small ones, few large."""
    past = PastDeal(
        id=f"old-{no}",
        customer="Example",
        industry=chance.choice(INDUSTRIES),
        currency="EUR",
        total=round(chance.lognormvariate(16, 1.2)),
        discount=chance.randrange(0, 3_000, 50),
        payment_days=chance.choice((14, 30, 45, 60)),
        won=chance.random() < 0.5,
        days=chance.randrange(10, 200),
        closed_on="2026-01-01",
        months=chance.choice((12, 24, 36)),
        competitor=chance.choice(COMPETITORS),
    )
    told = {**asdict(past), "term_months": past.months, "loss_reason": "", "opened_on": date(2025, 1, 1)}
    del told["days"], told["months"]
    return Past(ONE_OWNER, PastOpportunity.model_validate(told))


def asked(chance: random.Random) -> Proposed:
    total, discount = round(chance.lognormvariate(16, 1.2)), chance.randrange(0, 3_000)
    return Proposed(total, discount, 24, 30, chance.choice(INDUSTRIES), chance.choice(COMPETITORS))


def filled(store: Store, chance: random.Random) -> None:
    for start in range(0, MANY, AT_ONCE):
        with store.transaction(lasting=False) as tx:
            for no in range(start, start + AT_ONCE):
                tx.past_deals.project_past(deal(chance, no))


def looked(store: Store, chance: random.Random) -> list[float]:
    """Milliseconds of each, with the reading and the decrypting."""
    took = []
    for _ in range(TIMES):
        of = asked(chance)
        began = time.perf_counter()
        with store.snapshot() as tx:
            tx.past_deals.most_alike(of, "EUR", BOOK.precedents)
        took.append((time.perf_counter() - began) * 1_000)
    return took


def each_one(store: Store, chance: random.Random) -> float:
    """Milliseconds of one look at all: where neither industry nor size counts, no deal can be passed over."""
    blind = Weights(industry=0, competitor=0, size=0, discount=50, payment_days=50, months=0)
    began = time.perf_counter()
    with store.snapshot() as tx:
        tx.past_deals.most_alike(asked(chance), "EUR", BOOK.precedents.model_copy(update={"weights": blind}))
    return (time.perf_counter() - began) * 1_000


def main() -> None:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/past.db", KEYS)
        filled(store, chance)
        took = looked(store, chance)
        whole = each_one(store, chance)
        store.close()
    record("precedents", {"deals": MANY, **summary(took, sum(took) / 1_000), "look_at_each_ms": round(whole, 1)})


KEYS = Keyring({"first": token_bytes(32)}, token_bytes)

if __name__ == "__main__":
    main()
