"""The SVG of a sheet: true text, shapes as paths, its letters inside, nothing from outside."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.draw import draw
from geoapp.maps.sheet.model import Form

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>&"'


@pytest.fixture(scope="module")
def svg() -> ET.Element:
    """The sheet of 480 plots, its title an attack."""
    return ET.fromstring(draw(sample.sheet(title=HOSTILE, subtitle="Tỷ lệ lấp đầy"), Form.SVG))  # noqa: S314 - our own


def test_it_has_the_size_of_the_paper(svg: ET.Element) -> None:
    """A3 across, in millimetres."""
    assert ("420mm", "297mm") == (svg.get("width"), svg.get("height"))


def test_text_is_text(svg: ET.Element) -> None:
    """Vietnamese stands in the file as it is read."""
    texts = {"".join(one.itertext()) for one in svg.iter(f"{SVG}text")}
    assert {"Tỷ lệ lấp đầy", "Chưa giải phóng mặt bằng", "A01"} <= texts


def test_what_stands_in_the_data_is_text_only(svg: ET.Element) -> None:
    """A script in a title is shown, not run."""
    assert [] == list(svg.iter(f"{SVG}script"))
    assert HOSTILE in {"".join(one.itertext()) for one in svg.iter(f"{SVG}text")}


def test_its_letters_are_inside(svg: ET.Element) -> None:
    """Both weights as data, and no address of anything outside but the link of the code."""
    style = svg.find(f"{SVG}style")
    assert style is not None
    assert 2 == (style.text or "").count("src:url(data:font/ttf;base64,")
    assert "http" not in (style.text or "")
    assert [] == list(svg.iter(f"{SVG}image"))


def test_every_plot_is_a_path(svg: ET.Element) -> None:
    """480 plots at least."""
    assert 480 <= sum(1 for _ in svg.iter(f"{SVG}path"))
