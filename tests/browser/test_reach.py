"""Small screens, the keyboard, day and night: everybody can work with the pages."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, ready


@pytest.mark.parametrize("path", ["/", "/parks/khanh-phu", "/zones/ninh-co"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}, {"width": 768, "height": 1024}])
def test_nothing_runs_out_of_a_narrow_screen(open_page: Open, path: str, viewport: dict[str, int]) -> None:
    """No page is wider than the screen."""
    page = ready(open_page(path, viewport=viewport))
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_list_is_a_sheet_on_a_phone(open_page: Open) -> None:
    """Three heights, moved by the handle, also from the keyboard."""
    page = ready(open_page("/", viewport=PHONE, has_touch=True))
    sheet, handle = page.locator(".sheet"), page.locator(".sheet-handle")
    heights = [sheet.bounding_box()["height"]]  # type: ignore[index]
    handle.tap()
    heights.append(sheet.bounding_box()["height"])  # type: ignore[index]
    handle.press("ArrowDown")
    handle.press("ArrowDown")
    heights.append(sheet.bounding_box()["height"])  # type: ignore[index]
    assert heights[2] < heights[0] < heights[1]


def test_targets_are_large_enough_for_a_thumb(open_page: Open) -> None:
    """44 px for what is tapped on a phone."""
    page = ready(open_page("/", viewport=PHONE, has_touch=True))
    small = page.locator(".segments label, .leaflet-bar a, .leaflet-bar button, .fold, .parks li").evaluate_all(
        "all => all.map((e) => [e.className, e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 44)"
    )
    assert [] == small


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(open_page: Open, scheme: str) -> None:
    """Contrast of 4.5 to 1 at least, of every text on its ground."""
    page = ready(open_page("/", color_scheme=scheme))
    faults = page.evaluate(CONTRAST)
    assert [] == faults


CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const shine = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const colour = parse(getComputedStyle(n).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('.top *, .panel *, .legend *, .moment *')].filter(
    (node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && node.checkVisibility(),
  );
  return texts.flatMap((node) => {
    const [a, b] = [shine(parse(getComputedStyle(node).color)), shine(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? [`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`] : [];
  });
}"""


def test_a_park_on_the_map_is_opened_from_the_keyboard(open_page: Open) -> None:
    """What is drawn has a name, takes the focus, and opens with Enter."""
    page = ready(open_page("/"))
    drawn = page.get_by_role("button", name="KCN Khánh Phú", exact=True)
    drawn.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content h2")).to_have_text("KCN Khánh Phú")


def test_hundreds_of_plots_are_no_stops_of_the_keyboard(open_page: Open) -> None:
    """Nobody tabs through all plots to get to the figures."""
    page = ready(open_page("/parks/khanh-phu"))
    plots = page.evaluate("geoappMap.geoapp.layers.get('plot_state').counts().values().reduce((a, b) => a + b, 0)")
    assert plots > 60
    assert 60 > page.locator(".leaflet-map-pane [tabindex='0']").count()


def test_the_keyboard_reaches_everything(open_page: Open) -> None:
    """From the link that skips the head to the themes, the list, the map and the legend; the focus is always seen."""
    page = ready(open_page("/"))
    seen: set[str] = set()
    for _ in range(140):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
              const e = document.activeElement;
              const place = e.closest(
                '.skip, .top, .themes, .list-head, .parks, .leaflet-control-container, .legend, .moment, .folium-map');
              const styles = [getComputedStyle(e), getComputedStyle(e, '::after'),
                e.nextElementSibling ? getComputedStyle(e.nextElementSibling) : getComputedStyle(e)];
              return [place ? place.classList[0] : e.tagName, styles.some((s) => s.outlineStyle !== 'none')];
            }"""
        )
        if name == "BODY":
            break
        seen.add(name)
        assert outline, name
    assert {"skip", "top", "themes", "list-head", "parks", "leaflet-control-container", "legend", "moment"} <= seen
