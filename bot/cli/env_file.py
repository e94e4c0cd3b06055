"""`.env` as `install` writes it: for its owner's eyes alone, never half written, the former one kept beside it."""

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from dotenv import dotenv_values

NAME = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)
OURS_ALONE = 0o600
HEAD = "# Written by `countersign install`. It holds secrets: keep it from others, and STORE_KEYS also elsewhere.\n"


class Unwritable(ValueError):
    """Names the variable, never its value."""


def read(path: Path) -> dict[str, str]:
    """NAME=value lines; empty when there is no such file."""
    if not path.exists():
        return {}
    return {name: value for name, value in dotenv_values(path, interpolate=False).items() if value}


def write(path: Path, values: Mapping[str, str], now: datetime) -> Path | None:
    """Whole or not at all. The backup of what was there, or None. Raises Unwritable."""
    text = HEAD + "".join(_line(name, value) for name, value in values.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = _backup(path, now)
    fresh = path.with_name(f"{path.name}.new")
    _put(fresh, text.encode())
    fresh.replace(path)
    return kept


def _backup(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}")
    _put(kept, path.read_bytes())
    return kept


def _put(path: Path, body: bytes) -> None:
    """Never readable for others, not for a moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _line(name: str, value: str) -> str:
    """In single quotes, in which nothing is put in place of anything."""
    if not NAME.fullmatch(name) or not value.isprintable():
        raise Unwritable(f"{name} cannot be kept in a line of .env")
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'\n"
