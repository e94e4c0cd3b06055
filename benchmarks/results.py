"""benchmarks/results.json: what was measured, when, on what kind of machine, with which versions."""

import json
import os
import platform
import sqlite3
import sys
import timeit
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

FILE = Path(__file__).parent / "results.json"
PARTS = ("dbos", "fastapi", "psycopg", "rq", "slack_bolt", "sqlalchemy", "uvicorn")
Numbers = tuple[list[float], float]  # milliseconds of each, and seconds of all


def summary(each_ms: list[float], seconds: float) -> dict[str, float]:
    ordered = sorted(each_ms)
    return {
        "number": len(ordered),
        "p50_ms": round(median(ordered), 3),
        "p95_ms": round(at(ordered, 0.95), 3),
        "p99_ms": round(at(ordered, 0.99), 3),
        "per_second": round(len(ordered) / seconds, 1),
    }


def at(ordered: list[float], share: float) -> float:
    """The value that this share does not exceed."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def record(name: str, found: dict[str, Any]) -> None:
    every, on = read(), datetime.now(UTC).date().isoformat()
    every[name] = {"found": found, "on": on, "machine": machine(), "yardstick_ms": yardstick(), "parts": parts()}
    FILE.write_text(json.dumps(every, indent=2, sort_keys=True) + "\n")
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")


def read() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text())) if FILE.exists() else {}


def found(name: str) -> dict[str, Any] | None:
    """What was measured last; none when it never was."""
    kept = read().get(name)
    return dict(kept["found"]) if kept else None


def yardstick() -> float:
    """Milliseconds that two million additions take, at best of five: on a machine that is lent, no day is like
    another."""
    seconds = timeit.repeat("for n in range(2_000_000): total += n * n", "total = 0", repeat=5, number=1)
    return round(min(seconds) * 1000, 1)


def worth(name: str) -> str:
    """What the machine was worth on the day of that measurement; empty when it was not asked."""
    kept = read().get(name, {})
    return f"{kept['on']}, yardstick {kept['yardstick_ms']} ms" if "yardstick_ms" in kept else ""


def machine() -> str:
    """In general words."""
    return f"{os.cpu_count()} shared virtual processors, {platform.system()}, other work on it at the same time"


def parts() -> dict[str, str]:
    found = {name: version(name) for name in PARTS}
    return {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, **found}
