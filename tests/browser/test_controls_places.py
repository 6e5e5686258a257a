"""Coordinates, my place, the overview."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, ready
from tests.browser.map_reading import open_readout, read_place, spot, stage_point

# A check value of VN-2000 / TM-3 105-30: E 569 723.883, N 2 258 888.931.
AT_CHECK = "#map=14/20.42/106.17"
LOCATE = "Vị trí của tôi"


def test_the_readout_tells_both_systems(open_page: Open) -> None:
    """Of the middle of the map first; in the zone of the former province, which can be changed."""
    page = ready(open_page(f"/zones/ninh-co{AT_CHECK}"))
    open_readout(page)
    lines = page.locator(".copy-line")
    expect(lines.nth(0)).to_contain_text("20,420000° B; 106,170000° Đ")
    expect(lines.nth(1)).to_contain_text("VN-2000 105°30′")
    expect(lines.nth(1)).to_contain_text("X (Bắc) 2.258.888,9; Y (Đông) 569.723,9 m")
    page.get_by_role("combobox", name="Cách ghi độ").select_option("dms")
    expect(lines.nth(0)).to_contain_text("20°25′12,00″ B; 106°10′12,00″ Đ")
    page.get_by_role("combobox", name="Kinh tuyến trục").select_option("5897")
    expect(lines.nth(1)).to_contain_text("VN-2000 105°00′")


def test_a_place_is_pinned_and_copied(open_page: Open) -> None:
    """A right click keeps the place while the pointer goes to the line that copies it."""
    page = ready(open_page("/parks/khanh-phu", permissions=["clipboard-read", "clipboard-write"]))
    open_readout(page)
    expect(page.locator(".copy-line").nth(1)).to_contain_text("VN-2000 105°00′")
    here = spot(page, 0.2, 0.5)
    page.mouse.click(here.x, here.y, button="right")
    page.mouse.move(*stage_point(page, 0.3, 0.6))
    expect(page.locator(".tool-coordinates")).to_contain_text("Điểm đã ghim")
    assert (here.lon, here.lat) == read_place(page)
    page.locator(".copy-line").first.click()
    expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
    assert f"{here.lat:.6f}, {here.lon:.6f}" == page.evaluate("navigator.clipboard.readText()")


def test_my_place_is_shown(open_page: Open) -> None:
    """Where the browser says, with how far off it may be."""
    place = {"latitude": 20.42, "longitude": 106.17, "accuracy": 35}
    page = ready(open_page("/", geolocation=place, permissions=["geolocation"]))
    page.get_by_role("button", name=LOCATE).click()
    expect(page.locator(".tool-notice")).to_contain_text("trong vòng 35\u00a0m")
    expect(page.locator(".leaflet-control-locate-circle")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"#map=15/20\.42\d*/106\.17"))
    page.get_by_role("button", name=LOCATE).click()
    expect(page.locator(".leaflet-control-locate-circle")).to_have_count(0)


def test_what_stands_in_the_way_of_my_place_is_said(open_page: Open) -> None:
    """Not allowed, or far away: a sentence each, and no dialog."""
    page = ready(open_page("/"))
    page.get_by_role("button", name=LOCATE).click()
    expect(page.locator(".tool-notice")).to_contain_text("Trình duyệt chưa được phép cho biết vị trí")
    away = {"latitude": 48.85, "longitude": 2.35, "accuracy": 20}
    page = ready(open_page("/", geolocation=away, permissions=["geolocation"]))
    page.get_by_role("button", name=LOCATE).click()
    expect(page.locator(".tool-notice")).to_contain_text("ngoài vùng của bản đồ")


def test_the_overview_moves_the_map_and_stays_folded(open_page: Open) -> None:
    """By keys and by pointer; whether it is open is remembered."""
    page = ready(open_page("/parks/khanh-phu"))
    overview = page.locator(".overview")
    open_readout(page)
    before = read_place(page)
    expect(overview.locator("path.overview-land")).not_to_have_count(0)
    overview.locator(".overview-map").focus()
    page.keyboard.press("ArrowLeft")
    west = read_place(page)
    assert west[0] < before[0]
    assert abs(west[1] - before[1]) < 1e-5
    overview.locator(".overview-map").click(position={"x": 60, "y": 60})
    assert abs(read_place(page)[0] - west[0]) > 0.01
    overview.get_by_role("button", name="Đóng").click()
    page.reload()
    expect(ready(page).locator(".overview")).to_be_hidden()
    expect(page.get_by_role("button", name="Tổng quan")).to_have_attribute("aria-pressed", "false")
