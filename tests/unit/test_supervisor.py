"""The queue server and the processes under the supervisor, on a folder of their own."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq.job import Job
from rq.serializers import JSONSerializer

from bot import wiring
from jobs import clock_loop, queue_server
from jobs.doorbell import TOGETHER, Doorbell, connect
from jobs.office import Election
from jobs.queue_server import CannotStart, answers, socket_path, start_queue, stop_queue
from jobs.supervisor import procfile, times, up
from tests.store.desk import opened

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "run"
    stop_queue(tmp_path / "run")


def wait_for(happened: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        threading.Event().wait(0.02)


def server_id(path: Path) -> int:
    with connect(str(path)) as client:
        return int(client.info("server")["process_id"])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_queue_server_listens_on_a_private_socket_only(run_dir: Path) -> None:
    path = start_queue(run_dir)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    with connect(str(path)) as client:
        asked = {
            "port": "0",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }
        assert asked | {"save": ""} == {k: client.config_get(k)[k] for k in (*asked, "save")}


def test_a_live_server_is_adopted_and_a_killed_one_is_started_again_with_what_it_held(run_dir: Path) -> None:
    path = start_queue(run_dir)
    first = server_id(path)
    assert start_queue(run_dir) == path
    assert server_id(path) == first
    with connect(str(path)) as client:
        client.set("kept", "yes")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: not answers(path))
    assert server_id(start_queue(run_dir)) != first
    with connect(str(path)) as client:
        assert client.get("kept") == b"yes"


@pytest.mark.slow
def test_no_second_server_is_started_on_the_files_of_one_that_hangs(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start_queue(run_dir)
    hanging = server_id(path)
    monkeypatch.setattr(queue_server, "START_S", 0.1)
    os.kill(hanging, signal.SIGSTOP)
    try:
        with pytest.raises(CannotStart, match="does not answer"):
            start_queue(run_dir)
    finally:
        os.kill(hanging, signal.SIGCONT)
    wait_for(lambda: answers(path))
    assert server_id(path) == hanging


def test_stopping_is_clean_and_may_be_repeated(run_dir: Path) -> None:
    path = start_queue(run_dir)
    stop_queue(run_dir)
    assert not answers(path)
    stop_queue(run_dir)


def test_a_folder_too_deep_for_a_socket_gets_a_short_path_that_is_remembered(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    path = socket_path(deep)
    assert len(os.fsencode(path)) <= queue_server.LONGEST_SOCKET_PATH
    assert socket_path(deep) == path
    path.parent.chmod(0o777)
    other = socket_path(deep)
    assert other != path
    for made in (path, other):
        made.parent.rmdir()


def test_a_ring_is_one_small_json_job_on_the_queue(run_dir: Path) -> None:
    address = str(start_queue(run_dir))
    bell = Doorbell(address)
    assert bell.ring("deal:1")
    with Redis(unix_socket_path=address) as client:
        [job_id] = bell.queue.job_ids
        job = Job.fetch(job_id, connection=client, serializer=JSONSerializer)
        assert (job.func_name, job.args, job.result_ttl) == ("jobs.worker.poke", ["deal:1"], 0)
        assert job.retries_left == 1
    bell.queue.connection.close()


def test_who_is_rung_for_together_comes_in_few_jobs_and_nobody_is_left_out(run_dir: Path) -> None:
    bell = Doorbell(str(start_queue(run_dir)))
    streams = [f"deal:{n}" for n in range(TOGETHER + 1)]
    assert bell.ring(*streams)
    assert [job.args for job in bell.queue.jobs] == [streams[:TOGETHER], streams[TOGETHER:]]
    bell.queue.connection.close()


def test_a_ring_that_nobody_hears_is_counted_and_never_raises(tmp_path: Path) -> None:
    bell = Doorbell(str(tmp_path / "nobody.sock"))
    assert not bell.ring("deal:1")
    assert bell.missed == 1


def test_a_stream_that_stays_due_is_rung_ever_less_often_and_a_fresh_one_at_once() -> None:
    patience = clock_loop.Patience()
    heard = [at for at in range(40) if patience.choose(["deal:1"], float(at))]
    assert heard == [0, 2, 6, 14, 30]
    assert patience.choose([], 40.0) == []
    assert patience.choose(["deal:1", "deal:1"], 40.5) == ["deal:1"]


@pytest.mark.slow
def test_one_clock_rings_and_the_next_takes_over(tmp_path: Path) -> None:
    rung: list[str] = []
    stops = [threading.Event(), threading.Event()]
    store = opened(f"sqlite:///{tmp_path / 'countersign.db'}")
    system = wiring.system_clock().now
    clocks = [
        threading.Thread(
            target=clock_loop.run, args=(lambda n=name: [n], rung.append, stop, Election(store, system, name))
        )
        for name, stop in zip("ab", stops, strict=True)
    ]
    for clock in clocks:
        clock.start()
        wait_for(lambda: rung)
    assert set(rung) == {"a"}
    stops[0].set()
    wait_for(lambda: "b" in rung)
    stops[1].set()
    for clock in clocks:
        clock.join(5)
        assert not clock.is_alive()


def test_the_procfile_names_the_processes() -> None:
    assert list(procfile((ROOT / "Procfile").read_text())) == ["release", "web", "worker", "worker-long", "clock"]
    assert procfile("# why\n\nweb: countersign web --port 1:2\n") == {"web": "countersign web --port 1:2"}


def test_there_may_be_many_workers() -> None:
    commands = {"web": "countersign web", "worker": "countersign worker deals"}
    assert times(commands, "worker", 1) == commands
    assert list(times(commands, "worker", 3)) == ["web", "worker-1", "worker-2", "worker-3"]


def test_up_restarts_what_dies_keeps_logs_and_leaves_nothing_behind(run_dir: Path) -> None:
    stop = threading.Event()
    said: list[str] = []

    def hear(line: str) -> None:
        said.append(line)
        if sum("born" in line for line in said if line.startswith("dies")) == 2 and any(
            line.startswith("stays") for line in said
        ):
            stop.set()

    hello = "import os; print('born', os.getpid(), flush=True)"
    commands = {
        "stays": f'python -c "{hello}; import threading; threading.Event().wait()"',
        "dies": f'python -c "{hello}; raise SystemExit(3)"',
    }
    up(commands, run_dir, stop, hear)
    assert not answers(socket_path(run_dir))
    assert not any(alive(int(line.split()[-1])) for line in said if "born" in line)
    log = (run_dir / "log" / "dies.log").read_text().splitlines()
    assert len(log) >= 2
    assert all(line.startswith("born") for line in log)


def test_a_second_up_on_the_same_folder_is_refused(run_dir: Path) -> None:
    with (
        queue_server.exclusive(run_dir / "up.lock"),
        pytest.raises(CannotStart, match="running already"),
    ):
        up({}, run_dir, threading.Event(), embedded=False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_children_die_with_a_supervisor_that_is_killed(run_dir: Path) -> None:
    program = (
        "import sys, threading; from pathlib import Path; from jobs.supervisor import up;"
        "up({'child': sys.argv[2]}, Path(sys.argv[1]), threading.Event(), embedded=False)"
    )
    child = 'python -c "import os, threading; print(os.getpid(), flush=True); threading.Event().wait()"'
    log = run_dir / "log" / "child.log"
    with subprocess.Popen([sys.executable, "-c", program, str(run_dir), child], cwd=ROOT) as supervisor:
        wait_for(lambda: log.exists() and log.read_text().strip())
        pid = int(log.read_text().split()[-1])
        supervisor.kill()
    wait_for(lambda: not running(pid))


def running(pid: int) -> bool:
    """A zombie that nobody reaps yet does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_hostile_file_where_the_socket_should_be_is_no_server(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "queue.sock"))
    assert not answers(tmp_path / "queue.sock")
