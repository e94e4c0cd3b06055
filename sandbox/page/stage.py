"""The company that the page shows: opened, reset, and set into a situation, one thing at a time."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.page.known import Known
from sandbox.page.others import Others
from sandbox.page.tour import Tour
from sandbox.page.trouble import Trouble
from sandbox.salesforce.seed import TWO_YEARS
from sandbox.town import NotReady, Town
from sandbox.walk import Walk

READY, OPENING, FAILED = "ready", "opening", "failed"


class Stage:
    """`folder` is emptied at each reset. `port` is Countersign's. `pokes` counts the acts, so that who looks, looks."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder, self._port = folder, port
        self._busy = threading.Lock()
        self.state, self.note, self.scene = OPENING, "Opening the company", ""
        self.read: dict[str, dict[str, str]] = {}
        self.pokes = 0
        self._set(self._fresh())

    def told(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "note": self.note,
            "scene": self.scene,
            "countersign": self.town.url,
            "others": self.others.on,
        }

    def open(self) -> None:
        """Raises NotReady."""
        self._open(None)

    def close(self) -> None:
        self.others.stop()
        self.trouble.close()
        self.town.close()

    def reset(self, scene: str = "", play: Callable[[Walk], None] | None = None) -> bool:
        """From the first morning, in the background; False when it is already being set."""
        if not self._busy.acquire(blocking=False):
            return False
        self.state, self.note, self.scene = OPENING, "Closing the company", scene
        threading.Thread(target=self._reset, args=(play,), daemon=True).start()
        return True

    def _reset(self, play: Callable[[Walk], None] | None) -> None:
        try:
            self.close()
            self.read = {}
            self._set(self._fresh())
            self.note = "Opening the company"
            self._open(play)
        except (NotReady, TimeoutError, LookupError, PermissionError, ValueError) as problem:
            self.state, self.note = FAILED, str(problem)
        finally:
            self._busy.release()

    def _open(self, play: Callable[[Walk], None] | None) -> None:
        self.town.open()
        self.town.start()
        self.town.import_history()
        if play is not None:
            self.note = "Preparing the situation"
            play(Walk(self.town, self._hear))
        self._ready()

    def _hear(self, who: str, what: str) -> None:
        line = what.splitlines()[0] if what else ""
        self.note = f"{who}: {line}"[:120]

    def _ready(self) -> None:
        self.state, self.note = READY, ""

    def _fresh(self) -> Town:
        shutil.rmtree(self._folder, ignore_errors=True)
        return Town(self._folder.resolve(), port=self._port, past=TWO_YEARS)

    def _set(self, town: Town) -> None:
        self.town = town
        self.known = Known(town.site)
        self.trouble = Trouble(town)
        self.tour = Tour(town)
        self.others = Others(town)
