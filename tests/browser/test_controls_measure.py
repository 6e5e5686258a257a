"""Measuring on the map, against another library for the same ellipsoid."""

import pytest
from playwright.sync_api import Page, expect
from pyproj import Geod

from tests.browser.conftest import PHONE, Open, ready
from tests.browser.map_reading import number, open_readout, spot, stage_point

GEOD = Geod(ellps="WGS84")
VIEW = "#map=13/20.25/106.1"
# The readout tells a place to a millionth of a degree, 0.1 m.
NEAR_M = 0.5


def measured(page: Page, row: int = 0) -> str:
    """A value of the readout of the measure."""
    return page.locator(".measured dd").nth(row).inner_text()


def begin(page: Page, name: str) -> None:
    """Measuring has begun: what it computes with is there."""
    page.get_by_role("button", name=name).click()
    expect(page.locator(".tool-measure")).to_be_visible()


def test_a_length_is_that_of_the_ellipsoid(open_page: Open) -> None:
    """Click by click, the last one twice; the result stays, and opens no popup."""
    page = ready(open_page(f"/{VIEW}"))
    open_readout(page)
    spots = [spot(page, *at) for at in ((0.3, 0.5), (0.45, 0.62), (0.5, 0.4))]
    begin(page, "Đo dài")
    for one in spots[:-1]:
        page.mouse.click(one.x, one.y)
        page.wait_for_timeout(400)
    page.mouse.dblclick(spots[-1].x, spots[-1].y)
    expected = GEOD.line_length([one.lon for one in spots], [one.lat for one in spots])
    assert "km" in measured(page)
    assert pytest.approx(expected, abs=NEAR_M + 0.5) == number(measured(page)) * 1000
    page.mouse.move(*stage_point(page, 0.2, 0.3))
    assert pytest.approx(expected, abs=NEAR_M + 0.5) == number(measured(page)) * 1000
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.get_by_role("button", name="Xóa").click()
    expect(page.locator(".measure-line")).to_have_count(0)


def test_an_area_is_that_of_the_ellipsoid(open_page: Open) -> None:
    """In hectares and square metres, with the perimeter, in the forms of English; Enter ends it."""
    page = ready(open_page(f"/?lang=en{VIEW}"))
    open_readout(page, "Coordinates")
    places = []
    corners = [stage_point(page, *at) for at in ((0.3, 0.5), (0.5, 0.45), (0.48, 0.7), (0.32, 0.72))]
    for corner in corners:
        page.mouse.move(*corner)
        page.wait_for_timeout(50)
        lat, lon = page.locator(".copy-line .figure").first.inner_text().split(", ")
        places.append((number(lon, "en"), number(lat, "en")))
    begin(page, "Measure area")
    for corner in corners:
        page.mouse.click(*corner)
        page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    area, perimeter = GEOD.polygon_area_perimeter(*zip(*places, strict=True))
    assert pytest.approx(abs(area) / 1e4, rel=1e-4) == number(measured(page), "en")
    assert measured(page).endswith("ha")
    assert pytest.approx(abs(area), rel=1e-4) == number(measured(page, 1), "en")
    assert pytest.approx(perimeter, abs=2) == number(measured(page, 2), "en") * 1000


def test_measuring_by_keys_alone(open_page: Open) -> None:
    """Space adds the middle of the map, the arrows move it, Backspace takes back, Escape ends without a result."""
    page = ready(open_page(f"/{VIEW}"))
    button = page.get_by_role("button", name="Đo dài")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.press("Space")
    # 80 px at this zoom: 156543.034 m / 2^13 a pixel on the equator.
    assert pytest.approx(80 * 19.109 * 0.9382, rel=0.005) == number(measured(page)) * 1000
    page.keyboard.press("Backspace")
    assert 0 == number(measured(page))
    page.keyboard.press("Escape")
    expect(page.locator(".tool-measure")).to_be_hidden()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_sides_that_cross_have_no_area(open_page: Open) -> None:
    """Instead of a number that means nothing, a sentence."""
    page = ready(open_page(f"/{VIEW}"))
    begin(page, "Đo diện tích")
    for at in ((0.3, 0.4), (0.5, 0.6), (0.5, 0.4), (0.3, 0.6)):
        page.mouse.click(*stage_point(page, *at))
        page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator(".measured")).to_have_text("Các cạnh cắt nhau: hình như vậy không tính được diện tích.")


def test_measuring_with_a_finger(open_page: Open) -> None:
    """Tap by tap, or the middle of the map by a button; the tools lie behind one button."""
    page = ready(open_page("/parks/khanh-phu", viewport=PHONE, has_touch=True, is_mobile=True))
    page.get_by_role("button", name="Công cụ").tap()
    page.get_by_role("button", name="Đo diện tích").tap()
    expect(page.locator(".tool-measure")).to_be_visible()
    for x, y in ((120, 330), (240, 400)):
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(400)
    page.get_by_role("button", name="Thêm điểm").tap()
    page.get_by_role("button", name="Xong").tap()
    assert number(measured(page)) > 0
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_what_is_closed_gives_the_focus_back(open_page: Open) -> None:
    """By keyboard one goes on from the tool that was used."""
    page = ready(open_page(f"/{VIEW}"))
    begin(page, "Đo dài")
    page.locator(".tool-measure .tool-close").press("Enter")
    expect(page.locator(".tool-measure")).to_be_hidden()
    expect(page.get_by_role("button", name="Đo dài")).to_be_focused()
