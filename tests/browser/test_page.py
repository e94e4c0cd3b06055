"""The page as people use it: decided in a modal, signed on a phone, turned in time, broken and mended."""

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.page.stage import Stage
from sandbox.walk import CLARA, JONAS, SHARED
from tests.browser.conftest import Visitor, opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("waiting"),
]
KOFI = "U07KOFI0001"
expect.set_options(timeout=30_000)


def messages(page: Page) -> None:
    page.locator("#sidebar .row", has_text="Messages").click()


def become(page: Page, name: str) -> None:
    page.locator("[data-test=who]").click()
    page.get_by_role("menuitemradio", name=re.compile(name)).click()
    expect(page.locator("[data-test=who]")).to_contain_text(name)


def test_a_request_is_rejected_in_a_modal_that_says_what_is_missing(visitor: Visitor) -> None:
    page = visitor.comes(JONAS)
    messages(page)
    page.locator("[data-action^='approval.reject']").click()
    modal = page.locator("dialog.modal")
    modal.locator("[data-test=submit]").click()
    expect(modal.locator(".error:visible")).to_have_text(["Please complete this required field."] * 2)
    expect(modal.locator(".field").first).to_be_focused()
    modal.locator("[data-action=reason]").fill("18% is what the volume carries")
    modal.locator("[data-action=yes_if]").fill("18% with the same 24 months")
    modal.locator("[data-test=submit]").click()
    expect(modal).to_have_count(0)
    expect(page.locator(".card")).to_contain_text("Jonas Weber said no")


def test_a_card_is_edited_where_it_stands(visitor: Visitor) -> None:
    page = visitor.comes()
    become(page, "Priya Raman")
    messages(page)
    card = page.locator(".message", has_text="Net 60 for Brightwater")
    card.locator("[data-action^='approval.approve']").click()
    expect(page.locator(".card")).to_contain_text("Priya Raman approved")
    expect(page.locator(".messages .message")).to_have_count(1)


def test_what_people_write_is_text_whatever_it_looks_like(visitor: Visitor, stage: Stage) -> None:
    page = visitor.comes()
    hostile = "<img src=x onerror=alert(1)> *bold* <script>alert(2)</script> & &lt;b&gt; <javascript:alert(3)|x>"
    stage.town.people.say("U07MAYA0001", SHARED, hostile)
    page.locator(f"[data-row={SHARED}]").click()
    said = page.locator(".message", has_text="onerror").last
    expect(said).to_contain_text("<img src=x onerror=alert(1)> *bold* <script>alert(2)</script> & &lt;b&gt;")
    assert page.locator(".messages img, .messages script").count() == 0


def test_a_customer_sees_the_shared_channel_and_nothing_else(visitor: Visitor) -> None:
    page = visitor.comes(CLARA)
    expect(page.locator("#sidebar .row")).to_have_text(["larkspur-brightwater"])
    assert page.locator("[role=tab]").all_inner_texts() == ["Mail", "Files", "Clock", "Scenes"]
    assert "margin" not in page.locator("body").inner_text().lower()


def test_a_command_is_completed_and_answered_to_one_person(visitor: Visitor) -> None:
    page = visitor.comes()
    page.locator("#sidebar .row", has_text="deal-brightwater").click()
    box = page.locator("#main .compose")
    box.press_sequentially("/deal st")
    box.fill("")
    box.press_sequentially("/de")
    expect(page.locator("#main .offer").first).to_contain_text("/deal")
    box.press("Tab")
    expect(box).to_have_value("/deal ")
    box.press_sequentially("help")
    box.press("Enter")
    expect(page.locator(".message.alone").last).to_contain_text("Only you can see this")


def test_time_goes_on_and_salesforce_comes_back(visitor: Visitor, stage: Stage) -> None:
    page = visitor.comes(KOFI)
    page.locator("[data-tab=world]").click()
    page.locator("[data-fault=salesforce_down]").click()
    expect(page.locator("#top .faults")).to_have_text("Faults: 1")
    become(page, "Maya Okafor")
    before = stage.town.clock.now()
    page.locator("[data-turn=hour]").first.click()
    expect(page.locator(".fault.live .state")).to_contain_text("until")
    for _ in range(2):
        page.locator("#panel [data-turn=hour]").click()
    page.locator("#panel [data-turn=hour]").click()
    expect(page.locator("#top .faults")).to_have_text("Faults: none")
    expect(page.locator(".fault .state")).to_contain_text("Over since")
    assert (stage.town.clock.now() - before).total_seconds() >= 3 * 3600


def test_it_is_walked_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.comes(JONAS)
    page.keyboard.press("Control+k")
    page.keyboard.type("general")
    page.keyboard.press("Enter")
    expect(page.locator("#main h1")).to_have_text("# general")
    page.locator("#main .compose").focus()
    page.keyboard.type("Hello from the keyboard")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Hello from the keyboard")
    page.keyboard.press("F6")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_contract_is_signed_on_a_phone(visitor: Visitor, stage: Stage) -> None:
    page = visitor.comes()
    opened(page, "sent")
    phone = visitor.comes(CLARA, 390, 844)
    phone.locator("[data-bottom=Mail]").click()
    phone.locator("[data-test=letter]").first.click()
    phone.locator("[data-test=phone]").click()
    frame = phone.frame_locator(".phone iframe")
    phone_url = str(phone.locator(".phone iframe").get_attribute("src")).partition("/p/")[0]
    frame.locator("input[name=consent]").check()
    frame.locator("form[action$='/consent'] button").click()
    links = frame.locator("a[href*='/documents/']")
    links.first.wait_for()
    for link in links.all():
        assert phone.request.get(f"{phone_url}{link.get_attribute('href')}").body().startswith(b"%PDF-")
    phone.get_by_role("button", name="Put the phone away").click()
    phone.locator("[data-test=phone]").click()
    frame.locator("input[name=name]").fill("Clara Vogt")
    frame.locator("form[action$='/sign'] button").click()
    expect(frame.locator("h1")).to_contain_text(re.compile("signed|Thank", re.I))
    letter = stage.town.mail.wait_for("henrik.brandt@brightwater.example", timeout=30)
    assert letter.links
