"""Coordinates as people write them, held to the published check values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.core.coordinates import OWN_ZONES, from_vn2000, read_coordinates, to_vn2000

# WGS 84 and VN-2000 of two points, from the EPSG dataset v11.022.
CHECKS = [(105.975, 20.25, 5897, 601666.129, 2240227.219), (106.17, 20.42, 9209, 569723.883, 2258888.931)]
MM = 0.001


@pytest.mark.parametrize(("lon", "lat", "epsg", "east", "north"), CHECKS)
def test_vn2000_is_that_of_the_check_values(lon: float, lat: float, epsg: int, east: float, north: float) -> None:
    """Within two millimetres, both ways."""
    assert (east, north) == pytest.approx(to_vn2000(lon, lat, epsg), abs=2 * MM)
    assert (lon, lat) == pytest.approx(from_vn2000(east, north, epsg), abs=2e-8)


@given(st.floats(105.3, 106.7), st.floats(19.7, 20.9), st.sampled_from(OWN_ZONES))
def test_there_and_back_is_the_same_place(lon: float, lat: float, epsg: int) -> None:
    """Within two millimetres: the shift of seven parameters is not undone exactly by its inverse."""
    assert (lon, lat) == pytest.approx(from_vn2000(*to_vn2000(lon, lat, epsg), epsg), abs=2e-8)


@pytest.mark.parametrize(
    "text",
    [
        "20.25, 105.975",
        "20.25 105.975",
        "20,25; 105,975",
        "20,25 105,975",
        "20.25,105.975",
        "20°15'00\"N 105°58'30\"E",
        "20°15′N, 105°58,5′E",
        "20°15'00\"B 105°58'30\"Đ",
    ],
)
def test_degrees_are_read_however_they_are_written(text: str) -> None:
    """Point or comma, decimals or minutes, English or Vietnamese letters."""
    (point,) = read_coordinates(text)
    assert (105.975, 20.25, 4326, False) == (
        pytest.approx(point.lon),
        pytest.approx(point.lat),
        point.epsg,
        point.swapped,
    )


@pytest.mark.parametrize("text", ["105.975, 20.25", "105°58'30\"E 20°15'00\"N"])
def test_longitude_may_stand_first(text: str) -> None:
    """In Viet Nam the two cannot be mistaken; that they are swapped is told."""
    (point,) = read_coordinates(text)
    assert (105.975, 20.25, True) == (pytest.approx(point.lon), pytest.approx(point.lat), point.swapped)


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("569723.883 2258888.931", False),
        ("569.723,883 2.258.888,931", False),
        ("569,723.883; 2,258,888.931", False),
        ("2258888.931 569723.883", True),
        ("X=2258888.931 Y=569723.883", True),
    ],
)
def test_vn2000_is_read_in_both_zones(text: str, swapped: bool) -> None:
    """A pair does not tell its zone: both places are given, the one of the check value among them."""
    points = read_coordinates(text)
    assert list(OWN_ZONES) == [point.epsg for point in points]
    assert {swapped} == {point.swapped for point in points}
    assert (106.17, 20.42) == pytest.approx((points[1].lon, points[1].lat), abs=1e-7)


@pytest.mark.parametrize(
    "text", ["", "khanh phu", "A1-02", "20", "51.5, -0.12", "1 2 3", "Khu 20 lô 105", "99999999 1"]
)
def test_other_texts_are_no_coordinates(text: str) -> None:
    """Names, codes, and places far from Viet Nam."""
    assert [] == read_coordinates(text)
