"""The first deal, played from the customer's yes to the win post, and told as it happens."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.panel import Panel

from sandbox.salesforce.ids import key
from sandbox.salesforce.seed import TWO_YEARS
from sandbox.telling import spoken, styled
from sandbox.town import NotReady, Town
from sandbox.walk import OPPORTUNITY, Walk

FAILED = 1
WIDTH = 100
SHOWN = ("StageName", "Amount", "CloseDate", "ContractId", "Payment_Days__c")
UNSAFE = re.compile(r"[^\w .,()-]+")
BOOKS = {"invoices": "invoice", "schedules": "revenue schedule", "journals": "journal", "commissions": "commission"}


def play(folder: Path, console: Console) -> int:
    """The exit code: 1, with the step and why, when one fails."""
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    town = Town(folder.resolve(), past=TWO_YEARS)
    walk = Walk(town, Teller(town, console).tell)
    try:
        console.print("Larkspur sells to Brightwater Freight. Every line below crossed a wire.\n")
        town.open()
        before = record(town)
        town.start()
        town.import_history()
        walk.play()
        return _end(walk, before, console, began)
    except (NotReady, TimeoutError, LookupError) as problem:
        console.print(f"\n[bold]The demo stopped:[/bold] {problem}", markup=True)
        console.print(f"The logs are in {folder / 'run' / 'log'}.")
        return FAILED
    finally:
        town.close()


class Teller:
    def __init__(self, town: Town, console: Console) -> None:
        self._town, self._console = town, console

    def tell(self, who: str, what: str) -> None:
        """A card in a frame, anything shorter on one line."""
        names = {user.id: user.name for user in self._town.site.world.users.values()}
        text = styled(spoken(what, names))
        if "\n" in what:
            self._console.print(Panel(text, title=styled(who), title_align="left", width=WIDTH))
        else:
            self._console.print(styled(f"*{who}:* ") + text, soft_wrap=True)


def record(town: Town) -> dict[str, str]:
    row = town.org.get("Opportunity", OPPORTUNITY)
    return {name: str(row[name] if row[name] is not None else "-") for name in SHOWN}


def _end(walk: Walk, before: dict[str, str], console: Console, began: float) -> int:
    town = walk.town
    after = record(town)
    console.print("\n[bold]The opportunity in Salesforce, before and after[/bold]")
    for name in SHOWN:
        console.print(f"  {name:<18} {before[name]:<18} {after[name]}")
    console.print("\n[bold]In the books[/bold]")
    for line in booked(walk):
        console.print(f"  {line}", soft_wrap=True)
    console.print("\n[bold]The PDFs, as people received them[/bold]")
    for path in save_documents(town):
        console.print(f"  {path}", soft_wrap=True)
    console.print(f"\n[bold]The years before, from Salesforce[/bold]: {town.imported()}")
    checked = town.run("ledger", "verify")
    console.print(f"\n[bold]The ledger[/bold]: {checked.stdout.strip()}")
    console.print(f"Played in {time.monotonic() - began:.0f} s. All that was kept is in {town.folder}.", soft_wrap=True)
    return checked.returncode


def booked(walk: Walk) -> Iterator[str]:
    """One line for each kind of document: how many, and which is the first."""
    for book, word in BOOKS.items():
        keys = [key.rpartition(":")[2] for kind, key in walk.booked() if kind == book]
        yield f"{len(keys):>3} {word}{'' if len(keys) == 1 else 's'}: {', '.join(keys[:3])}{' …' * (len(keys) > 3)}"


def save_documents(town: Town) -> list[Path]:
    """What lies in the deal's channel, and the signed contract in Salesforce, under readable names."""
    folder = town.folder / "documents"
    folder.mkdir(exist_ok=True)
    shared = [(file.name, file.body) for file in town.site.world.files.values() if file.body]
    versions = [v for v in town.org.records("ContentVersion") if str(v["Countersign_Key__c"]).endswith(":contract")]
    filed = [(f"{v['Title']}.pdf", town.org.blobs[key(v["Id"])]) for v in versions]
    made = []
    for name, body in [*shared, *filed]:
        path = folder / UNSAFE.sub("-", name)
        path.write_bytes(body)
        made.append(path)
    return sorted(set(made))
