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
    page.locator('[data-park="khanh-phu"] .meter').click()
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
    expect(page.locator("select[name=as_of]")).to_have_value("2026-05-31")
    page.go_back()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/06/2026")
    assert first == headline(page)
    expect(page.locator("select[name=as_of]")).to_have_value("2026-06-30")


def test_back_to_the_first_address_is_the_newest_day(open_page: Open) -> None:
    """An address without a day: page, list of days, and what the tabs of a park lead to."""
    page = ready(open_page("/parks/khanh-phu?tab=plots"))
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page.locator(".figures")).to_contain_text("đến 09/2026")
    expect(page.locator("[data-csv]")).to_have_attribute("href", re.compile("as_of=2026-09-30"))
    page.go_back()
    expect(page.locator(".figures")).to_contain_text("đến 10/2026")
    expect(page.locator("select[name=as_of]")).to_have_value("2026-10-31")
    expect(page.locator("[data-csv]")).not_to_have_attribute("href", re.compile("as_of=2026-09-30"))


def test_a_drag_of_the_slider_is_one_step_back(open_page: Open) -> None:
    """However many months it showed on its way."""
    page = ready(open_page("/?as_of=2026-10-31"))
    box = page.get_by_role("slider", name="Tháng đang xem").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    for share in (0.7, 0.4):
        page.mouse.move(box["x"] + box["width"] * share, y, steps=3)
        expect(page.locator("[data-total=park_occupancy]")).not_to_contain_text("đến 31/10/2026")
        page.wait_for_timeout(600)
    page.mouse.up()
    page.wait_for_timeout(600)
    page.go_back()
    expect(page).to_have_url(re.compile("as_of=2026-10-31"))
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 31/10/2026")


def test_what_is_chosen_while_a_day_is_on_its_way_is_kept(open_page: Open) -> None:
    """The theme stands in the address beside the day."""
    page = ready(open_page("/", is_intercepted=True))
    page.route(re.compile(r"/\?.*as_of=2026-09-30"), lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.get_by_role("button", name="Lùi một tháng").click()
    page.get_by_role("radio", name="Hạ tầng").check()
    expect(page).to_have_url(re.compile("theme=park_infrastructure"))
    expect(page.locator("[data-total=park_infrastructure]")).to_contain_text("đến 30/09/2026")
    expect(page).to_have_url(re.compile("(?=.*as_of=2026-09-30)(?=.*theme=park_infrastructure)"))


def test_a_popup_leads_on_to_the_day_that_is_shown(open_page: Open) -> None:
    """Not to the day with which the page was opened."""
    page = ready(open_page("/"))
    page.get_by_role("button", name="Lùi một tháng").click()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/09/2026")
    ready(page)
    page.locator('[data-park="khanh-phu"] .meter').click()
    expect(page.locator(".leaflet-popup-content a.go")).to_have_attribute("href", re.compile("as_of=2026-09-30"))


def test_a_step_leaves_list_and_focus_where_they_are(open_page: Open) -> None:
    """The list is not scrolled to its top, what is unfolded stays so, and who stands on a link stays on it."""
    page = ready(open_page("/"))
    page.locator("[data-park=khanh-phu] a").first.focus()
    before = page.locator("[data-parks]").evaluate("list => list.scrollTop")
    assert before > 0
    page.evaluate("geoappMap.geoapp.showDay('2026-09-30', true)")
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 30/09/2026")
    ready(page)
    expect(page.locator("[data-park=khanh-phu] a").first).to_be_focused()
    assert before == page.locator("[data-parks]").evaluate("list => list.scrollTop")


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
    expect(page).to_have_url(re.compile("as_of=2026-10-31"))
    expect(page.get_by_role("button", name="Chạy")).to_be_visible()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 31/10/2026")
    page.go_back()
    expect(page.locator("[data-total=park_occupancy]")).to_contain_text("đến 31/07/2026")


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
    page.get_by_role("radio", name="Hạ tầng").check()
    expect(page).to_have_url(re.compile("theme=park_infrastructure"))
    page.locator(".known summary").click()
    today = page.locator("[name=known_at]").get_attribute("max") or ""
    page.locator("[name=known_at]").fill(today)
    page.locator(".known").get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile(f"as_of=2026-06-30.*known_at={today}"))
    expect(page).to_have_url(re.compile("theme=park_infrastructure"))
    expect(ready(page).locator(".known summary")).to_contain_text("biết đến ngày")
    page.locator(".known summary").click()
    page.get_by_role("link", name="theo dữ liệu biết đến hôm nay").click()
    expect(page).not_to_have_url(re.compile("known_at"))
    ready(page)
