"""The playbook's files as they lie in a folder."""

from collections.abc import Mapping
from pathlib import Path

TEXTS = (".yaml", ".csv", ".md")


def texts(folder: Path) -> dict[str, str]:
    """Every file of the playbook, by its path in it."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in TEXTS and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def templates(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    made: dict[str, dict[str, str]] = {}
    for name, text in files.items():
        parts = name.split("/")
        if parts[0] == "templates" and len(parts) == 3:
            made.setdefault(parts[1], {})[parts[2]] = text
    return made
