"""A planner's day, from the park that holds back most to a link that a colleague opens."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Watch, ready

CARD = "dialog.figure-dialog"


def worst_park(page: Page) -> str:
    """Choose the theme of clearance, and put the park that misses most hectares first; its name."""
    page.get_by_role("radio", name="Mặt bằng").check()
    page.get_by_role("button", name="Lọc").click()
    page.locator("[data-sort]").select_option(label="còn thiếu nhiều nhất trước")
    return page.locator("[data-parks] li").first.locator("> a").inner_text()


def test_from_the_worst_park_to_the_source_of_its_figure(open_page: Open) -> None:
    """Which park, since when, what changed between two months, and who says so: by clicks alone."""
    page = ready(open_page("/"))
    name = worst_park(page)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)

    # Since when: the course over the months, as a table beside the chart.
    chart = page.locator("[data-chart*=clearance_cumulative]")
    chart.scroll_into_view_if_needed()
    chart.get_by_text("Bảng số liệu").click()
    rows = chart.locator("tbody tr")
    assert rows.count() > 12
    expect(rows.first).to_contain_text("10/2026")

    # Where the figure comes from: its card.
    page.locator("[data-figure*=clearance_cumulative]").first.click()
    card = page.locator(CARD)
    for told in ("Phương pháp", "Nguồn", "Đợt nhập", "minh họa"):
        expect(card).to_contain_text(told)
    reckoned = card.locator("dd", has_text="× 100 =").inner_text().split("=")[1].strip()

    # Two months beside each other: the newest is what the card told.
    card.get_by_role("link", name="Có gì thay đổi trong một tháng qua").click()
    expect(page).to_have_url(re.compile(r"/changes\?figure=clearance_cumulative&from=2026-09-30&to=2026-10-31&park="))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    shares = page.get_by_role("table", name="Tỷ lệ tại hai thời điểm").locator("tbody tr")
    expect(shares).to_have_count(2)
    expect(shares.last).to_contain_text(reckoned)


def test_a_plot_by_a_name_without_accents_and_a_link_to_it(open_page: Open) -> None:
    """Found as it is typed in a hurry; the copied link shows a colleague the same view, in English, on a phone."""
    page = ready(open_page("/", permissions=["clipboard-read", "clipboard-write"]))
    page.keyboard.press("/")
    page.keyboard.type("bao minh c1-03")
    first = page.locator("#finds [role=option]").first
    expect(first).to_contain_text("C1-03")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("C1-03")
    ready(page)
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.locator(".tool-notice")).to_contain_text("Đã sao chép địa chỉ")
    link = page.evaluate("navigator.clipboard.readText()").removeprefix(page.evaluate("location.origin"))
    middle = page.evaluate("[geoappMap.getCenter().lat, geoappMap.getCenter().lng].map((n) => n.toFixed(3))")

    there = ready(open_page(link, viewport=PHONE, has_touch=True, is_mobile=True))
    assert middle == there.evaluate("[geoappMap.getCenter().lat, geoappMap.getCenter().lng].map((n) => n.toFixed(3))")
    there.get_by_role("link", name="EN", exact=True).tap()
    expect(there.locator("html")).to_have_attribute("lang", "en")
    expect(there.get_by_role("heading", level=1)).to_contain_text("C1-03")
    expect(there.locator(".moment select")).to_have_value("2026-10-31")
    assert there.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_with_the_network_cut_what_is_there_stays_and_the_rest_comes_back(open_page: Open, watch: Watch) -> None:
    """The map and the list go on; what could not be fetched is told, and comes by one click later."""
    watch.expected = ("ERR_INTERNET_DISCONNECTED", "layer ", "figure:", "day:")
    page = ready(open_page("/", viewport=DESKTOP))
    page.context.set_offline(True)
    page.locator('[data-park="khanh-phu"] .meter').click()
    expect(page.locator(".leaflet-popup-content h2")).to_have_text("KCN Khánh Phú")
    page.locator('[data-park="khanh-phu"] [data-figure]').click()
    expect(page.locator(CARD).get_by_role("alert")).to_contain_text("Không tải được phần này")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Hạ tầng").check()
    expect(page.get_by_role("alert")).to_contain_text("Không tải được lớp")
    page.get_by_role("button", name="Lùi một tháng").click()
    notice = page.locator(".tool-notice")
    expect(notice).to_contain_text("Không tải được số liệu của ngày này.")
    page.context.set_offline(False)
    notice.get_by_role("button", name="Thử lại").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".moment select")).to_have_value("2026-09-30")
    expect(page.locator(".pane-infrastructure path").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
