"""How many known faults the quality agent finds, how often it cries without one, and how long it takes.

`python -m benchmarks.quality`
"""

import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles

from benchmarks import results
from bot.questions.package_checks import checks_of
from bot.streams.deal.dossier import Dossier
from bot.streams.deal.finding import GROUPS, Finding
from tests.examples.quality.every import FAULTS
from tests.examples.quality.packages import book, bound, draft, house

KINDS = Path(__file__).parents[1] / "tests" / "examples" / "quality" / "faults.jsonl"
SEED, EACH, CLEAN, WHOLE_EVERY = 6131, 4, 300, 10
RIGHT, PROCESSES = "right", 2


@dataclass(frozen=True)
class Judged:
    """`caught`: something that blocks or warns, in the part of the criterion that the fault belongs to."""

    kind: str
    criterion: int
    seed: int
    found: tuple[Finding, ...]
    ms: float

    @property
    def caught(self) -> bool:
        return any(finding.group == GROUPS[self.criterion - 1] for finding in self.found)


def judge(dossier: Dossier) -> tuple[tuple[Finding, ...], float]:
    """What blocks or warns, and the milliseconds from the package's text on."""
    text = dossier.model_dump_json()
    begun = time.perf_counter()
    checks = checks_of(Dossier.model_validate_json(text), book(), house())
    taken = (time.perf_counter() - begun) * 1000
    return tuple(f for check in checks for f in check.findings if f.severity != "notes"), taken


def faulty() -> list[tuple[str, int, int]]:
    """Kind, criterion and seed of each."""
    rows = enumerate(map(json.loads, KINDS.read_text().splitlines()))
    return [(row["id"], row["criterion"], SEED + 1000 * no + turn) for no, row in rows for turn in range(EACH)]


def clean() -> list[tuple[str, int, int]]:
    """Beside them: the seeds go down from there."""
    return [(RIGHT, 1, SEED - 1 - turn) for turn in range(CLEAN)]


def judged(of: tuple[str, int, int]) -> Judged:
    kind, criterion, seed = of
    chance = Random(seed)
    made = draft(chance, whole=seed % WHOLE_EVERY == 0) if kind == RIGHT else FAULTS[kind](chance)
    return Judged(kind, criterion, seed, *judge(bound(made)))


def told(faults: list[Judged], right: list[Judged]) -> list[str]:
    caught, alarms = sum(j.caught for j in faults), [j for j in right if j.found]
    by = Counter(j.criterion for j in faults if j.caught)
    of = Counter(j.criterion for j in faults)
    parts = ", ".join(f"{GROUPS[n - 1]} {by[n]} of {of[n]}" for n in sorted(of))
    missed = [f"missed: {j.kind}, seed {j.seed}" for j in faults if not j.caught]
    cried = [f"false alarm: seed {j.seed}, {f.says} ({f.group})" for j in alarms for f in j.found[:3]]
    p95 = quantiles([j.ms for j in (*faults, *right)], n=20, method="inclusive")[-1]
    return [
        f"{caught} of {len(faults)} packages with one known fault each are caught ({100 * caught / len(faults):.1f}%)",
        f"by part: {parts}",
        f"{len(alarms)} of {len(right)} right packages raise an alarm ({100 * len(alarms) / len(right):.1f}%)",
        f"a package's data and text are judged in p95 {p95:.0f} ms (aim: 300)",
        *missed,
        *cried,
    ]


def main() -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        every = list(pool.map(judged, (*faulty(), *clean()), chunksize=8))
    faults, right = [j for j in every if j.kind != RIGHT], [j for j in every if j.kind == RIGHT]
    sys.stdout.write("\n".join(told(faults, right)) + "\n")
    results.record("quality", _kept(faults, right))


def _kept(faults: list[Judged], right: list[Judged]) -> dict[str, float]:
    brand = [j for j in faults if GROUPS[j.criterion - 1] == "brand"]
    times = [j.ms for j in (*faults, *right)]
    return {
        "faulty": len(faults),
        "caught": sum(j.caught for j in faults),
        "clean": len(right),
        "alarms": sum(bool(j.found) for j in right),
        "brand_faulty": len(brand),
        "brand_caught": sum(j.caught for j in brand),
        "p95_ms": round(quantiles(times, n=20, method="inclusive")[-1]),
    }


if __name__ == "__main__":
    main()
