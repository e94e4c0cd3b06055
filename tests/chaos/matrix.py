"""`make chaos`: every crash point at each of its first passes, and races with more seeds, on both engines.

`python -m tests.chaos.matrix --help`. The seed of each race is printed, and repeats the order of its kills.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tests import engines
from tests.chaos import shaking
from tests.chaos.invariants import INVARIANTS
from tests.chaos.shaking import Shaken
from tests.chaos.stages import STAGES, points
from tests.store.desk import opened

ENGINES = ("sqlite", "postgresql")
EXAMPLE = "Example: python -m tests.chaos.matrix --passes 2 --races 1 --engine sqlite"

Play = Callable[[Path, str], AbstractContextManager[Shaken]]


@dataclass
class Found:
    """`kills` are those that were carried out; `wrong` says which invariant did not hold, and why."""

    name: str
    engine: str
    kills: int = 0
    planned: int = 0
    wrong: list[str] = field(default_factory=list)


def rounds(passes: int) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """In round n every point is passed n times and then kills, as often as a deal passes it for certain. The points
    take turns in beginning with a late pass, so that the deaths of a round lie all over the deal."""
    for n in range(passes):
        yield (
            f"pass {n + 1} of {passes} of every point",
            {role: [f"{name} {1 + (n + at) % min(passes, least)}" for at, (name, least) in enumerate(points(role))]
             for role in STAGES},
        )  # fmt: skip


def played(name: str, engine: str, plans: dict[str, list[str]], play: Play, url: str) -> Found:
    found = Found(name, engine)
    with tempfile.TemporaryDirectory(prefix="countersign-chaos-") as folder:
        try:
            with play(Path(folder), url) as shaken:
                found.kills = sum(shaking.deaths(shaken[0]).values())
                found.planned = len({(r, line) for r, lines in plans.items() for line in lines}) or found.kills
                found.wrong += _broken(shaken)
        except (AssertionError, TimeoutError) as stuck:
            found.wrong.append(f"I6: {stuck}")
    if found.kills < found.planned:
        found.wrong.append(f"only {found.kills} of {found.planned} kills took place")
    return found


def _broken(shaken: Shaken) -> Iterator[str]:
    for name, holds in INVARIANTS.items():
        try:
            holds(*shaken)
        except AssertionError as broken:
            yield f"{name}: {broken}"


def run(
    passes: Annotated[int, typer.Option(help="How many passes of each point kill.")] = 6,
    races: Annotated[int, typer.Option(help="How many seeds race.")] = 3,
    seed: Annotated[int, typer.Option(help="The first of them.")] = 1,
    others: Annotated[int, typer.Option(help="How many deals race beside the first.")] = 12,
    engine: Annotated[list[str], typer.Option(help="sqlite or postgresql; both without it.")] = list(ENGINES),  # noqa: B006
) -> None:
    """Plays whole deals under kills and looks at every invariant; 1 when one does not hold."""
    console, found = Console(), []
    jobs = [job for name in engine for job in _jobs(name, passes, range(seed, seed + races), others)]
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(jobs))
        for name, on, plans, play in jobs:
            progress.update(task, description=f"{on}: {name}")
            with _database(on) as url:
                found.append(played(name, on, plans, play, url))
            progress.advance(task)
    console.print(_table(found))
    for one in found:
        for line in one.wrong:
            console.print(f"{one.engine}, {one.name}: {line}", markup=False)
    raise typer.Exit(1 if any(one.wrong for one in found) else 0)


Job = tuple[str, str, dict[str, list[str]], Play]


def _jobs(engine: str, passes: int, seeds: range, others: int) -> Iterator[Job]:
    for name, plans in rounds(passes):
        yield name, engine, plans, partial(shaking.killed_at, plans)
    for seed in seeds:
        yield f"race, seed {seed}", engine, {}, partial(shaking.raced, seed, others)


@contextmanager
def _database(engine: str) -> Iterator[str]:
    """The URL of an empty one; none for SQLite, whose file lies in the company's own folder."""
    if engine == "sqlite":
        yield ""
        return
    with engines.postgres(secrets.token_hex(4)) as server, engines.database(server.url) as url:
        opened(url).close()
        yield url


def _table(found: list[Found]) -> Table:
    table = Table("engine", "what", "killed", "holds")
    for one in found:
        table.add_row(one.engine, one.name, str(one.kills), "no" if one.wrong else "yes")
    return table


if __name__ == "__main__":
    typer.run(run)
