"""A queue that somebody else writes to runs nothing but our own two functions."""

import pytest
from redis import Redis
from rq import Callback
from rq.serializers import JSONSerializer

from jobs.doorbell import JOBS
from jobs.poke_job import NotOurs, PokeJob

NOWHERE = Redis(host="127.0.0.1", port=1)


def job(function: str) -> PokeJob:
    made = PokeJob.create(
        function, args=("deal:x",), connection=NOWHERE, serializer=JSONSerializer, on_success=Callback("os.system")
    )
    assert isinstance(made, PokeJob)
    return made


@pytest.mark.parametrize("function", sorted(JOBS.values()))
def test_a_poke_is_found(function: str) -> None:
    assert job(function).func.__module__ == "jobs.worker"


@pytest.mark.attack(33)
@pytest.mark.parametrize("function", ["os.system", "jobs.worker.run", "builtins.eval", "", "jobs.worker.poke.__call__"])
def test_nothing_else_is(function: str) -> None:
    with pytest.raises(NotOurs):
        _ = job(function).func


@pytest.mark.attack(33)
def test_no_callback_is_called() -> None:
    made = job("jobs.worker.poke")
    assert (made.success_callback, made.failure_callback, made.stopped_callback) == (None, None, None)
