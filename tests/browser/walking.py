"""The tour, walked by its own button, with the pictures that the README shows."""

from pathlib import Path

from playwright.sync_api import Page, expect

from sandbox.page.stage import Stage
from sandbox.page.tour import STEPS
from sandbox.walk import CLARA, MAYA
from tests.browser.conftest import Visitor, begin

STEP_MS = 60_000
SETTLED_MS = 700


def walk(page: Page, steps: int) -> None:
    """The next steps, each done for the visitor."""
    for _ in range(steps):
        said = page.locator("#tour").inner_text()
        page.locator("[data-test=tour-do]").click()
        expect(page.locator("#tour .detail").first).not_to_have_text(said.split("\n")[0], timeout=STEP_MS)
    page.wait_for_timeout(SETTLED_MS)


def pictures(visitor: Visitor, stage: Stage, folder: Path) -> None:
    begin(stage, "")
    page = visitor.comes()
    walk(page, 3)
    page.locator("[data-tab=ledger]").click()
    page.locator("[data-test=verify]").click()
    page.locator(".verified .good").wait_for()
    shot(page, folder / "desk.png")
    walk(page, 5)
    shot(_signing(visitor), folder / "signing.png")
    walk(page, len(STEPS) - 8)
    shot(_night(visitor), folder / "night.png")
    shot(visitor.comes(MAYA, 390, 844, "dark"), folder / "phone.png")
    become_maya_and_see_books(page)
    shot(page, folder / "books.png")


def _signing(visitor: Visitor) -> Page:
    phone = visitor.comes(CLARA, 390, 844)
    phone.locator("[data-bottom=Mail]").click()
    phone.locator("[data-test=letter]").first.click()
    phone.locator("[data-test=phone]").click()
    phone.frame_locator(".phone iframe").locator("body h1").wait_for()
    return phone


def _night(visitor: Visitor) -> Page:
    page = visitor.comes(MAYA, 1024, 768, "dark")
    page.locator("[data-key='tour-close']").click()
    page.locator(".replies").first.click()
    return page


def become_maya_and_see_books(page: Page) -> None:
    page.locator("[data-test=who]").click()
    page.get_by_role("menuitemradio", name="Maya Okafor").click()
    page.locator("[data-tab=books]").click()
    page.locator(".paper-slip").first.wait_for()


def shot(page: Page, path: Path) -> None:
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=path)
