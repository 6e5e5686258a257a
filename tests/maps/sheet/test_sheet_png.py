"""The PNG of a sheet: its size, its dots an inch, and the files that say where it lies."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pyproj import CRS

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.compose import compose
from geoapp.maps.sheet.draw import LIMITS, draw, georeference
from geoapp.maps.sheet.model import Form


@pytest.fixture(scope="module")
def png() -> bytes:
    """The sheet of 480 plots at 150 dots an inch: more than one band high."""
    return draw(sample.sheet(), Form.PNG, dpi=150)


def test_the_picture_is_as_large_as_the_paper(png: bytes) -> None:
    """A3 across at 150 dots an inch, and the file says so."""
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert (2480, 1754) == image.size
        assert 150 == pytest.approx(image.info["dpi"][0], abs=0.1)


def test_bands_join(png: bytes) -> None:
    """The left line of the frame runs through all bands in one dark column."""
    with Image.open(io.BytesIO(png)) as image:
        grey = np.asarray(image.convert("L"))
    frame = compose(sample.sheet(), LIMITS).grounds[0].frame
    column = round(frame.x / 25.4 * 150)
    top, bottom = round((297 - frame.top) / 25.4 * 150) + 3, round((297 - frame.y) / 25.4 * 150) - 3
    assert grey[top:bottom, column - 2 : column + 3].min(axis=1).max() < 120


def test_the_world_file_puts_the_picture_in_its_place(png: bytes, tmp_path: Path) -> None:
    """Read by GDAL: the corner of the frame within half a pixel, in VN-2000."""
    (tmp_path / "sheet.png").write_bytes(png)
    lies = georeference(sample.sheet(), dpi=150)
    (tmp_path / "sheet.pgw").write_text(lies.world)
    (tmp_path / "sheet.png.aux.xml").write_text(lies.auxiliary)
    found = subprocess.run(
        ["gdalinfo", "-json", str(tmp_path / "sheet.png")], capture_output=True, check=True, timeout=60
    )
    told = json.loads(found.stdout)
    west, pixel, _, north, _, down = told["geoTransform"]
    ground = compose(sample.sheet(), LIMITS).grounds[0]
    corner = west + ground.frame.x / 25.4 * 150 * pixel, north + (1754 - ground.frame.y / 25.4 * 150) * down
    assert (ground.west, ground.south) == pytest.approx(corner, abs=pixel / 2)
    assert "105.5" in told["coordinateSystem"]["wkt"]


def test_the_projection_beside_it_is_the_zone_of_the_province() -> None:
    """Read by PROJ: a transverse Mercator with the meridian 105°30' and the official shift."""
    projection = CRS.from_wkt(georeference(sample.sheet(), dpi=150).projection)
    assert projection.source_crs is not None
    assert projection.source_crs.coordinate_operation is not None
    told = {one.name: one.value for one in projection.source_crs.coordinate_operation.params}
    assert (105.5, 0.9999) == (told["Longitude of natural origin"], told["Scale factor at natural origin"])
    shift = projection.coordinate_operation
    assert shift is not None
    assert -191.90441429 == shift.towgs84[0]


def test_patterns_are_drawn(png: bytes) -> None:
    """The lines of the class "not cleared" and its ground are both there."""
    with Image.open(io.BytesIO(png)) as image:
        colours = {colour for _, colour in image.getcolors(1 << 24)}
    assert {(0xD9, 0xA5, 0x66), (0xFF, 0xF4, 0xA8), (0x36, 0x87, 0x63)} <= colours
