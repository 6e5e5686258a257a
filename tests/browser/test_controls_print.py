"""The map on paper."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, ready


def pages_of(page: Page, *, landscape: bool) -> int:
    """On how many sheets of A4 the page is printed."""
    pdf = page.pdf(format="A4", landscape=landscape, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_the_sheet_tells_what_it_shows(open_page: Open) -> None:
    """Title, day, legend of what is on, what is hidden, sources, demonstration, outlines, scale and address."""
    page = ready(open_page("/parks/bao-minh"))
    page.locator(".layer-row:has(input[value=plot_state])").get_by_role("button", name="đang hoạt động").click()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="In", exact=True).click()
    page.wait_for_function("window.printed")
    expect(page.locator(".print-missing")).to_be_hidden()
    expect(page.locator(".print-head")).to_contain_text("KCN Bảo Minh")
    expect(page.locator(".print-head")).to_contain_text("Số liệu đến 31/10/2026")
    legend = page.locator(".print-legend")
    expect(legend).to_contain_text("Lô đất theo tình trạng")
    expect(legend).to_contain_text("Đang ẩn 1 loại")
    expect(legend.locator("li", has_text="đang hoạt động")).to_have_count(0)
    foot = page.locator(".print-foot")
    for told in (
        "SỐ LIỆU MINH HỌA",
        "ranh giới gần đúng",
        "OpenStreetMap",
        "/parks/bao-minh?as_of=2026-10-31&lang=vi#map=",
    ):
        expect(foot).to_contain_text(told)
    expect(page.locator(".print-scale")).to_have_text(re.compile(r"\d+ k?m"))
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".print-head")).to_have_count(0)
    # From the menu of the browser nothing waits for the tiles of the plots; the sheet tells it.
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".print-missing")).to_contain_text("chưa được vẽ xong")


def test_a_sheet_is_one_page_either_way_and_leaves_the_view(open_page: Open) -> None:
    """A4 upright and across, by night too; the page on screen is as it was."""
    page = ready(open_page("/", color_scheme="dark"))
    before = page.url
    assert (1, 1) == (pages_of(page, landscape=True), pages_of(page, landscape=False))
    page.wait_for_timeout(400)
    assert before == page.url
    expect(page.locator(".print-head")).to_have_count(0)
