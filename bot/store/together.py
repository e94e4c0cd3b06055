"""Group commit: who would wait for the database's turn gives the work to the one who has it, and one wait for the disk
serves all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

MOST = 32  # works of one transaction: another process waits as long as they take


@dataclass(eq=False, slots=True)
class Job:
    """`with job:` keeps what goes wrong as this job's `problem`, which its caller is told instead of an answer."""

    work: Callable[[Any], Any]
    lasting: bool
    answer: Any = None
    problem: BaseException | None = None
    done: bool = False
    woken: Event = field(default_factory=Event)

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> bool:
        self.problem = problem
        return isinstance(problem, Exception)


class Together:
    """`carry_out` does some jobs in one transaction. It keeps what goes wrong with one of them in that job, and raises
    what goes wrong with all of them."""

    def __init__(self, carry_out: Callable[[Sequence[Job]], None]) -> None:
        self._carry_out = carry_out
        self._mutex = Lock()
        self._waiting: list[Job] = []
        self._led = False

    def run(self, work: Callable[[Any], Any], lasting: bool) -> Any:
        """Its answer, once it is committed. Raises its problem, or that of the commit."""
        job = Job(work, lasting)
        if not self._leads(job):
            job.woken.wait()
        if not job.done:
            self._lead()
        if job.problem is not None:
            raise job.problem
        return job.answer

    def _leads(self, job: Job) -> bool:
        with self._mutex:
            self._waiting.append(job)
            first, self._led = not self._led, True
        return first

    def _lead(self) -> None:
        """For all that wait by now, the leader's own first; of those that came meanwhile the first leads next."""
        with self._mutex:
            jobs, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            self._carry_out(jobs)
        except BaseException as problem:
            for job in jobs:
                job.problem = job.problem or problem
            raise
        finally:
            self._hand_over(jobs)

    def _hand_over(self, jobs: list[Job]) -> None:
        with self._mutex:
            after = self._waiting[:1]
            self._led = bool(after)
        for job in jobs:
            job.done = True
        for job in after + jobs:
            job.woken.set()
