"""`python -m sandbox demo` plays the first deal and stops; `run` leaves the company running."""

import argparse
import shutil
import signal
import sys
import time
from pathlib import Path
from threading import Event

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from sandbox.town import NotReady, Town
from sandbox.walk import OPPORTUNITY, Walk

FAILED = 1
VAR = Path("var")
WIDTH = 100
SHOWN = ("StageName", "Amount", "CloseDate", "ContractId", "Payment_Days__c")
console = Console(highlight=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("what", choices=("demo", "run"), help="example: python -m sandbox demo")
    return demo() if parser.parse_args().what == "demo" else run()


def demo() -> int:
    """Exits 1, and says which step and why, when one fails."""
    began = time.monotonic()
    folder = VAR / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    town = Town(folder.resolve())
    walk = Walk(town, tell)
    try:
        console.print("Larkspur sells to Brightwater Freight. Every line below crossed a wire.\n")
        town.open()
        before = record(town)
        town.start()
        walk.play()
        show_end(walk, before)
        checked = town.run("ledger", "verify")
        console.print(f"\nLedger: {checked.stdout.strip()}")
        console.print(f"Played in {time.monotonic() - began:.0f} s.")
        return checked.returncode
    except (NotReady, TimeoutError, LookupError) as problem:
        console.print(f"\n[bold]The demo stopped:[/bold] {problem}", markup=True)
        console.print(f"The logs are in {folder / 'run' / 'log'}.")
        return FAILED
    finally:
        town.close()


def run() -> int:
    folder = VAR / "sandbox"
    town = Town(folder.resolve(), port=8000)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        town.open()
        town.start()
        console.print(f"Countersign     {town.url}")
        console.print(f"Slack           {town.slack.url}/api")
        console.print(f"Salesforce      {town.salesforce.url}")
        console.print(f"Mail (SMTP)     {town.mail.url}")
        console.print(f"Books           {town.books.url}")
        console.print(f"Clock           {town.clock.url}")
        console.print(f"All it keeps    {folder}")
        console.print("Stop with Ctrl-C.")
        stop.wait()
        return 0
    except NotReady as problem:
        console.print(str(problem))
        return FAILED
    finally:
        town.close()


def tell(who: str, what: str) -> None:
    if "\n" in what:
        console.print(Panel(Text(what), title=Text(who), title_align="left", width=WIDTH))
    else:
        console.print(f"{who}: {what}", markup=False, soft_wrap=True)


def record(town: Town) -> dict[str, str]:
    row = town.org.get("Opportunity", OPPORTUNITY)
    return {name: str(row[name] if row[name] is not None else "-") for name in SHOWN}


def show_end(walk: Walk, before: dict[str, str]) -> None:
    town = walk.town
    after = record(town)
    console.print("\nThe opportunity in Salesforce, before and after:")
    for name in SHOWN:
        console.print(f"  {name:<18} {before[name]:<18} {after[name]}")
    console.print("\nIn the books:")
    for book, key in walk.booked():
        console.print(f"  {book:<12} {key}", soft_wrap=True)
    console.print("\nThe PDFs:")
    for path in sorted((town.folder / "files").rglob("*")):
        if path.is_file() and path.read_bytes()[:5] == b"%PDF-":
            console.print(f"  {path}", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
