"""A company with its page, and the system's Chromium to look at it. One company for all: each test begins it anew."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox.page.server import PageServer
from sandbox.page.stage import Stage
from sandbox.situations import table
from sandbox.wait import until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WAIT_MS, PATIENCE_S = 40_000, 120.0
SCENE_MS = 120_000  # a situation is played by real processes, on a machine that may have other work
MAYA = "U07MAYA0001"


@pytest.fixture(scope="session")
def program() -> str:
    """Chromium's path; without it nothing here is tried."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    return CHROMIUM


@pytest.fixture(scope="session")
def stage(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("world") / "town")
    made.open()
    yield made
    made.close()


@pytest.fixture(scope="module")
def waiting(stage: Stage) -> None:
    """Two approvals wait; the tests of a module decide them one after the other."""
    begin(stage, "waiting")


@pytest.fixture
def morning(stage: Stage) -> None:
    begin(stage, "")


def begin(stage: Stage, scene: str) -> None:
    assert stage.reset(scene, table.BY_NAME[scene].play if scene else None)
    until(lambda: stage.state != "opening", PATIENCE_S, "the situation")
    assert stage.state == "ready", stage.note


@pytest.fixture(scope="session")
def served(stage: Stage) -> Iterator[PageServer]:
    page = PageServer(stage)
    page.start()
    yield page
    page.stop()


@pytest.fixture(scope="session")
def chromium(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """Somebody at the page; what the page complains about is kept."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self.complaints: list[str] = []

    def comes(self, me: str = MAYA, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            has_touch=width < 768,
            is_mobile=width < 768,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MS)
        context.add_init_script(f"top === self && (localStorage.me = localStorage.me || '{me}')")
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(self._url)
        page.locator("#curtain").wait_for(state="hidden")
        page.locator("#sidebar .row").first.wait_for(state="attached")
        return page


@pytest.fixture
def visitor(chromium: Browser, served: PageServer) -> Iterator[Visitor]:
    made = Visitor(chromium, served.url)
    yield made
    assert made.complaints == []


def opened(page: Page, scene: str) -> None:
    """That situation, from the panel, as a person opens it."""
    page.locator("[data-tab=scenes]").click()
    page.locator(f"[data-scene={scene}]").click()
    page.locator("[data-test=confirm]").click()
    page.locator("#curtain").wait_for(state="visible")
    page.locator(f".scene.here [data-scene={scene}]").wait_for(state="attached", timeout=SCENE_MS)
    page.locator("#curtain").wait_for(state="hidden", timeout=SCENE_MS)
