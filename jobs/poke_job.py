"""What the queue may ask for: whoever can write to it gets nothing run but a poke."""

from collections.abc import Callable
from typing import Any

from rq.job import Job

from jobs.doorbell import JOBS

OURS = frozenset(JOBS.values())


class NotOurs(Exception):
    """Somebody else's job, or none."""


class PokeJob(Job):
    """RQ looks up by name whatever a job names, its callbacks too; here only our own two functions are found."""

    @property
    def func(self) -> Callable[..., Any]:
        if self.func_name not in OURS or self.instance is not None:
            raise NotOurs(self.func_name)
        found: Callable[..., Any] = super().func
        return found

    @property
    def success_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None
