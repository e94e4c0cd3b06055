"""How many planted conflicts with the law are found in the free text of packages, and how often clean ones are blamed.

`python -m benchmarks.conflicts`
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from bot.figures.conflicts import Found, of_wording
from bot.playbook.loader import load
from bot.playbook.schema import Playbook
from bot.streams.deal.wording import Wording
from bot.wiring import texts

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "tests" / "examples" / "contracting" / "conflicts.jsonl"


# The first run, of rules written from the policy and the laws, before any miss was read (26 November 2026).
FIRST = {"planted_found_at_first": 47, "clean_blamed_at_first": 5}


@dataclass(frozen=True)
class Judged:
    """`planted` and `found` by clause; what was found beside the planted ones is `beside`."""

    id: str
    planted: frozenset[str]
    found: tuple[Found, ...]

    @property
    def missed(self) -> frozenset[str]:
        return self.planted - {each.clause for each in self.found}

    @property
    def beside(self) -> tuple[Found, ...]:
        return tuple(each for each in self.found if each.clause not in self.planted)


def judged(package: dict[str, Any], book: Playbook) -> Judged:
    told = Wording.model_validate({name: package[name] for name in Wording.model_fields})
    planted = frozenset(each["clause"] for each in package["planted"])
    return Judged(package["id"], planted, of_wording(told, book))


def every(book: Playbook) -> list[Judged]:
    return [judged(json.loads(line), book) for line in PACKAGES.read_text().splitlines()]


def told(found: list[Judged]) -> dict[str, int]:
    bad, clean = [j for j in found if j.planted], [j for j in found if not j.planted]
    return {
        "packages": len(bad),
        "planted": sum(len(j.planted) for j in bad),
        "planted_found": sum(len(j.planted - j.missed) for j in bad),
        "packages_whole": sum(not j.missed for j in bad),
        "beside": sum(len({f.clause for f in j.beside}) for j in bad),
        "clean": len(clean),
        "clean_blamed": sum(bool(j.found) for j in clean),
    }


def main() -> None:
    found = every(load(texts(ROOT / "playbook")))
    for each in found:
        sys.stdout.writelines(f"{each.id} missed {clause}\n" for clause in sorted(each.missed))
        sys.stdout.writelines(f"{each.id} beside {f.clause}: {f.says}\n" for f in each.beside)
    results.record("conflicts", {**told(found), **FIRST})


if __name__ == "__main__":
    main()
