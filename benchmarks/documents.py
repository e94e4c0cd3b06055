"""Documents behind links: how long they take for who may, who else gets in, and whether versions and files are whole.

`python -m benchmarks.documents` (about a minute). One small company in the sandbox, over its real sockets.
"""

import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import requests

from benchmarks.results import record
from bot.figures.comparing import pairs
from bot.streams.deal.outline import Clause, Outline
from integrations.errors import Busy, Unknown
from integrations.salesforce.port import CrmFile
from integrations.salesforce.rest import Salesforce
from sandbox.salesforce.org import Org
from sandbox.salesforce.server import Fault, SalesforceServer
from sandbox.walk import MAYA
from tests.contract.salesforce_wire import CLIENT, ORG_ID, Standing, company
from tests.stories.test_documents_access import deal, filed, shared
from tests.world import World

ROUNDS, ATTEMPTS, PAIRS, SEED = 60, 400, 2_000, 7
DOCUMENTS, TRIES = 200, 10
FAULTS: tuple[Fault, ...] = ("hang_up", "half", "busy", "fail", "html")
LINK = re.compile(r'src="([^"]+\.png)"')
GOOD = range(200, 300)


@dataclass(frozen=True, slots=True)
class Figures:
    """Times in ms, of whole requests. `admitted` of `attempts` by who may not; `lost` of `compared` versions could not
    be made again from their comparison; `filed` of `wanted` documents lie in Salesforce; `synced` of `asked` lie there
    exactly once when every third call fails or its answer is lost, and is tried again."""

    page_p95_ms: int
    pdf_p95_ms: int
    picture_p95_ms: int
    attempts: int
    admitted: int
    compared: int
    lost: int
    wanted: int
    filed: int
    synced: int
    asked: int


def measured() -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "town", Path(folder) / "seal")
        try:
            url = shared(world)
            world.settle()
            picture = world.town.url + LINK.findall(requests.get(url, timeout=5).text)[0]
            times = [_p95(address) for address in (url, f"{url}/documents/3", picture)]
            admitted = sum(_attempt(url, number) for number in range(ATTEMPTS))
            lost = sum(_lost(random.Random(SEED + number)) for number in range(PAIRS))
            wanted = _wanted(world)
            page, pdf, drawn = times
            return Figures(page, pdf, drawn, ATTEMPTS, admitted, PAIRS, lost, wanted, len(filed(world)), *synced())
        finally:
            world.close()


def synced() -> tuple[int, int]:
    """As the relay does it: looked for first, and tried again while nobody knows."""
    org = Org(ORG_ID, Standing())
    server = SalesforceServer(org, *CLIENT)
    server.start()
    try:
        place, crm, chance = company(org)["Opportunity"], Salesforce(server.url, *CLIENT), random.Random(SEED)
        for number in range(DOCUMENTS):
            file = CrmFile(f"deal:{number}:quote:1", (), "Quote", "quote.pdf", b"%PDF")
            for _ in range(TRIES):
                if chance.random() < 1 / 3:
                    server.fault(chance.choice(FAULTS))
                with suppress(Busy, Unknown):
                    crm.file(place, (file,))
                    break
        kept = Counter(row["Countersign_Key__c"] for row in org.records("ContentVersion"))
        return sum(times == 1 for times in kept.values()), DOCUMENTS
    finally:
        server.stop()


def _p95(url: str) -> int:
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert requests.get(url, timeout=10).status_code == 200
        spent.append((time.perf_counter() - began) * 1000)
    return round(sorted(spent)[int(ROUNDS * 0.95)])


def _attempt(url: str, number: int) -> bool:
    """A forged, cut, foreign or led-astray link; whether it let anybody in."""
    chance = random.Random(number)
    head, _, token = url.rpartition("/")
    place = chance.randrange(len(token))
    letter = chance.choice([c for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdef-" if c != token[place]])
    tried = (
        f"{head}/{token[:place]}{letter}{token[place + 1 :]}",
        f"{head}/{token[:place]}",
        f"{url}/documents/{chance.choice(['0', '9', '99', '-1', '1/999.png', '..%2f1', '%00'])}",
        f"{head.removesuffix('/read')}/{token}",
        f"{url}/{chance.choice(['contract', 'sign', '..%2f..%2fetc', 'files/1'])}",
    )
    return requests.get(tried[number % len(tried)], timeout=10, allow_redirects=False).status_code in GOOD


def _lost(chance: random.Random) -> bool:
    old = _outline(chance)
    new = tuple(clause for clause in old if chance.random() > 0.2) + _outline(chance)[:3]
    made = pairs(old, new)
    sides = tuple(p.old for p in made if p.old), tuple(p.new for p in made if p.new)
    return sides != (old, new)


def _outline(chance: random.Random) -> Outline:
    words = ("net", "30", "60", "days", "fees", "law")
    return tuple(
        Clause(anchor=f"{n // 4}.{n % 4}", text=" ".join(chance.choices(words, k=5)))
        for n in range(chance.randrange(40))
    )


def _wanted(world: World) -> int:
    """What the playbook lets Salesforce hold, as the deal's own record counts it."""
    told = map(json.loads, world.run("ledger", "show", deal(world), "--json").splitlines())
    return max(
        len(row["fact"]["files"]) for row in told if row["kind"] == "share.made" and row["fact"]["by"].endswith(MAYA)
    )


def main() -> int:
    record("documents", asdict(measured()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
