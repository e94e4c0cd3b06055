"""`countersign backup` and `countersign restore`: the whole store in one file, from either engine into either."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress, track

from bot import wiring
from bot.cli import archive
from bot.cli.options import Json
from bot.store import copying, migrating, schema
from bot.store.errors import Damaged, WrongKey

FAILED = 1
MISUSED = 2
err = Console(stderr=True)
REFUSALS = (archive.BadArchive, copying.OfAnotherSchema, Damaged, WrongKey)


def backup(
    out: Annotated[Path, typer.Option("--out", help="the file to write")],
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
    as_json: Json = False,
) -> None:
    """Writes every table, file and anchor as they are at one moment; all may go on meanwhile.

    No key and no password is in it: keep STORE_KEYS and the sealing key (SEAL_DIR) elsewhere.
    """
    if out.exists() and not force:
        _refuse(f"{out} is there already: choose another name, or say --force")
    of = wiring.stored()
    store = wiring.store(of)
    folders = {"files": of.files_dir, "anchors": of.anchor_dir}
    began = wiring.system_clock().now()
    made_at = began.isoformat(timespec="seconds")
    manifest = archive.Manifest(schema_revision=schema.wanted(), engine=store.engine.name, made_at=made_at)
    with store.engine.reading() as sql, archive.writing(out, manifest) as writing, Progress(console=err) as shown:
        for name in shown.track(copying.TABLES, description="tables"):
            writing.put(f"tables/{name}.jsonl", copying.rows(sql, name))
        for top, folder in folders.items():
            paths = [p for p in _files(folder) if top == "files" or _older(p, began)]
            for path in shown.track(paths, description=top):
                writing.put(f"{top}/{path.relative_to(folder).as_posix()}", _chunks(path))
    store.close()
    size = out.stat().st_size
    line = f"{out}: {len(manifest.members)} parts, {size / 1e6:.1f} MB"
    _print(archive.told(manifest, {"bytes": size}) if as_json else line)


def restore(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="throw away what the store holds")] = False,
    as_json: Json = False,
) -> None:
    """Reads a backup into an empty store and proves that the record is whole. Stop all processes before.

    Killed or refused in the middle, nothing of it is in the database.
    """
    of = wiring.stored()
    engine = wiring.engine(of)
    migrating.migrate(engine)
    try:
        with archive.reading(file) as found:
            copying.same_schema(found.manifest.schema_revision)
            tables = {f"tables/{name}.jsonl": name for name in copying.TABLES}
            _put_back(found, {"files": of.files_dir, "anchors": of.anchor_dir})
            with engine.writing() as sql:
                lines = {name: found.lines(member) for member, name in tables.items() if member in _members(found)}
                report = copying.fill(sql, wiring.keyring(of), lines, force)
    except copying.NotEmpty:
        _refuse("the store is not empty: name another DATABASE_URL, or say --force to throw away what it holds")
    except REFUSALS as no:
        err.print(f"{file} was not restored: {no}", markup=False)
        raise typer.Exit(FAILED) from None
    finally:
        engine.close()
    counts = {"streams": report.streams, "facts": report.facts}
    whole = f"{report.streams} streams, {report.facts} facts restored: every chain is whole"
    _print(archive.told(found.manifest, counts) if as_json else whole)


def _members(found: archive.Reading) -> frozenset[str]:
    return frozenset(found.manifest.members)


def _put_back(found: archive.Reading, folders: dict[str, Path]) -> None:
    """Checks all that was written down before anything is written."""
    paths = {name: folder / path for top, folder in folders.items() for name, path in found.under(top).items()}
    for _ in track(found.check(), "reading", len(found.manifest.members), console=err, transient=True):
        pass
    for name, path in track(paths.items(), "files", console=err, transient=True):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".new-{path.name}")
        with part.open("wb") as written:
            part.chmod(0o600)
            written.writelines(found.chunks(name))
        part.replace(path)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".new-"))


def _older(path: Path, began: datetime) -> bool:
    """An anchor made meanwhile saw facts that are not in the copy."""
    return path.stat().st_mtime <= began.timestamp()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(archive.CHUNK):
            yield chunk


def _refuse(why: str) -> NoReturn:
    err.print(why, markup=False)
    raise typer.Exit(MISUSED)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
