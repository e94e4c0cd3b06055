"""Story 6.2.2.2 on a phone: the same cards with all their buttons, nothing cut off, and decided by one press."""

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.walk import PRIYA
from tests.browser.conftest import MAYA, Visitor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("waiting"),
]
expect.set_options(timeout=30_000)
PHONE = (375, 812)
CHANNEL = "deal-brightwater-freight"
CARD = "Net 60 for Brightwater"


def goes(page: Page, place: str) -> None:
    """To a channel or a direct message; on a phone by the bar at its foot."""
    if (chat := page.locator("[data-bottom=Chat]")).is_visible():
        chat.tap()
    page.locator("#sidebar .row", has_text=place).first.click()


def actions(page: Page, card: str) -> set[str]:
    """The buttons of the newest message with these words."""
    found = page.locator(".message", has_text=card).last
    found.wait_for()
    return {str(button.get_attribute("data-action")) for button in found.locator("[data-action]").all()}


def reach(page: Page) -> None:
    """Nothing stands out to the side, and each button can be hit by a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in page.locator(".message [data-action]").all():
        box = button.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] and box["height"] >= 28


@pytest.mark.story("6.2.2.2", criterion=6)
def test_a_request_has_on_a_phone_all_that_it_has_on_a_desk_and_is_decided_by_one_press(visitor: Visitor) -> None:
    desk, phone = visitor.comes(PRIYA), visitor.comes(PRIYA, *PHONE)
    for page in (desk, phone):
        goes(page, "Messages")
    assert actions(phone, CARD) == actions(desk, CARD) != set()
    reach(phone)
    phone.locator(".message", has_text=CARD).locator("[data-action^='approval.approve']").tap()
    expect(phone.locator(".card")).to_contain_text("Priya Raman approved")
    reach(phone)


@pytest.mark.story("6.2.2.2", criterion=6)
def test_how_far_it_is_is_read_on_a_phone_and_the_customer_told_from_there(visitor: Visitor) -> None:
    phone = visitor.comes(MAYA, *PHONE)
    goes(phone, CHANNEL)
    phone.locator("#main .compose").fill("/deal progress")
    phone.locator("#main .compose").press("Enter")
    card = phone.locator(".message", has_text="approvals decided").last
    expect(card).to_contain_text("Payment terms")
    reach(phone)
    card.locator("[data-action^='progress.share']").tap()
    phone.get_by_role("button", name=re.compile("Post it")).tap()
    goes(phone, "brightwater")
    expect(phone.locator(".messages")).to_contain_text("a word on where we are")
