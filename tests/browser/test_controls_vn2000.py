"""Coordinates in VN-2000, as the browser computes them."""

import pytest

from tests.browser.conftest import Open

CALL = """async ([name, ...args]) => (await import('/static/map/vn2000.js'))[name](...args)"""


# Published check values, EPSG v11.022 with "VN-2000 to WGS 84 (2)".
@pytest.mark.parametrize(
    ("lon", "lat", "epsg", "east", "north"),
    [(105.975, 20.25, 5897, 601_666.129, 2_240_227.219), (106.17, 20.42, 9209, 569_723.883, 2_258_888.931)],
)
def test_the_browser_agrees_with_the_check_values(
    open_page: Open, lon: float, lat: float, epsg: int, east: float, north: float
) -> None:
    """Within 5 mm one way, and back to the same place."""
    page = open_page("/search")
    made = page.evaluate(CALL, ["toVn2000", lon, lat, epsg])
    assert (pytest.approx(east, abs=0.005), pytest.approx(north, abs=0.005)) == (made["e"], made["n"])
    back = page.evaluate(CALL, ["fromVn2000", east, north, epsg])
    assert (pytest.approx(lon, abs=5e-8), pytest.approx(lat, abs=5e-8)) == (back["lon"], back["lat"])


def test_a_zone_that_is_not_ours_is_refused(open_page: Open) -> None:
    """A wrong zone would be kilometres off; nothing is computed in it."""
    page = open_page("/search")
    told = page.evaluate("import('/static/map/vn2000.js').then((m) => m.toVn2000(106, 20, 5898)).catch(String)")
    assert "EPSG:5898 is none of 5897, 9209" in told
