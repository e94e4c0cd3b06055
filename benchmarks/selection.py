"""How often the documents and the law that the playbook chooses are those of a judge who saw only the policy's page.

`python -m benchmarks.selection`
"""

import time

from benchmarks import results
from tests.unit.figures.test_judged_deals import chosen, plain, profiles

# The first run, before any miss was read (26 November 2026); nine of the documents' misses were one matter of naming.
FIRST = {"documents_right_at_first": 141, "law_right_at_first": 146}


def measure() -> dict[str, float]:
    took, documents, law = [], 0, 0
    for told in profiles():
        at = time.perf_counter()
        found, its_law = chosen(told)
        took.append((time.perf_counter() - at) * 1000)
        documents += found == set(told["expected"]["documents"])
        law += plain(its_law) == plain(told["expected"]["governing_law"])
    right = {"deals": len(took), "documents_right": documents, "law_right": law, **FIRST}
    return {**right, "p95_ms": round(results.at(sorted(took), 0.95), 2)}


if __name__ == "__main__":
    results.record("selection", measure())
