"""Large layers on the map: drawn by tiles, told as the small ones are."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Watch, click_tile, ready, tile_place

PIXEL = """([id, lng, lat]) => {
  const map = geoappMap;
  const point = map.latLngToContainerPoint([lat, lng]);
  const box = map.getContainer().getBoundingClientRect();
  for (const canvas of map.geoapp.layers.get(id).grid.getContainer().querySelectorAll("canvas")) {
    const tile = canvas.getBoundingClientRect();
    const [x, y] = [box.x + point.x - tile.x, box.y + point.y - tile.y];
    if (x < 0 || y < 0 || x >= tile.width || y >= tile.height) continue;
    const scale = canvas.width / tile.width;
    const [r, g, b] = canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data;
    return "#" + [r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("");
  }
  return null;
}"""


PLACE = """(plot) => {
  const { place } = geoappMap.geoapp.layers.get("plot_state").names().find(({ text }) => text === plot);
  return [place.lng, place.lat];
}"""


def place_of(page: Page, plot: str) -> tuple[float, float]:
    """Longitude and latitude in the middle of a plot of the page's park."""
    page.wait_for_function("() => geoappMap.geoapp.layers.get('plot_state').names().length > 0")
    lng, lat = page.evaluate(PLACE, plot)
    return lng, lat


def test_a_plot_has_the_colour_of_its_class(open_page: Open) -> None:
    """On the canvas the style model is the same as in the legend."""
    page = ready(open_page("/parks/bao-minh"))
    lng, lat = place_of(page, "C1-03")
    page.wait_for_function(f"(asked) => ({PIXEL})(asked) === '#368763'", arg=["plot_state", lng, lat])


def test_a_plot_tells_of_itself(open_page: Open) -> None:
    """Hover: name, state, area. Click: with date, source and quality."""
    page = ready(open_page("/parks/bao-minh"))
    page.mouse.move(*tile_place(page, "plot_state"))
    expect(page.locator(".leaflet-tooltip")).to_contain_text("Tình trạng")
    click_tile(page, "plot_state")
    text = page.locator(".leaflet-popup-content").inner_text()
    assert re.search(r"Diện tích\s+[\d,]+\sha", text)
    assert "minh họa" in text
    assert re.search(r"Số liệu ngày\s+\d\d/\d\d/\d{4}", text)


def test_a_popup_stands_at_once_and_is_filled_when_the_rest_comes(open_page: Open) -> None:
    """What the tile knows is shown while the server is asked."""
    page = ready(open_page("/parks/bao-minh", is_intercepted=True))
    place = tile_place(page, "plot_state")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile("/plot_state/features/"), hold)
    page.mouse.click(*place)
    popup = page.locator(".leaflet-popup-content")
    expect(popup.locator("[aria-busy=true]")).to_contain_text("Tình trạng")
    expect(popup).to_contain_text("đang tải…")
    while not waiting:
        page.wait_for_timeout(20)
    (route,) = waiting
    route.continue_()
    expect(popup.locator("h2")).to_be_visible()
    expect(popup).not_to_contain_text("đang tải…")
    expect(popup.locator("[aria-busy]")).to_have_count(0)


def test_a_popup_whose_rest_is_lost_says_so(open_page: Open, watch: Watch) -> None:
    """What is known stays; another click asks again."""
    watch.expected = ("net::ERR_FAILED", "layer plot_state")
    page = ready(open_page("/parks/bao-minh", is_intercepted=True))
    place = tile_place(page, "plot_state")
    page.route(re.compile("/plot_state/features/"), lambda route: route.abort())
    page.mouse.click(*place)
    popup = page.locator(".leaflet-popup-content")
    expect(popup).to_contain_text("Chưa tải được phần còn lại")
    expect(popup).to_contain_text("Tình trạng")
    page.unroute(re.compile("/plot_state/features/"))
    page.keyboard.press("Escape")
    click_tile(page, "plot_state")
    expect(popup.locator("h2")).to_be_visible()


COVERED = """() => {
  const popup = document.querySelector(".leaflet-popup-content-wrapper").getBoundingClientRect();
  const above = [".leaflet-control-scale-line", ".leaflet-control-attribution", ".foot", "[data-legend]", ".tools-bar",
    ".tools-fold"];
  return above.filter((name) => {
    const box = document.querySelector(name).getBoundingClientRect();
    const isBeside = box.right <= popup.left || box.left >= popup.right;
    return box.width && !isBeside && box.bottom > popup.top && box.top < popup.bottom;
  });
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_popup_lies_clear_of_what_stands_over_the_map(open_page: Open, viewport: dict[str, int]) -> None:
    """Scale, attribution, the days, the legend, the tools."""
    page = ready(open_page("/parks/bao-minh", viewport=viewport))
    hello = page.locator("[data-hello] button")
    if hello.is_visible():
        hello.click()
    click_tile(page, "plot_state")
    # The map moves below the popup until it has room.
    page.wait_for_function(f"() => ({COVERED})().length === 0")


def test_the_legend_counts_what_tiles_show(open_page: Open) -> None:
    """All plots of the park by state, also those out of sight."""
    page = ready(open_page("/parks/bao-minh"))
    row = page.locator(".layer-row", has=page.locator("input[value=plot_state]"))
    counted = [int(text) for text in row.locator(".layer-legend .count").all_inner_texts()]
    assert 61 == sum(counted)


def test_from_far_away_it_is_said_what_is_drawn(open_page: Open) -> None:
    """A block or a park stands for its plots; the legend and the tooltip say so."""
    page = ready(open_page("/parks/bao-minh"))
    page.evaluate("geoappMap.setZoom(13)")
    expect(page.locator(".level")).to_contain_text("gộp theo dãy lô")
    page.evaluate("geoappMap.setZoom(11)")
    expect(page.locator(".level")).to_contain_text("gộp theo khu")


def test_tiles_show_the_day_that_is_asked(open_page: Open) -> None:
    """Back to the first month: the tiles are asked for that day."""
    page = ready(open_page("/parks/bao-minh"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if ".mvt" in request.url else None)
    page.locator("select[name=as_of]").select_option("2024-06-30")
    expect(page).to_have_url(re.compile("as_of=2024-06-30"))
    ready(page)
    page.wait_for_function("() => geoappMap.geoapp.layers.get('plot_state').names().length > 0")
    assert asked
    assert [] == [url for url in asked if "as_of=2024-06-30" not in url]


def test_a_page_without_large_layers_loads_no_renderer(open_page: Open) -> None:
    """The province has none."""
    page = ready(open_page("/"))
    assert page.evaluate("typeof protomapsL === 'undefined'")


def test_a_tile_lost_on_its_way_is_asked_for_again(open_page: Open, watch: Watch) -> None:
    """One bad answer of the network is no fault of the layer; nothing is missing in the end."""
    watch.expected = ("Failed to load",)
    page = open_page("/health")
    lost: set[str] = set()

    def lose_once(route: Route) -> None:
        address = route.request.url
        if address in lost or len(lost) > 1:
            route.continue_()
        else:
            lost.add(address)
            route.abort()

    page.route(re.compile(r"\.mvt\?"), lose_once)
    page.goto(page.url.replace("/health", "/parks/bao-minh"))
    ready(page)
    lng, lat = place_of(page, "C1-03")
    page.wait_for_function(f"(asked) => ({PIXEL})(asked) === '#368763'", arg=["plot_state", lng, lat])
    assert len(lost) == 2
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_tile_that_does_not_come_is_told(open_page: Open, watch: Watch) -> None:
    """The legend names the layer and offers another try."""
    watch.expected = ("Failed to load", "layer plot_state")
    page = open_page("/health")
    page.route(re.compile(r"\.mvt\?"), lambda route: route.abort())
    page.goto(page.url.replace("/health", "/parks/bao-minh"))
    expect(page.get_by_role("alert")).to_contain_text("Lô đất theo tình trạng")
