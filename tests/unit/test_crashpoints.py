"""A crash point does nothing until it is armed; armed, it counts on over restarts, and kills at its number."""

import signal
import subprocess
import sys
from pathlib import Path

from bot.crashpoints import crashpoint

PROGRAM = """
import sys
from pathlib import Path
from bot.crashpoints import arm, crashpoint
arm(Path(sys.argv[1]))
for _ in range(3):
    crashpoint("call.done")
"""


def run(folder: Path) -> int:
    return subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], check=False, timeout=30).returncode


def test_unarmed_it_does_nothing() -> None:
    crashpoint("call.done")


def test_it_kills_at_its_number_and_counts_on_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("call.done 2\ncall.done 4\ncall.before 1\n")
    assert run(tmp_path) == -signal.SIGKILL
    assert run(tmp_path) == -signal.SIGKILL
    assert run(tmp_path) == 0
    passed = (tmp_path / "passed").read_text().splitlines()
    assert passed == [f"call.done {number}" for number in range(1, 8)]
