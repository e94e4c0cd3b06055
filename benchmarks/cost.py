"""What one deal costs when there are few others, and when there are 20,000: the acknowledgement of a message, and all
that it owes until nothing is due. Two companies side by side, measured in turns.

`python -m benchmarks.cost` (about ten minutes, most of it to fill the store)
"""

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.ack import load
from benchmarks.office import Office, OpenTown, opened
from benchmarks.results import Numbers, record, summary
from bot import dispatch
from sandbox.wait import until

FEW, MANY = 100, 20_000
ROUNDS, MESSAGES = 6, 100
SPOKEN_IN = 50  # deals, the newest
PATIENCE_S = 120


@dataclass
class Company:
    """`acks` and `drained`: of each round the acknowledgements, and seconds until its messages owed nothing more."""

    town: OpenTown
    bodies: list[str]
    acks: list[Numbers] = field(default_factory=list)
    drained: list[float] = field(default_factory=list)

    def round(self, number: int) -> None:
        began = time.perf_counter()
        self.acks.append(load(self.town, self.town.port, self.bodies[number * MESSAGES :][:MESSAGES], 1))
        relay = Office(self.town).relay
        due = dispatch.due(relay.dispatcher, relay.clock)
        until(lambda: not due(), PATIENCE_S, "nothing is due")
        self.drained.append(time.perf_counter() - began)

    def found(self) -> dict[str, float]:
        """Of the median round."""
        acks = sorted((summary(*told) for told in self.acks), key=lambda one: one["p50_ms"])
        return {**acks[len(acks) // 2], "until_done_ms": round(median(self.drained) / MESSAGES * 1000, 2)}


def measure() -> dict[str, Any]:
    with ExitStack() as stack:
        few, many = (_company(stack, number) for number in (FEW, MANY))
        for number in range(ROUNDS):
            for company in (few, many) if number % 2 else (many, few):
                company.round(number)
    small, large = few.found(), many.found()
    ratios = {name: round(large[name] / small[name], 2) for name in ("p50_ms", "until_done_ms")}
    return {f"{FEW} deals": small, f"{MANY} deals": large, "ratio": ratios}


def _company(stack: ExitStack, deals: int) -> Company:
    town = stack.enter_context(opened(OpenTown))
    office = Office(town)
    office.look_around()
    channels = office.open_deals(0, deals)[-SPOKEN_IN:]
    bodies = [json.dumps(event) for event in office.events(channels, ROUNDS * MESSAGES)]
    town.start()
    return Company(town, bodies)


if __name__ == "__main__":
    record("cost", measure())
