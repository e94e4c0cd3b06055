"""What goes wrong on purpose, by method, a given number of times."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Fault:
    """`kind`: ratelimited, http_500, lost_reply (done, but the connection is dropped), slow, half or html (done, but
    the answer is cut off, or a login page), or a Slack error word. `retry_after` is sent as it stands. `after` calls
    go well first."""

    method: str
    kind: str
    times: int = 1
    retry_after: int | str = 1
    seconds: float = 1.0
    after: int = 0


@dataclass(slots=True)
class Faults:
    duplicate_events: bool = False
    reorder_events: bool = False
    queue: list[Fault] = field(default_factory=list)

    def add(self, method: str, kind: str, times: int = 1, **how: Any) -> None:
        """`method` may be `*`; `how` is the rest of a Fault."""
        self.queue.append(Fault(method, kind, times, **how))

    def take(self, method: str) -> Fault | None:
        for fault in self.queue:
            if fault.method in (method, "*"):
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self.queue.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self.queue.clear()
        self.duplicate_events = self.reorder_events = False
