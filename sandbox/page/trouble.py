"""What goes wrong on purpose: each fault begins, is counted while it lasts, and ends by the company's clock."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.page import processes
from sandbox.town import Town

LOOK_S = 0.5
MANY = 100_000
UNREACHABLE = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """`hours` of the company's clock, 0: until it is switched off. Without `end` it is done in a moment."""

    name: str
    title: str
    does: str
    begin: Callable[[Town], object]
    end: Callable[[Town], object] | None = None
    hours: int = 0
    hits: Callable[[Town], int] = lambda town: 0


@dataclass(slots=True)
class Live:
    until: datetime | None
    before: int


def _busy_slack(town: Town) -> None:
    town.site.faults.add("*", "ratelimited", times=30, retry_after=2)


def _refused_by_slack(town: Town) -> int:
    return sum(1 for call in town.site.journal.calls() if call.error == "ratelimited")


def _double(town: Town, on: bool) -> None:
    town.site.faults.duplicate_events = on
    if town.outbound is not None:
        town.outbound.twice = on


def _reorder(town: Town, on: bool) -> None:
    town.site.faults.reorder_events = on


def _lose_replies(town: Town) -> None:
    """Done, but nobody hears of it: the next calls to each system."""
    town.site.faults.add("chat.update", "lost_reply")
    town.salesforce.fault("hang_up", 2)
    town.books.fault("hang_up", 2)
    town.mail.drop_reply()


def _failed(town: Town) -> int:
    return sum(1 for served in list(town.salesforce.served) if served.status >= UNREACHABLE)


FAULTS = (
    Fault("slack_busy", "Slack says: slow down", "Answers 429 to the next 30 calls, with Retry-After.",
          _busy_slack, lambda town: town.site.faults.clear(), 1, _refused_by_slack),
    Fault("salesforce_down", "Salesforce is down", "Answers 503 to everything for three hours. What is owed waits.",
          lambda town: town.salesforce.fault("busy", MANY), lambda town: town.salesforce.mend(), 3, _failed),
    Fault("mail_down", "Mail is down", "The mail server takes nothing for an hour; signers get theirs afterwards.",
          lambda town: town.mail.busy(MANY), lambda town: town.mail.mend(), 1, lambda town: town.mail.turned_away),
    Fault("books_down", "The books are down", "Answers 503 for an hour. Winning the deal does not wait for them.",
          lambda town: town.books.fault("busy", MANY), lambda town: town.books.mend(), 1),
    Fault("doubled", "Everything arrives twice", "Slack's events and Salesforce's messages are delivered twice.",
          lambda town: _double(town, True), lambda town: _double(town, False)),
    Fault("shuffled", "Events overtake each other", "Slack's events arrive out of order.",
          lambda town: _reorder(town, True), lambda town: _reorder(town, False)),
    Fault("lost_replies", "Replies get lost", "The next calls are carried out, but the answer never arrives.",
          _lose_replies),
    Fault("worker_killed", "Kill a worker", "kill -9, in the middle of whatever it does. It comes back by itself.",
          processes.kill_worker),
    Fault("queue_flushed", "Flush Redis", "Everything in the queue is gone. The ledger remembers.",
          processes.flush_queue),
)  # fmt: skip
BY_NAME = {fault.name: fault for fault in FAULTS}


class Trouble:
    def __init__(self, town: Town) -> None:
        self._town = town
        self._live: dict[str, Live] = {}
        self._past: dict[str, str] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="trouble", daemon=True).start()

    def begin(self, name: str) -> None:
        """LookupError: there is no such fault, or nothing to do it to."""
        fault = BY_NAME[name]
        now = self._town.clock.now()
        with self._lock:
            if name in self._live:
                return
            before = fault.hits(self._town)
            fault.begin(self._town)
            if fault.end is None:
                self._past[name] = f"Done at {now:%H:%M}."
            else:
                self._live[name] = Live(now + timedelta(hours=fault.hours) if fault.hours else None, before)
                self._past.pop(name, None)

    def end(self, name: str) -> None:
        fault = BY_NAME[name]
        with self._lock:
            live = self._live.pop(name, None)
            if live is None or fault.end is None:
                return
            fault.end(self._town)
            met = fault.hits(self._town) - live.before
            said = f"{met} calls were refused meanwhile." if met else "Nothing was refused meanwhile."
            self._past[name] = f"Over since {self._town.clock.now():%H:%M}. {said}"

    def told(self) -> list[dict[str, Any]]:
        return [self._told(fault) for fault in FAULTS]

    def close(self) -> None:
        self._closed.set()

    def _told(self, fault: Fault) -> dict[str, Any]:
        live = self._live.get(fault.name)
        told: dict[str, Any] = {"name": fault.name, "title": fault.title, "does": fault.does}
        told |= {"live": live is not None, "moment": fault.end is None, "past": self._past.get(fault.name, "")}
        if live is not None:
            told["met"] = fault.hits(self._town) - live.before
            told["until"] = live.until.isoformat(timespec="minutes") if live.until else ""
        return told

    def _run(self) -> None:
        while not self._closed.wait(LOOK_S):
            now = self._town.clock.now()
            for name, live in list(self._live.items()):
                if live.until is not None and now >= live.until:
                    self.end(name)
