"""What Slack does by and by: work in order of its time, done by one thread."""

import heapq
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.slack import system_time


@dataclass(order=True, slots=True)
class Task:
    due: float
    number: int
    work: Callable[[], None] = field(compare=False)


class Queue:
    def __init__(self) -> None:
        self._tasks: list[Task] = []
        self._changed = threading.Condition()
        self._busy = False
        self._running = False
        self._numbers = 0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._running = True
        self._thread = threading.Thread(target=self._run, name="slack-deliveries", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._running = False
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def add(self, seconds: float, work: Callable[[], None]) -> None:
        with self._changed:
            self._numbers += 1
            heapq.heappush(self._tasks, Task(system_time.ticks() + seconds, self._numbers, work))
            self._changed.notify_all()

    def idle(self, timeout: float) -> None:
        """Until nothing is under way and nothing falls due before the time is over."""
        end = system_time.ticks() + timeout
        with self._changed:
            while self._busy or (self._tasks and self._tasks[0].due <= end):
                if (left := end - system_time.ticks()) <= 0:
                    raise TimeoutError(f"{len(self._tasks)} deliveries are still under way after {timeout} s")
                self._changed.wait(left)

    def _run(self) -> None:
        while (task := self._next()) is not None:
            try:
                task.work()
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

    def _next(self) -> Task | None:
        with self._changed:
            while self._running:
                now = system_time.ticks()
                if self._tasks and self._tasks[0].due <= now:
                    self._busy = True
                    return heapq.heappop(self._tasks)
                self._changed.wait(self._tasks[0].due - now if self._tasks else None)
            return None
