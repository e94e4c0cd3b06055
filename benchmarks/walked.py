"""How long people wait for Countersign: whole deals, each stage from what a person did to what a person sees.

`python -m benchmarks.walked` (some minutes; each deal has a company and processes of its own)
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.office import everybody_known, opened
from benchmarks.results import record, summary
from sandbox.salesforce import seed
from sandbox.slack.entities import Message
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import CLARA, HENRIK, JONAS, NOOR, PRIYA, SHARED, TOTAL, YES, Walk

DEALS = 10
PATIENCE_S = 60


@dataclass
class Watch:
    """`ms` by stage, over the deals. Every stage is counted from the act before it."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    began: float = 0.0

    def after(self, act: Callable[[], object]) -> None:
        act()
        self.began = time.perf_counter()

    def seen(self, stage: str, look: Callable[[], object]) -> None:
        look()
        self.ms.setdefault(stage, []).append((time.perf_counter() - self.began) * 1000)


def measure() -> dict[str, Any]:
    watch = Watch()
    for _ in range(DEALS):
        with opened(Town) as town:
            town.start()
            _deal(Walk(town, reading_s=0), watch)
    return {stage: summary(ms, sum(ms) / 1000) for stage, ms in watch.ms.items()}


def _deal(walk: Walk, watch: Watch) -> None:
    _said_yes(walk, watch)
    _approved(walk, watch)
    _signed(walk, watch)


def _said_yes(walk: Walk, watch: Watch) -> None:
    everybody_known(walk.town)
    watch.after(lambda: seed.negotiate(walk.town.org))
    watch.seen("Salesforce's message to the deal's card", walk.card)
    walk.introduction()
    walk.promise()
    watch.after(lambda: walk.people.say(CLARA, SHARED, YES))
    watch.seen("yes to signal card", walk.signal)
    watch.seen("yes to package in the thread", lambda: until(lambda: _package(walk), PATIENCE_S, "the package's files"))
    walk.request(JONAS, "approval.reject")
    watch.seen("yes to both approvers' requests", lambda: walk.request(PRIYA, "approval.approve"))


def _approved(walk: Walk, watch: Watch) -> None:
    walk.reject()
    watch.after(walk.reprice)
    walk.asked(JONAS, TOTAL)
    watch.seen("new price in Salesforce to both approvers' requests", lambda: walk.asked(PRIYA, TOTAL))
    watch.after(walk.approve)
    watch.seen("last approval to Review and send", walk.ready)


def _signed(walk: Walk, watch: Watch) -> None:
    watch.after(walk.send)
    address = walk.town.site.world.users[CLARA].email
    watch.seen("Send to the signer's mail", lambda: walk.town.mail.wait_for(address, timeout=PATIENCE_S))
    walk.sign(CLARA)
    walk.sign(HENRIK)
    watch.after(walk.sign_for_us)
    watch.seen("last signature to Closed Won", walk.won)
    watch.seen("last signature to the handoff's offer", lambda: walk.request(NOOR, "handoff.accept"))
    watch.seen("last signature to all four books", walk.in_books)


def _package(walk: Walk) -> Message | None:
    return next((message for message in walk.thread() if message.files), None)


if __name__ == "__main__":
    record("walked", measure())
