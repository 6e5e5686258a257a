"""What cannot be drawn is refused with what was asked, what is wrong with it and what to do."""

import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.errors import InvalidRequest, TooLarge
from geoapp.maps.sheet.compose import compose
from geoapp.maps.sheet.draw import draw, write_pages
from geoapp.maps.sheet.model import AtScale, Extent, Form, Limits, Paper
from geoapp.maps.sheet.papers import get_paper

HERE = sample.place(0, 0)
BAD = {
    "ten metres of paper": ({"paper": Paper("A0+", 10_000, 10_000)}, "paper", "10000 x 10000"),
    "a paper that lies about its size": ({"paper": Paper("A4", 10_000, 10_000)}, "paper", "A4, A3, A2, A1"),
    "another continent": ({"view": Extent(-74.1, 40.6, -73.9, 40.8)}, "extent", "-74.1"),
    "a place on another continent": ({"view": AtScale(2.35, 48.85, 5000)}, "extent", "48.85"),
    "an extent the wrong way round": ({"view": Extent(106.3, 20.3, 106.1, 20.5)}, "extent", "106.3"),
    "an extent without area": ({"view": Extent(106.3, 20.3, 106.3, 20.3)}, "extent", "no area"),
    "a scale of nothing": ({"view": AtScale(*HERE, 0)}, "scale", "1:0"),
    "a scale below nothing": ({"view": AtScale(*HERE, -5000)}, "scale", "1:-5000"),
    "a zone of another country": ({"epsg": 32648}, "epsg", "32648"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_drawn_is_refused_with_its_place(what: str) -> None:
    """The parameter is named, and the sentence tells what was asked or what may be asked."""
    changes, parameter, told = BAD[what]
    with pytest.raises(InvalidRequest) as refusal:
        draw(sample.sheet(**changes), Form.PDF)
    assert parameter == refusal.value.parameter
    assert told in str(refusal.value)


@pytest.mark.parametrize("dpi", [0, 71, 601, 10_000])
def test_dots_an_inch_have_bounds(dpi: int) -> None:
    """10 000 are refused before anything is drawn."""
    with pytest.raises(InvalidRequest, match="300") as refusal:
        draw(sample.sheet(), Form.PNG, dpi=dpi)
    assert "dpi" == refusal.value.parameter


def test_a_picture_has_a_most_of_pixels() -> None:
    """A3 at 100 dots an inch has 1.9 million."""
    with pytest.raises(TooLarge, match="1654 x 1169"):
        draw(sample.sheet(), Form.PNG, dpi=100, limits=Limits(pixels=1_900_000))


def test_an_unknown_paper_is_refused() -> None:
    """The known ones are named."""
    with pytest.raises(InvalidRequest, match="A4, A3, A2, A1"):
        get_paper("Letter", landscape=True)


def test_a_file_without_pages_is_refused() -> None:
    """An atlas of nothing."""
    with pytest.raises(InvalidRequest, match="at least one"):
        write_pages([], io.BytesIO(), title="Trống")


def test_an_extent_gets_the_next_even_scale() -> None:
    """What must be seen is seen: 2 400 m in a frame of 232 mm need 1:10 345, so 1:12 000."""
    west, south = sample.place(-1500, -1200)
    east, north = sample.place(1500, 1200)
    ground = compose(sample.sheet(view=Extent(west, south, east, north)), Limits()).grounds[0]
    assert 12_000 == ground.scale
    bounds = ground.bounds_4326()
    assert bounds[0] < west
    assert bounds[3] > north
