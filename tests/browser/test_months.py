"""Another day in the same page: step, slider, run, the address, and the way back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, ready


def headline(page: Page) -> str:
    """The share of the whole province as it is told."""
    return page.locator("[data-total=park_occupancy] .headline").inner_text()


def test_a_step_back_shows_the_month_before(open_page: Open) -> None:
    """Figures, list, map and address are of the day before; the page is not loaded anew."""
    page = ready(open_page("/"))
    page.evaluate("window.kept = true")
    before = headline(page)
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page).to_have_url(re.compile("as_of=2026-09-30"))
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/09/2026")
    assert before != headline(page)
    assert page.evaluate("window.kept")
    ready(page)
    page.locator('[data-park="khanh-phu"] .value').click()
    expect(page.locator(".leaflet-popup-content .trust")).to_contain_text("30/09/2026")


def test_the_address_can_be_shared(open_page: Open) -> None:
    """What the address shows after a step is what it shows when it is opened anew."""
    page = ready(open_page("/"))
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page).to_have_url(re.compile("as_of=2026-09-30"))
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("30/09/2026")
    again = ready(open_page(page.url.removeprefix(page.evaluate("location.origin"))))
    assert headline(page) == headline(again)


def test_back_returns_to_the_day_before_the_step(open_page: Open) -> None:
    """Each step is a place in the history; Back undoes the last one, in the page and on the map."""
    page = ready(open_page("/?as_of=2026-06-30"))
    first = headline(page)
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 31/05/2026")
    page.go_back()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/06/2026")
    assert first == headline(page)
    expect(page.locator("select[name=as_of]")).to_have_value("2026-06-30")


def test_the_slider_moves_by_keys(open_page: Open) -> None:
    """It says the day it stands for, and a key is a month."""
    page = ready(open_page("/"))
    slider = page.get_by_role("slider", name="Tháng đang xem")
    assert "31/10/2026" == slider.get_attribute("aria-valuetext")
    slider.press("ArrowLeft")
    expect(page).to_have_url(re.compile("as_of=2026-09-30"))
    assert "30/09/2026" == slider.get_attribute("aria-valuetext")


def test_the_months_run_and_stop(open_page: Open) -> None:
    """The run goes forward month by month until it is stopped or at the end."""
    page = ready(open_page("/?as_of=2026-07-31"))
    page.get_by_role("button", name="Chạy").click()
    expect(page).to_have_url(re.compile("as_of=2026-10-31"), timeout=20_000)
    expect(page.get_by_role("button", name="Chạy")).to_be_visible()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 31/10/2026")


def test_a_park_page_goes_through_the_months_too(open_page: Open) -> None:
    """Map and text together."""
    page = ready(open_page("/parks/bao-minh"))
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page).to_have_url(re.compile("as_of=2026-09-30"))
    expect(page.locator(".sheet-text")).to_contain_text("09/2026")


def test_without_scripts_the_day_is_chosen_from_the_list(open_page: Open) -> None:
    """The form works by itself."""
    page = open_page("/", java_script_enabled=False)
    page.locator("select[name=as_of]").select_option("2026-06-30")
    page.locator(".moment button:visible").click()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/06/2026")


def test_what_was_known_then_can_be_asked(open_page: Open) -> None:
    """A day of knowledge is chosen under the map; the page says it, and the way back to all that is known."""
    page = ready(open_page("/?as_of=2026-06-30"))
    page.locator(".known summary").click()
    today = page.locator("[name=known_at]").get_attribute("max") or ""
    page.locator("[name=known_at]").fill(today)
    page.locator(".known").get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile(f"as_of=2026-06-30.*known_at={today}"))
    expect(ready(page).locator(".known summary")).to_contain_text("biết đến ngày")
    page.locator(".known summary").click()
    page.get_by_role("link", name="theo dữ liệu biết đến hôm nay").click()
    expect(page).not_to_have_url(re.compile("known_at"))
    ready(page)
