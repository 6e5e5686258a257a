"""Reading the map as a person does: places in the readout, numbers in the forms of the language, pixels on the map."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

COORDINATES = "Tọa độ"


@dataclass(frozen=True)
class Spot:
    """A pixel of the window, and the place there as the readout tells it."""

    x: float
    y: float
    lon: float
    lat: float


def number(text: str, language: str = "vi") -> float:
    """The first number of a text."""
    found = re.search(r"-?\d[\d.,]*\d|\d", text)
    assert found, text
    digits = found[0].replace(".", "").replace(",", ".") if language == "vi" else found[0].replace(",", "")
    return float(digits)


def stage_point(page: Page, across: float, down: float) -> tuple[float, float]:
    """A pixel of the window at a share of the width and height of the map."""
    box = page.locator(".folium-map").bounding_box()
    assert box
    return round(box["x"] + box["width"] * across), round(box["y"] + box["height"] * down)


def open_readout(page: Page, name: str = COORDINATES) -> None:
    """The readout is there, with what it computes with."""
    page.get_by_role("button", name=name).click()
    expect(page.locator(".copy-line").first).to_be_visible()


# A zoom begins with the next frame; what its end changes in the address is written a little later.
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0; still < 5; still += 1) {
    await frame();
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (geoappMap._animatingZoom || geoappMap._panAnim?._inProgress || !geoappMap.geoapp.isAddressOfView()) still = -1;
  }
  return location.href;
}"""


def settled_url(page: Page) -> str:
    """The address once the map has come to rest and has written where it lies."""
    return str(page.evaluate(AT_REST))


def read_place(page: Page) -> tuple[float, float]:
    """Longitude and latitude as the open readout tells them, in the Vietnamese form."""
    lat, lon = page.locator(".copy-line .figure").first.inner_text().split(";")
    return number(lon), number(lat)


def spot(page: Page, across: float, down: float) -> Spot:
    """A spot of the map; the readout must be open."""
    x, y = stage_point(page, across, down)
    page.mouse.move(x, y)
    page.wait_for_timeout(50)
    return Spot(x, y, *read_place(page))
