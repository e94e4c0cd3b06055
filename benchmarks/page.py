"""The sandbox's page: until it is usable, from a commit to pixels, its weight, and what the whole world takes.

`python -m benchmarks.page` (needs Chromium; about a minute)
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.results import record
from sandbox.page import processes
from sandbox.page.server import CLIENT, PageServer
from sandbox.page.stage import Stage
from sandbox.slack.seed import GENERAL, SHARED
from sandbox.walk import CHANNEL, MAYA
from tests.browser.conftest import CHROMIUM, Visitor, begin

CHANGES = 20
PEOPLE = 20
SAYS_EVERY_S = 4.0
PATIENCE_MS = 30_000
ACTING = 10
SAW = """([wanted]) => new Promise((done) => {
  const card = () => document.querySelector('.message:has(.pinned)');
  const look = () => card()?.innerText.includes(wanted) && (stop(), done(Date.now()));
  const watch = new MutationObserver(look);
  const stop = () => watch.disconnect();
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Times in ms, sizes in KB, memory in MB. `shown`: from a committed pause to the card's pixels."""

    usable_ms: int
    shown_p50_ms: int
    shown_p95_ms: int
    acting_p95_ms: int
    changes: int
    page_kb: int
    world_mb: int


def measured() -> Figures:
    """Raises RuntimeError without Chromium."""
    if CHROMIUM is None:
        raise RuntimeError("Chromium is not installed: apt-get install chromium")
    began = time.monotonic()
    stage = Stage(Path(tempfile.mkdtemp()) / "town")
    page = PageServer(stage)
    page.start()
    try:
        stage.open()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            return _looked_at(stage, page.url, browser, began)
    finally:
        page.stop()
        stage.close()


def _looked_at(stage: Stage, url: str, browser: Browser, began: float) -> Figures:
    visitor = Visitor(browser, url)
    visitor.comes()
    usable = time.monotonic() - began
    begin(stage, "waiting")
    shown = [_pause_to_pixels(stage, page, number) for page in [_card(visitor, stage)] for number in range(CHANGES)]
    with _crowd(stage, url):
        busy = [_pause_to_pixels(stage, page, number) for page in [_card(visitor, stage)] for number in range(ACTING)]
    return Figures(
        round(usable * 1000), round(quantiles(shown, n=20)[9]), round(quantiles(shown, n=20)[18]),
        round(quantiles(busy, n=20)[18]), len(shown), weight_kb(), processes.memory_kb(stage.town) // 1024,
    )  # fmt: skip


@contextmanager
def _crowd(stage: Stage, url: str) -> Iterator[None]:
    """Nineteen more people: each has a stream open, and says something every four seconds."""
    over = Event()
    users = [user.id for user in stage.town.site.world.users.values() if not user.bot_id]
    people = [Thread(target=_takes_part, args=(url, users[n % len(users)], over)) for n in range(PEOPLE - 1)]
    for one in people:
        one.start()
    yield
    over.set()
    for one in people:
        one.join()


def _takes_part(url: str, user: str, over: Event) -> None:
    Thread(target=_drain, args=(url, user), daemon=True).start()
    while not over.wait(SAYS_EVERY_S):
        said = {"act": "say", "as": user, "channel": SHARED if user.startswith("U09") else GENERAL, "text": "hello"}
        requests.post(f"{url}/act", json=said, timeout=PATIENCE_MS / 1000)


def _drain(url: str, user: str) -> None:
    """Until the server lets go."""
    with (
        suppress(requests.RequestException),
        requests.get(f"{url}/stream", params={"as": user}, stream=True, timeout=60) as stream,
    ):
        for _ in stream.iter_content(65536):
            pass


def _card(visitor: Visitor, stage: Stage) -> Page:
    page = visitor.comes(MAYA)
    page.locator("#sidebar .row", has_text=CHANNEL[:12]).click()
    return page


def _pause_to_pixels(stage: Stage, page: Page, number: int) -> float:
    """The command is acknowledged after its commit; from there until the card says who stopped the deal, and why."""
    channel = stage.town.site.world.channel_named(CHANNEL)
    assert channel is not None
    reason = f"reason {number} of {id(page)}"
    stage.town.people.command(MAYA, channel.id, "/deal", f"pause {reason}")
    committed = time.time() * 1000
    seen = page.evaluate(SAW, [reason])
    stage.town.people.command(MAYA, channel.id, "/deal", "resume")
    page.locator(".message:has(.pinned) .card", has_text=reason).wait_for(state="detached", timeout=PATIENCE_MS)
    return max(0.0, float(seen) - committed)


def weight_kb() -> int:
    """All that the page loads, as it is kept."""
    return sum(path.stat().st_size for path in CLIENT.iterdir() if path.suffix != ".LICENSE") // 1024


def main() -> int:
    record("page", asdict(measured()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
