"""The page of wastewater and leasing, and its layer on the map of a park, in a real browser."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Open, ready
from tests.browser.test_axe import AXE, RUN


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")])
def test_the_page_has_no_serious_fault(open_page: Open, viewport: dict[str, int], scheme: str) -> None:
    """Names, roles, contrast, order; and nothing sticks out on a phone."""
    page = open_page("/wastewater", viewport=viewport, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)
    assert viewport["width"] == page.evaluate("document.documentElement.scrollWidth")


def test_the_day_is_chosen_in_the_page(open_page: Open) -> None:
    """Another month and order by one form; the address can be shared."""
    page = open_page("/wastewater?lang=vi")
    page.locator("select[name=as_of]").select_option("2025-10-31")
    page.locator("select[name=sort]").select_option("load")
    page.get_by_role("button", name="Xem").click()
    page.get_by_text("đến 31/10/2025").first.wait_for()
    assert page.url.endswith("/wastewater?as_of=2025-10-31&sort=load")


def test_plots_are_drawn_by_what_blocks_them(open_page: Open) -> None:
    """The layer comes from its folder alone: legend with counts, tiles, no fault in the console."""
    page = ready(open_page("/parks/dong-van-3-phia-dong?lang=vi"))
    page.evaluate("geoappMap.addLayer(geoappMap.geoapp.layers.get('plot_leasable'))")
    page.wait_for_function("() => geoappMap.geoapp.layers.get('plot_leasable').state === 'ready'")
    counts = page.evaluate("Object.fromEntries(geoappMap.geoapp.layers.get('plot_leasable').counts())")
    assert counts["blocked_plant"] > 0
    assert "vướng nhà máy xử lý nước thải" in page.locator("[data-legend]").inner_text()
