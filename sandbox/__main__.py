"""`python -m sandbox demo` plays the first deal and stops; `run` leaves the company running."""

import argparse
import signal
import sys
from pathlib import Path
from threading import Event

from rich.console import Console

from sandbox.demo import play
from sandbox.town import NotReady, Town

FAILED = 1
VAR = Path("var")
console = Console(highlight=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("what", choices=("demo", "run"), help="example: python -m sandbox demo")
    return play(VAR / "demo", console) if parser.parse_args().what == "demo" else run()


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


if __name__ == "__main__":
    sys.exit(main())
