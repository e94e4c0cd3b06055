"""The administrator's shell on a store of the tests, with the keys that a test gives it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.store.desk import KEY

ROOT = Path(__file__).parents[2]
K1 = f"k1:{KEY.hex()}"


@dataclass(frozen=True)
class Shell:
    """`folder` holds the files and the anchors."""

    url: str
    folder: Path
    keys: str = K1

    @property
    def anchors(self) -> Path:
        return self.folder / "anchors"

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        told = {"DATABASE_URL": self.url, "STORE_KEYS": self.keys, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        told |= {"FILES_DIR": str(self.folder / "files"), "ANCHOR_DIR": str(self.anchors), "COLUMNS": "200"}
        line = [sys.executable, "-c", "from bot.cli.main import main; main()", *words]
        return subprocess.run(line, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=60)

    def does(self, *words: str) -> str:
        """What must succeed; its output."""
        ran = self.run(*words)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout
