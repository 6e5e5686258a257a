"""The page of a park: charts, tabs, and tables that the map follows and that follow the map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, ready

PARK = "/parks/khanh-phu"
ROWS = "[data-panel=plots] tr[data-feature]"
OUTLINE = "path.mark-line"
# Vega names the element that holds its drawing.
DRAWN = "[data-chart-place]"


def table(open_page: Open, query: str = "tab=plots") -> Page:
    """The page of the park with a table open."""
    page = ready(open_page(f"{PARK}?{query}"))
    expect(page.locator("tr[data-feature]").first).to_be_visible()
    return page


def click_plot(page: Page, row: int) -> None:
    """Click the middle of the plot of a row on the map."""
    box = page.locator(ROWS).nth(row).get_attribute("data-box")
    assert box is not None
    west, south, east, north = (float(side) for side in box.split(","))
    spot = page.evaluate(
        "([lat, lng]) => { const p = window.geoappMap.latLngToContainerPoint([lat, lng]);"
        " const b = window.geoappMap.getContainer().getBoundingClientRect(); return [b.x + p.x, b.y + p.y]; }",
        [(south + north) / 2, (west + east) / 2],
    )
    page.mouse.click(*spot)


def test_charts_are_loaded_when_they_come_into_view(open_page: Open) -> None:
    """No library before; then a drawing with a name, under the policy of the page, without a warning."""
    page = ready(open_page(f"{PARK}?tab=plots"))
    assert not page.evaluate("() => 'vega' in window")
    page.get_by_role("tab", name="Diễn biến").click()
    chart = page.locator('[data-chart*="occupancy"]')
    chart.scroll_into_view_if_needed()
    expect(chart.locator(DRAWN)).to_have_attribute("aria-label", re.compile("Diễn biến Tỷ lệ lấp đầy: từ"))


def test_numbers_of_a_chart_are_vietnamese(open_page: Open) -> None:
    """Flow in thousands: 15.000, with a point."""
    page = ready(open_page("/parks/hoa-mac"))
    chart = page.locator('[data-chart*="wastewater_load"]')
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg").get_by_text("1.000", exact=True)).to_be_visible()


def test_a_chart_has_its_figures_as_a_table(open_page: Open) -> None:
    """Every figure of the series, newest first, for those who do not see the chart."""
    page = ready(open_page(PARK))
    chart = page.locator('[data-chart*="occupancy"]')
    chart.scroll_into_view_if_needed()
    chart.get_by_text("Bảng số liệu").click()
    expect(chart.locator("tbody tr").first).to_contain_text(re.compile(r"10/2026\s*9\d,\d\s%\s*minh họa"))
    expect(chart.locator("tbody tr")).to_have_count(35)


def test_another_day_redraws_the_charts(open_page: Open) -> None:
    """A step back in time: the chart ends a month earlier."""
    page = ready(open_page(PARK))
    chart = page.locator('[data-chart*="occupancy"]')
    chart.scroll_into_view_if_needed()
    expect(chart.locator(DRAWN)).to_have_attribute("aria-label", re.compile(r"\(10/2026\)"))
    page.locator("[data-step='-1']").click()
    expect(chart.locator(DRAWN)).to_have_attribute("aria-label", re.compile(r"\(09/2026\)"))


def test_a_row_shows_its_outline_on_the_map(open_page: Open) -> None:
    """Under the pointer, and away with it."""
    page = table(open_page)
    page.locator(ROWS).nth(3).hover()
    expect(page.locator(OUTLINE)).to_have_count(1)
    page.locator("h1").hover()
    expect(page.locator(OUTLINE)).to_have_count(0)


def test_a_click_on_a_row_brings_the_map_near(open_page: Open) -> None:
    """The map shows the plot, the row is marked."""
    page = table(open_page)
    before = page.evaluate("() => window.geoappMap.getZoom()")
    page.locator(ROWS).nth(3).locator("td").nth(2).click()
    assert page.evaluate("() => window.geoappMap.getZoom()") > before
    expect(page.locator(ROWS).nth(3)).to_have_class(re.compile("chosen"))


def test_rows_are_walked_by_the_keyboard(open_page: Open) -> None:
    """Down from row to row, Enter zooms, and the outline follows the focus."""
    page = table(open_page)
    page.locator(ROWS).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(ROWS).nth(2)).to_be_focused()
    expect(page.locator(OUTLINE)).to_have_count(1)
    before = page.evaluate("() => window.geoappMap.getZoom()")
    page.keyboard.press("Enter")
    assert page.evaluate("() => window.geoappMap.getZoom()") > before


def test_a_plot_chosen_on_the_map_is_marked_in_the_table(open_page: Open) -> None:
    """Also one that stands far down in the order: it is fetched to the top."""
    page = table(open_page)
    expect(page.locator('tr[data-feature="khanh-phu/TBA-01"]')).to_have_count(0)
    page.evaluate("() => window.geoappMap.fire('geoapp:choose', {id: 'plot_state', feature: 'khanh-phu/TBA-01'})")
    expect(page.locator('tr[data-feature="khanh-phu/TBA-01"]')).to_have_class(re.compile("chosen"))
    expect(page.locator(OUTLINE)).to_have_count(1)


def test_a_real_click_on_a_plot_marks_its_row(open_page: Open) -> None:
    """From the canvas to the table: the popup opens and one row is marked."""
    page = table(open_page)
    click_plot(page, 5)
    expect(page.locator(".leaflet-popup-content")).to_be_visible()
    expect(page.locator("tr.chosen")).to_have_count(1)


def test_the_table_shows_only_what_the_map_shows(open_page: Open) -> None:
    """Near one plot there are fewer; back at the whole park all of them."""
    page = table(open_page)
    told = page.locator("[data-panel=plots] [data-told]")
    expect(told).to_contain_text("128 lô đất")
    page.locator(ROWS).first.locator("td").nth(2).click()
    page.get_by_label("chỉ phần bản đồ đang hiện").check()
    expect(told).not_to_contain_text("128 lô đất")
    page.get_by_role("button", name="Toàn vùng").click()
    expect(told).to_contain_text("128 lô đất")


def test_a_filter_finds_without_accents_and_the_file_follows(open_page: Open) -> None:
    """“cong ty” or a code; the link to the file holds the filter."""
    page = table(open_page, "tab=projects")
    page.get_by_role("searchbox", name=re.compile("Lọc dự án")).fill("dam ninh binh")
    rows = page.locator("[data-panel=projects] tr[data-feature]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Đạm Ninh Bình")
    assert "q=dam+ninh+binh" in (page.locator("[data-panel=projects] [data-csv]").get_attribute("href") or "")


def test_a_heading_sorts(open_page: Open) -> None:
    """Largest first at the second click; the heading says so and keeps the focus."""
    page = table(open_page)
    for order in ("ascending", "descending"):
        page.locator("[data-sort-by=area]").click()
        expect(page.locator("th:has([data-sort-by=area])")).to_have_attribute("aria-sort", order)
    areas = [float(text.replace(",", ".")) for text in page.locator(f"{ROWS} td:nth-child(5)").all_inner_texts()]
    assert sorted(areas, reverse=True) == areas
    expect(page.locator("[data-sort-by=area]")).to_be_focused()


def test_more_rows_come_while_scrolling(open_page: Open) -> None:
    """60 at first, all 128 at the end, none twice."""
    page = table(open_page)
    expect(page.locator(ROWS)).to_have_count(60)
    for _ in range(4):
        page.locator("[data-panel=plots] [data-scroller]").evaluate("box => box.scrollTo(0, box.scrollHeight)")
        page.wait_for_timeout(300)
    expect(page.locator(ROWS)).to_have_count(128)
    features = page.locator(ROWS).evaluate_all("rows => rows.map((row) => row.dataset.feature)")
    assert 128 == len(set(features))


def test_tabs_are_walked_by_arrows_and_kept_in_the_address(open_page: Open) -> None:
    """Right from the first tab; the address can be shared."""
    page = ready(open_page(PARK))
    page.get_by_role("tab", name="Diễn biến").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Lô đất")).to_be_focused()
    expect(page).to_have_url(re.compile("tab=plots"))
    expect(page.locator(ROWS).first).to_be_visible()


@pytest.mark.parametrize("path", ["/parks/khanh-phu/plots/A1-01", "/projects/demo-khanh-phu-01"])
def test_a_plot_and_a_project_are_marked_on_their_map(open_page: Open, path: str) -> None:
    """The outline that the page is about stands out."""
    page = ready(open_page(path))
    expect(page.locator(OUTLINE).first).to_be_visible()


def test_the_popup_of_a_plot_leads_to_its_page(open_page: Open) -> None:
    """From the map to the plot in one click more."""
    page = table(open_page)
    click_plot(page, 5)
    page.get_by_role("link", name="Mở trang của lô đất").click()
    expect(page.locator("h1")).to_contain_text("Lô đất")


def test_nothing_is_wider_than_a_phone(open_page: Open) -> None:
    """Tables scroll in themselves; the pages do not."""
    wide = []
    for path in (f"{PARK}?tab=plots", "/parks/khanh-phu/plots/A1-01", "/projects/demo-khanh-phu-01",
                 "/figures/province/ninh-binh/occupancy", "/zones/ninh-co"):  # fmt: skip
        page = open_page(path, viewport=PHONE)
        page.wait_for_load_state("networkidle")
        if page.evaluate("() => document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(path)
    assert [] == wide
