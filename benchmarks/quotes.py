"""How long a quote of a thousand lines takes to price, and a usual one to check, by the playbook of this repository.

`python -m benchmarks.quotes`
"""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles

from benchmarks.results import record
from bot.figures.asked_facts import facts_of
from bot.figures.changing import quote_of
from bot.figures.quote_check import findings, needed
from bot.playbook.schema import Playbook
from bot.streams.deal.asking import DealAsked, LineOfDeal
from bot.wiring import playbook_in

ROOT = Path(__file__).parents[1]
CODES = ("FLEET", "ROUTE", "DRIVER", "ARCHIVE", "TACHO", "MESSAGES", "COLDCHAIN", "ANALYTICS")
MANY, USUAL, TIMES, STARTS = 1000, 8, 200, 5


def deal(lines: int) -> DealAsked:
    wanted = tuple(LineOfDeal(code=CODES[n % len(CODES)], quantity=10 + n, discount=n % 900) for n in range(lines))
    return DealAsked(
        currency="EUR",
        months=36,
        starts_on=date(2026, 12, 1),
        offered_on=date(2026, 11, 17),
        lines=wanted,
        gives=frozenset({"volume", "term"}),
        country="DE",
    )


def checked(asked: DealAsked, book: Playbook) -> None:
    """As `countersign quote check` does, from its text on."""
    again = DealAsked.model_validate_json(asked.model_dump_json())
    quote = quote_of(again, book)
    findings(quote, book)
    needed(facts_of(again, quote, book), book)


def p95_ms(act: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    taken = []
    for _ in range(times):
        begun = clock()
        act()
        taken.append((clock() - begun) * 1000)
    return quantiles(taken, n=20, method="inclusive")[-1]


def command(asked: DealAsked) -> None:
    code = "import sys; from bot.cli.main import main; sys.argv[0] = 'countersign'; main()"
    words = [sys.executable, "-c", code, "quote", "check", "--json", "--playbook", "playbook"]
    subprocess.run(words, cwd=ROOT, input=asked.model_dump_json().encode(), capture_output=True, check=False)


def main() -> None:
    book = playbook_in(ROOT / "playbook")
    many, usual = deal(MANY), deal(USUAL)
    found = {
        "lines": MANY,
        "priced_p95_ms": round(p95_ms(lambda: quote_of(many, book), 10), 1),
        "priced_processor_p95_ms": round(p95_ms(lambda: quote_of(many, book), 10, time.process_time), 1),
        "checked_p95_ms": round(p95_ms(lambda: checked(usual, book), TIMES), 1),
        "command_p95_ms": round(p95_ms(lambda: command(usual), STARTS), 1),
    }
    record("quotes", found)


if __name__ == "__main__":
    main()
