"""`python -m sandbox demo` plays the first deal and stops; `run` leaves the company running."""

import argparse
import signal
import socket
import sys
from pathlib import Path
from threading import Event

from rich.console import Console

from sandbox.demo import play
from sandbox.page.server import PageServer
from sandbox.page.stage import Stage
from sandbox.town import NotReady, Town

FAILED = 1
VAR = Path("var")
PORT, PAGE_PORT = 8000, 8080
console = Console(highlight=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("what", choices=("demo", "run"), help="example: python -m sandbox demo")
    return play(VAR / "demo", console) if parser.parse_args().what == "demo" else run()


def run() -> int:
    folder = VAR / "sandbox"
    stage = Stage(folder, free(PORT))
    page = PageServer(stage, free(PAGE_PORT))
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        page.start()
        console.print(f"Open [bold]{page.url}[/bold] in a browser: the company comes up there.", markup=True)
        stage.open()
        tell_addresses(stage.town, folder)
        stop.wait()
        return 0
    except NotReady as problem:
        console.print(str(problem))
        return FAILED
    finally:
        page.stop()
        stage.close()


def free(port: int) -> int:
    """The port, or 0, which means any, when somebody else has it."""
    try:
        with socket.create_server(("127.0.0.1", port)):
            return port
    except OSError:
        return 0


def tell_addresses(town: Town, folder: Path) -> None:
    console.print(f"Countersign     {town.url}")
    console.print(f"Slack           {town.slack.url}/api")
    console.print(f"Salesforce      {town.salesforce.url}")
    console.print(f"Mail (SMTP)     {town.mail.url}")
    console.print(f"Books           {town.books.url}")
    console.print(f"Clock           {town.clock.url}")
    console.print(f"All it keeps    {folder}")
    console.print("Stop with Ctrl-C.")


if __name__ == "__main__":
    sys.exit(main())
