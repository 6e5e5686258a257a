"""Areas on the ellipsoid against formulas and figures from elsewhere."""

from math import atanh, radians, sin, sqrt

import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from geoapp.core.areas import area_ha

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY = sqrt(FLATTENING * (2 - FLATTENING))


def zone_ha(south: float, north: float, width_deg: float) -> float:
    """Area between two parallels in closed form (Snyder, Map Projections, 1987, eq. 3-12)."""

    def authalic(lat: float) -> float:
        sine = sin(radians(lat))
        scaled = ECCENTRICITY * sine
        return (1 - ECCENTRICITY**2) * (sine / (1 - scaled**2) + atanh(scaled) / ECCENTRICITY)

    return SEMI_MAJOR_M**2 * radians(width_deg) / 2 * (authalic(north) - authalic(south)) / 10_000


@pytest.mark.parametrize(("south", "north"), [(0, 1), (20, 21), (-21, -20), (59, 60)])
def test_a_degree_cell_has_the_area_of_the_closed_formula(south: int, north: int) -> None:
    """A cell bounded by parallels and meridians is as large as the formula says, on both hemispheres."""
    assert zone_ha(south, north, 1) == pytest.approx(area_ha(box(106, south, 107, north)), rel=1e-6)


def test_the_formula_itself_gives_the_ellipsoid() -> None:
    """The closed formula, pole to pole, is the published surface of the WGS 84 ellipsoid."""
    assert 510_065_621.724e2 == pytest.approx(zone_ha(-90, 90, 360), rel=1e-9)


def test_the_way_a_ring_runs_does_not_matter() -> None:
    """Clockwise and anticlockwise rings have the same positive area."""
    ring = [(106.0, 20.0), (106.01, 20.0), (106.01, 20.01), (106.0, 20.01)]
    assert area_ha(Polygon(ring)) == area_ha(Polygon(ring[::-1])) > 0


def test_a_hole_is_taken_away() -> None:
    """Half the width of a square cut out leaves a quarter less, whichever way the hole runs."""
    outer, inner = box(106.0, 20.0, 106.02, 20.02), box(106.005, 20.005, 106.015, 20.015)
    hole = list(inner.exterior.coords)
    expected = area_ha(outer) - area_ha(inner)
    for ring in (hole, hole[::-1]):
        assert expected == pytest.approx(area_ha(Polygon(outer.exterior.coords, [ring])), abs=1e-6)


def test_parts_add_up() -> None:
    """A multipolygon is as large as its parts together."""
    parts = [box(106.0, 20.0, 106.01, 20.01), box(106.5, 20.5, 106.51, 20.51)]
    assert sum(map(area_ha, parts)) == pytest.approx(area_ha(MultiPolygon(parts)), rel=1e-12)


def test_what_has_no_area_is_zero() -> None:
    """Lines and empty geometries have no area."""
    assert 0 == area_ha(LineString([(106, 20), (107, 21)])) == area_ha(Polygon())


def test_web_mercator_would_be_a_seventh_too_large() -> None:
    """At 20.25° north the mercator area is 1/cos² larger: 13.6 per cent; ours must not be that."""
    side_m = 1000.0
    # one kilometre each way by the lengths of a degree at 20.25°: 110 704 m of latitude, 104 494 m of longitude
    cell = box(106, 20.25, 106 + side_m / 104_494, 20.25 + side_m / 110_704)
    assert 100 == pytest.approx(area_ha(cell), rel=2e-4)
