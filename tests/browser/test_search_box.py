"""The search box in the head of every page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, ready


def test_a_park_is_found_and_opened_by_keys(open_page: Open) -> None:
    """Slash, a name without accents, down, Enter; the day is kept."""
    page = ready(open_page("/?as_of=2026-06-30"))
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Tìm kiếm")).to_be_focused()
    page.keyboard.type("khanh phu")
    expect(page.locator("#finds [role=option]").first).to_contain_text("KCN Khánh Phú")
    expect(page.locator("[role=option] mark").first).to_have_text("Khánh Phú")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/parks/khanh-phu\?as_of=2026-06-30"))
    ready(page)


def test_escape_closes_and_nothing_is_said_to_be_nothing(open_page: Open) -> None:
    """What was typed is repeated as text."""
    page = ready(open_page("/"))
    box = page.get_by_role("combobox", name="Tìm kiếm")
    box.fill("<b>qqqq</b>")
    expect(page.locator("#finds")).to_have_text("Không tìm thấy “<b>qqqq</b>”.")
    box.press("Escape")
    expect(page.locator("#finds")).to_be_hidden()


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_an_answer_that_comes_late_does_not_open_the_list_again(open_page: Open, key: str) -> None:
    """Whoever has left the box is not called back to it."""
    page = ready(open_page("/", is_intercepted=True))
    page.route(re.compile("/api/search"), lambda route: (page.wait_for_timeout(400), route.continue_()))
    box = page.get_by_role("combobox", name="Tìm kiếm")
    with page.expect_request(re.compile("/api/search")):
        box.press_sequentially("khanh")
    box.press(key)
    page.wait_for_timeout(900)
    expect(page.locator("#finds")).to_be_hidden()


def test_coordinates_lead_to_their_place(open_page: Open) -> None:
    """VN-2000 without its zone: both places are offered; the one that is chosen is pinned."""
    page = ready(open_page("/", viewport=PHONE))
    page.get_by_role("combobox", name="Tìm kiếm").fill("569723.883 2258888.931")
    expect(page.locator("#finds [role=option]")).to_have_count(2)
    page.locator("#finds [role=option]").nth(1).click()
    expect(page).to_have_url(re.compile("pin=20.42"))
    ready(page)
    centre = page.evaluate("[geoappMap.getCenter().lat, geoappMap.getCenter().lng]")
    assert centre == pytest.approx([20.42, 106.17], abs=0.02)


def test_without_scripts_the_form_leads_to_the_finds(open_page: Open) -> None:
    """A page of its own."""
    page = open_page("/", java_script_enabled=False)
    page.locator("#search").fill("khanh phu")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name="KCN Khánh Phú", exact=True).click()
    expect(page).to_have_url(re.compile("/parks/khanh-phu"))
