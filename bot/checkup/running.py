"""Runs checks all at once, each in a thread of its own; one that is late is itself a finding."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from time import monotonic

from integrations.finding import Finding, wrong

Heard = tuple["Check", Finding | None]


@dataclass(frozen=True, slots=True)
class Check:
    """`look` yields what it finds, as it finds it. Two checks have two names."""

    name: str
    look: Callable[[], Iterable[Finding]]


def run(checks: Iterable[Check], deadline_s: float) -> Iterator[Finding]:
    """Everything that was found, check by check as they were given; each has `deadline_s` seconds."""
    heard: Queue[Heard] = Queue()
    begun = list(checks)
    for check in begun:
        Thread(target=_one, args=(check, heard), daemon=True).start()
    found = _collected(begun, heard, deadline_s)
    for check in begun:
        yield from found[check.name]


def _collected(begun: list[Check], heard: Queue[Heard], deadline_s: float) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {check.name: [] for check in begun}
    left, end = {check.name for check in begun}, monotonic() + deadline_s
    while left:
        try:
            check, finding = heard.get(timeout=max(end - monotonic(), 0))
        except Empty:
            break
        if finding is None:
            left.discard(check.name)
        else:
            found[check.name].append(finding)
    for name in left:
        told = f"not done after {deadline_s:g} seconds: whoever was asked is slow or silent"
        found[name].append(wrong(name, told, "Look again with a longer --deadline; see whether it is up"))
    return found


def _one(check: Check, heard: Queue[Heard]) -> None:
    """A bug in a check ends that check alone; its thread prints it."""
    whole = False
    try:
        for finding in check.look():
            heard.put((check, finding))
        whole = True
    finally:
        if not whole:
            heard.put((check, wrong(check.name, "the check itself failed; see above", "Tell us, with what is above")))
        heard.put((check, None))
