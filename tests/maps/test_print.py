"""The map on paper: its scale, where things stand on it, the same bytes each time."""

import io
import sys
from pathlib import Path

import pytest
import shapely
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
import dossier_sample as sample

from geoapp.maps.print import DPI, draw_map
from geoapp.maps.print_sheet import FRAME_MM, SHEET_MM, on_paper, round_step, view_of


def test_the_picture_has_the_size_of_the_sheet() -> None:
    """165 by 205 mm at 200 dots an inch."""
    with Image.open(io.BytesIO(draw_map(sample.printed_map()))) as picture:
        assert [pytest.approx(side / 25.4 * DPI, abs=1) for side in SHEET_MM] == list(picture.size)


def test_the_same_map_gives_the_same_bytes() -> None:
    """No time, no version of a library in it."""
    assert draw_map(sample.printed_map()) == draw_map(sample.printed_map())


@pytest.mark.parametrize(("side_m", "expected"), [(50, 1000), (300, 5000), (480, 10_000), (2000, 25_000)])
def test_the_scale_is_round_and_leaves_room_around_the_land(side_m: float, expected: int) -> None:
    """The land takes at most 55 % of a frame of 153 mm: 300 m need 1:3 565, so 1:5 000."""
    assert expected == view_of(shapely.box(500_000, 2_200_000, 500_000 + side_m, 2_200_000 + side_m)).scale


def test_the_scale_is_true_on_paper() -> None:
    """So many millimetres of the frame are so many metres of ground."""
    view = view_of(shapely.box(500_000, 2_200_000, 500_300, 2_200_300))
    assert FRAME_MM[2] == pytest.approx((view.east - view.west) * 1000 / view.scale)


def test_places_are_in_vn_2000() -> None:
    """The check value of the reference: 106.17, 20.42 in EPSG:9209."""
    place = on_paper(shapely.Point(106.17, 20.42), 9209)
    assert (569_723.883, 2_258_888.931) == (pytest.approx(place.x, abs=0.01), pytest.approx(place.y, abs=0.01))


def test_the_land_of_the_case_is_red_in_the_middle() -> None:
    """And nothing is red at the left edge, where neighbours are."""

    def red(left: int, top: int, right: int, bottom: int) -> int:
        with Image.open(io.BytesIO(draw_map(sample.printed_map()))) as picture:
            part = picture.convert("RGB").crop((left, top, right, bottom))
            return sum(1 for pixel in part.get_flattened_data() if pixel[0] > 150 and pixel[1] < 60)

    assert red(300, 400, 1000, 800) > 1000
    assert 0 == red(80, 60, 400, 1200)


@pytest.mark.parametrize(("length", "expected"), [(0.7, 0.5), (1, 1), (4.9, 2), (5, 5), (99, 50), (100, 100)])
def test_steps_are_round(length: float, expected: float) -> None:
    """1, 2 or 5 times a power of ten, never longer than asked."""
    assert expected == pytest.approx(round_step(length))
