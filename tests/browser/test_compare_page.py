"""The parks side by side in a real browser: sorting, choosing, keyboard, phone, and a window at 200 %."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.test_axe import AXE, RUN

HALF = {"width": 683, "height": 384}


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_page_has_no_serious_fault(open_page: Open, viewport: dict[str, int], scheme: str) -> None:
    """Names, roles, contrast, order."""
    page = open_page("/compare?status=operating", viewport=viewport, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)


def test_the_worst_occupancy_is_found_by_the_keyboard(open_page: Open) -> None:
    """A heading is reached, Enter sorts, a second time turns it round; the order stands in the address."""
    page = open_page("/compare?lang=en")
    heading = page.get_by_role("columnheader", name="Occupancy")
    heading.get_by_role("link").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    heading.get_by_role("link").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert "sort=occupancy" in page.url
    values = page.locator("tbody td:nth-child(7) .number").all_inner_texts()
    numbers = [float(text.split()[0]) for text in values]
    assert sorted(numbers) == numbers
    assert len(numbers) > 10


def test_only_the_parks_that_are_ticked(open_page: Open) -> None:
    """Two boxes, one button, one address to share; and back to all."""
    page = open_page("/compare?lang=en&sort=-occupancy")
    for name in ("Khánh Phú", "Hòa Xá"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Only the parks ticked").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert "parks=" in page.url
    assert "sort=-occupancy" in page.url
    page.get_by_role("link", name="All parks again").click()
    expect(page.locator("tbody tr")).to_have_count(45)


def test_a_park_is_found_without_accents(open_page: Open) -> None:
    """The filter is sent by Enter, and says how many are left."""
    page = open_page("/compare?lang=en")
    page.get_by_label("Name").fill("khanh phu")
    page.get_by_label("Name").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator(".shown-line b")).to_have_text("1 of 45 parks")


def test_names_and_headings_stay_in_view(open_page: Open) -> None:
    """However far the table is scrolled, its first column and its headings stand where they stood."""
    page = open_page("/compare")
    name, heading = page.locator("tbody tr:nth-child(30) th"), page.locator("thead tr:nth-child(2) th:nth-child(9)")
    page.locator(".scroll").evaluate("box => box.scrollTo(900, 1500)")
    box = page.locator(".scroll").bounding_box()
    assert box is not None
    assert abs(name.bounding_box()["x"] - box["x"]) < 2  # type: ignore[index]
    assert 0 <= heading.bounding_box()["y"] - box["y"] < 60  # type: ignore[index]


@pytest.mark.parametrize("viewport", [PHONE, HALF, {"width": 320, "height": 640}])
def test_only_the_table_scrolls_sideways(open_page: Open, viewport: dict[str, int]) -> None:
    """On a phone and at 200 % the page fits, the table scrolls within it, and the name leaves room for the figures."""
    page = open_page("/compare", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    name = page.locator("tbody tr:first-child th").bounding_box()
    assert name is not None
    assert name["width"] < viewport["width"] / 2
    assert page.locator(".scroll").evaluate("box => box.clientHeight") > 150


def test_the_workbook_is_downloaded(open_page: Open) -> None:
    """By its link, with the name of the day."""
    page = open_page("/compare?lang=en&as_of=2026-06-30")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    assert "compare-2026-06-30.xlsx" == waiting.value.suggested_filename
