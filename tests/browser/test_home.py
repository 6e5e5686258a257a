"""The first page: themes with their figures, and the list of parks that leads the map and follows it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OCCUPANCY, PHONE, Open, ready


def test_every_theme_tells_its_figure(open_page: Open) -> None:
    """Five rows: four shares with their course over the months, and how many parks operate."""
    page = ready(open_page("/"))
    rows = page.locator(".theme-row")
    expect(rows).to_have_count(5)
    shares = rows.locator(".theme-value").all_inner_texts()
    assert 4 == sum(bool(re.fullmatch(r"\d+,\d\s*%", text)) for text in shares)
    expect(page.locator(".theme-row .spark path[d^='M']")).to_have_count(4)


def test_the_figure_of_the_theme_tells_what_moved(open_page: Open) -> None:
    """Since the end of the month before, in percentage points."""
    page = ready(open_page("/"))
    told = page.locator("[data-total=park_occupancy]").inner_text()
    assert re.search(r"[+−]?\d+,\d điểm phần trăm so với 30/09/2026", told)


def test_a_row_shows_its_park_on_the_map(open_page: Open) -> None:
    """A click beside the name opens the park on the map, and the row is marked."""
    page = ready(open_page("/"))
    page.locator('[data-park="khanh-phu"] .meter').click()
    expect(page.locator(".leaflet-popup-content h2")).to_have_text("KCN Khánh Phú")
    expect(page.locator('[data-park="khanh-phu"]')).to_have_class(re.compile("chosen"))


def test_the_list_is_walked_by_the_arrows(open_page: Open) -> None:
    """Tab reaches one row, its name and its figure; the arrows lead from row to row, past what is filtered out."""
    page = ready(open_page("/"))
    expect(page.locator("[data-parks] a[tabindex='0']")).to_have_count(2)
    page.get_by_role("searchbox", name="Lọc khu công nghiệp theo tên").fill("dong van")
    rows = page.locator("[data-parks] li:visible")
    rows.nth(0).locator("> a").focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("> a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(rows.nth(1).locator(".value a")).to_be_focused()
    page.keyboard.press("End")
    expect(rows.last.locator("a:focus")).to_have_count(1)


def test_the_filters_hold_for_list_and_map(open_page: Open) -> None:
    """Old province and status; what is left out is said, and comes back with one click."""
    page = ready(open_page("/"))
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("combobox", name="Tỉnh cũ").select_option("Hà Nam")
    page.get_by_role("combobox", name="Tình trạng").select_option("operating")
    kept = page.locator("[data-parks] li:visible").count()
    assert 0 < kept < 45
    expect(page.locator("[data-told]")).to_contain_text(f"Đang hiện {kept} trên 45 KCN.")
    expect(page.locator(OCCUPANCY)).to_have_count(kept)
    page.get_by_role("button", name="Hiện tất cả").click()
    expect(page.locator(OCCUPANCY)).to_have_count(45)


def test_a_class_of_the_theme_is_a_filter(open_page: Open) -> None:
    """The parks between 80 and 100 per cent: as many as the legend counts."""
    page = ready(open_page("/"))
    counted = page.locator(".layer-legend li", has_text="80–100 %").locator(".count").inner_text()
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("combobox", name="Mức").select_option(label="80–100 %")
    expect(page.locator("[data-parks] li:visible")).to_have_count(int(counted))


def test_the_parks_that_hold_back_most_come_first(open_page: Open) -> None:
    """By what is missing to the target in hectares: 80 % of the land to be leased less what is leased."""
    page = ready(open_page("/"))
    features = page.evaluate(
        """async () => (await (await fetch("/api/layers/park_occupancy/features?as_of=2026-10-31")).json()).features
            .map(({ properties }) => properties).filter(({ leasable }) => leasable !== null)
            .map(({ park_slug, leasable, leased }) => [0.8 * leasable - leased, park_slug])"""
    )
    page.get_by_role("button", name="Lọc").click()
    page.locator("[data-sort]").select_option("gap")
    listed = page.locator("[data-parks] li").evaluate_all("rows => rows.map((row) => row.dataset.park)")
    assert [slug for _, slug in sorted(features, reverse=True)] == listed[: len(features)]


def test_the_filter_outlives_a_change_of_theme(open_page: Open) -> None:
    """What was asked of the parks still holds for another theme."""
    page = ready(open_page("/"))
    page.locator("[data-filter]").fill("khanh phu")
    page.get_by_role("radio", name="Hạ tầng").check()
    ready(page)
    expect(page.locator(".pane-infrastructure path")).to_have_count(1)


def test_on_a_phone_the_themes_stand_in_one_row(open_page: Open) -> None:
    """All five can be touched without scrolling, and the list is under them."""
    page = ready(open_page("/", viewport=PHONE))
    boxes = [row.bounding_box() for row in page.locator(".theme-row").all()]
    assert 5 == len([box for box in boxes if box and box["height"] >= 44 and box["x"] + box["width"] <= 390])
    assert 1 == len({round(box["y"]) for box in boxes if box})


def test_a_first_visit_explains_itself_once(open_page: Open) -> None:
    """A note that blocks nothing; put away, it stays away."""
    page = ready(open_page("/"))
    note = page.get_by_role("complementary", name="Cách đọc bản đồ")
    expect(note).to_be_visible()
    page.locator('[data-park="khanh-phu"] .meter').click()
    expect(page.locator(".leaflet-popup-content h2")).to_be_visible()
    note.get_by_role("button", name="Đã hiểu").click()
    expect(note).to_be_hidden()
    page.reload()
    ready(page)
    expect(note).to_be_hidden()
