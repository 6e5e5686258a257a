"""The tools have their place: nothing lies over anything, everything has a name and is large enough."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, ready
from tests.browser.test_axe import AXE, RUN

ZOOMED = {"width": 683, "height": 384}
LANDSCAPE = {"width": 844, "height": 390}
TABLET = {"width": 768, "height": 1024}
SMALL_DESK = {"width": 900, "height": 600}
# Pairs of parts that are seen and lie over each other; one within the other is no fault.
OVERLAPS = """() => {
  const names = ['.tools-bar', '.tools-fold', '.tool-card', '.legend', '.foot', '.overview', '.leaflet-control-zoom',
    '.leaflet-control-scale', '.leaflet-control-attribution'];
  const seen = names.map((name) => [name, document.querySelector(name)])
    .filter(([, node]) => node?.checkVisibility() && node.getBoundingClientRect().height > 0)
    .map(([name, node]) => [name, node, node.getBoundingClientRect()]);
  return seen.flatMap(([a, one, p], i) => seen.slice(i + 1).flatMap(([b, other, q]) => {
    if (one.contains(other) || other.contains(one)) return [];
    const over = p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1;
    return over ? [`${a} ${b}`] : [];
  }));
}"""

# Parts that the edge of the map cuts off: a mouse cannot reach them.
CUT_OFF = """() => {
  const stage = document.querySelector('.stage').getBoundingClientRect();
  return [...document.querySelectorAll('.leaflet-control, .tools-fold, .legend, .foot, .overview')]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height > 0)
    .filter((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return left < stage.left - 1 || top < stage.top - 1 || right > stage.right + 1 || bottom > stage.bottom + 1;
    })
    .map((node) => node.className);
}"""
# Links of the head whose words do not have their room, or that lie beyond the edge; and a head of more than two lines.
SQUEEZED = """() => [...document.querySelectorAll('.top nav a')]
  .filter((link) => link.scrollWidth > link.clientWidth + 1 || link.getBoundingClientRect().right > innerWidth + 1)
  .map((link) => link.textContent)
  .concat(document.querySelector('.top').offsetHeight > 100 ? ['more than two lines'] : [])"""


def open_coordinates(page: Page, language: str) -> None:
    """The tool with the highest card, from the row or from behind the button."""
    fold = page.get_by_role("button", name={"vi": "Công cụ", "en": "Tools"}[language], exact=True)
    tool = page.get_by_role("button", name={"vi": "Tọa độ", "en": "Coordinates"}[language])
    expect(fold.or_(tool).first).to_be_visible()
    if fold.is_visible():
        fold.click()
        expect(fold).to_have_attribute("aria-expanded", "true")
    tool.click()
    expect(page.locator(".copy-line").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/parks/khanh-phu"])
@pytest.mark.parametrize(
    ("viewport", "language"),
    [(DESKTOP, "en"), (PHONE, "vi"), (ZOOMED, "en"), (LANDSCAPE, "vi"), (TABLET, "en"), (SMALL_DESK, "vi")],
    ids=["desk", "phone", "zoomed", "landscape", "tablet", "small-desk"],
)
def test_nothing_lies_over_anything(open_page: Open, path: str, viewport: dict[str, int], language: str) -> None:
    """On a desk, on phones and at 200 %, at first and with a tool open; nothing is cut off; every button has a name."""
    page = ready(open_page(f"{path}?lang={language}", viewport=viewport))
    hello = page.locator("[data-hello] button")
    if hello.is_visible():
        hello.click()
    assert [] == page.evaluate(OVERLAPS)
    assert [] == page.evaluate(CUT_OFF)
    assert [] == page.evaluate(SQUEEZED)
    open_coordinates(page, language)
    page.wait_for_timeout(300)
    assert [] == page.evaluate(OVERLAPS)


def test_tools_are_large_enough_and_sound_for_a_phone(open_page: Open) -> None:
    """44 px for what is tapped, and nothing serious for a checker of accessibility."""
    page = ready(open_page("/", viewport=PHONE, has_touch=True))
    open_coordinates(page, "vi")
    page.get_by_role("button", name="Công cụ", exact=True).tap()
    small = page.locator(".tools button, .tool-card button").evaluate_all(
        "all => all.map((e) => [e.textContent, e.getBoundingClientRect().height]).filter(([, h]) => h > 0 && h < 44)"
    )
    assert [] == small
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    assert [] == page.evaluate(RUN)
