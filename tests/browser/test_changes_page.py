"""What changed in a real browser: the map shows only that, rows and map follow each other, keyboard and phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, ready
from tests.browser.test_axe import AXE, RUN

YEAR = "/changes?lang=en&figure=land_leased&from=2025-10-31&to=2026-10-31"
HALF = {"width": 683, "height": 384}


def drawn(page: Page) -> int:
    """How many things are drawn as changed."""
    return page.locator(".pane-changes path").count()


@pytest.mark.parametrize(
    ("path", "viewport", "scheme"),
    [
        ("/changes", DESKTOP, "light"),
        ("/changes", PHONE, "dark"),
        ("/changes?figure=occupancy&from=2025-06-30", DESKTOP, "dark"),
    ],
)
def test_the_page_has_no_serious_fault(open_page: Open, path: str, viewport: dict[str, int], scheme: str) -> None:
    """Names, roles, contrast, order."""
    page = ready(open_page(path, viewport=viewport, color_scheme=scheme))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)


def test_the_map_shows_what_the_rows_say(open_page: Open) -> None:
    """As many things as rows, and the legend counts them by reason."""
    page = ready(open_page(YEAR))
    rows = page.locator("tr[data-thing]").count()
    assert rows == drawn(page) > 20
    counted = page.locator(".layer-row").first.locator("li", has_text="newly leased").locator(".count")
    expect(counted).to_have_text(str(rows))


def test_a_row_shows_itself_on_the_map(open_page: Open) -> None:
    """By its button, also from the keyboard: the plot is near and says what became of it."""
    page = ready(open_page(YEAR))
    row = page.locator("tr[data-thing]").nth(3)
    row.get_by_role("button").press("Enter")
    popup = page.locator(".leaflet-popup-content")
    expect(popup.locator("h2")).to_have_text((row.get_attribute("data-thing") or "").split("/")[1])
    expect(popup).to_contain_text("newly leased")
    expect(row).to_have_class("chosen")


def test_a_thing_on_the_map_shows_its_row(open_page: Open) -> None:
    """A click on the map marks the row and brings it into view."""
    page = ready(open_page(f"{YEAR}&park=my-thuan"))
    page.locator(".pane-changes path").first.click(force=True)
    expect(page.locator("tr.chosen[data-thing]")).to_have_count(1)
    expect(page.locator("tr.chosen[data-thing]")).to_be_in_viewport()


def test_two_months_are_compared_by_the_form(open_page: Open) -> None:
    """Figure, days and place are chosen and sent; the address tells them, and Back returns."""
    page = ready(open_page("/changes?lang=en"))
    page.get_by_label("Figure").select_option("plots_available")
    page.locator("select[name=from]").select_option("2026-03-31")
    page.locator("select[name=to]").select_option("2026-06-30")
    page.get_by_label("Scope").select_option("zone:ninh-co")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#difference h2")).to_contain_text("Plots ready to lease · Ninh Cơ")
    assert "from=2026-03-31" in page.url
    page.go_back()
    expect(page.locator("#difference h2")).to_have_text("Land leased")


def test_nothing_that_changed_is_said(open_page: Open) -> None:
    """No rows, no drawing, and a sentence."""
    page = ready(open_page("/changes?lang=en&figure=wastewater_capacity"))
    expect(page.get_by_text("Nothing changed between these two moments.")).to_be_visible()
    assert 0 == drawn(page)


@pytest.mark.parametrize("viewport", [HALF, {"width": 320, "height": 640}])
@pytest.mark.parametrize("path", [YEAR, "/changes?figure=occupancy&from=2025-06-30"])
def test_nothing_runs_out_of_a_narrow_screen(open_page: Open, path: str, viewport: dict[str, int]) -> None:
    """On a phone and at 200 % the page is not wider than the screen."""
    page = ready(open_page(path, viewport=viewport))
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
