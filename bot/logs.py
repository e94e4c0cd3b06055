"""Logs as JSON, a line each: ids and codes. What a library says in its own words is left out: it may quote anything."""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

OURS = ("bot", "jobs", "integrations")
SAID = frozenset({"effect", "code", "wait_s", "stream", "reference"})  # what a line of ours may carry beside its words
LONGEST = 500
SHORTEST_SECRET = 8
HIDDEN = "[hidden]"
# What looks like a secret or names somebody: Slack's and Stripe's tokens, JWTs, credentials in an address, mail
# addresses, personal links, signatures and keys.
LOOKS_SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|\b(?:sk|rk|pk)_(?:live|test)_\w+|whsec_\w+|eyJ[\w-]{8,}(?:\.[\w-]*){1,2}"
    r"|(?i:bearer|basic)\s+[\w.+/=~-]{8,}|(?<=://)[^/\s@]+@|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=/p/)[\w.~-]+"
    r"|v0=[0-9a-f]{32,}|\b[0-9a-f]{64}\b"
)


class JsonLines(logging.Formatter):
    """`secrets` are the values of the settings that must never be seen; `process` is this one's role."""

    def __init__(self, process: str, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._process = process
        known = sorted({s for s in secrets if len(s) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "pid": record.process,
            "logger": record.name,
        }
        told |= self._words(record)
        if record.exc_info and record.exc_info[0] is not None:
            told |= _raised(record.exc_info[0], record.exc_info[2])
        return json.dumps(told, ensure_ascii=True)

    def hide(self, text: str) -> str:
        known = self._known.sub(HIDDEN, text) if self._known else text
        return LOOKS_SECRET.sub(HIDDEN, known)[:LONGEST]

    def _words(self, record: logging.LogRecord) -> dict[str, Any]:
        if record.name.partition(".")[0] in OURS:
            extra = {name: value for name, value in record.__dict__.items() if name in SAID}
            return {"said": self.hide(record.getMessage()), **{n: self._plain(v) for n, v in extra.items()}}
        where = {"at_line": f"{Path(record.pathname).name}:{record.lineno}"}
        return where | ({"said": self.hide(str(record.msg))} if record.args else {})

    def _plain(self, value: object) -> object:
        return value if isinstance(value, int | float | None) else self.hide(str(value))


def begin(level: str, process: str, secrets: Iterable[str] = ()) -> None:
    """To standard error; the supervisor keeps it. Libraries are heard from warnings on. What nobody catches is a line
    like any other, and not a traceback with the values in it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process, secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _lost(told.exc_type, told.exc_value, told.exc_traceback)


def secrets_of(settings: Mapping[str, object]) -> list[str]:
    """The values that hide themselves when they are printed."""
    hidden = (getattr(value, "get_secret_value", None) for value in settings.values())
    return [str(reveal()) for reveal in hidden if reveal is not None]


def _raised(kind: type[BaseException], trace: TracebackType | None) -> dict[str, Any]:
    """Its class and its way; its words may be anybody's."""
    way = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]
    return {"raised": kind.__name__, "way": way[-12:]}


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _lost(kind, error, trace)


def _lost(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None:
        logging.getLogger("bot").critical("nobody caught this", exc_info=(kind, error, trace))
