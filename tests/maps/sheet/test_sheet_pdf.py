"""The PDF of a sheet, opened with readers that are not ours: text, fonts, lengths, the code, and where it lies."""

import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pypdf
import pytest
import zxingcpp
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.compose import compose
from geoapp.maps.sheet.draw import LIMITS, draw
from geoapp.maps.sheet.ink import Box
from geoapp.maps.sheet.model import AtScale, Form, SheetLayer

# The class "operating" of the layer of plots, which is drawn without a pattern.
OPERATING = (0x36, 0x87, 0x63)


@cache
def pdf() -> bytes:
    """The sheet of 480 plots."""
    return draw(sample.sheet(), Form.PDF)


def run(*command: str, data: bytes) -> bytes:
    """What a program prints that reads a PDF from a file."""
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout


def picture(data: bytes, dpi: int, box: Box) -> np.ndarray:
    """A part of the first page of A3 as poppler draws it: rows, columns, red-green-blue. Args: box - millimetres."""
    edges = [round(side / 25.4 * dpi) for side in (box.x, 297 - box.top, box.width, box.height)]
    part = [option for pair in zip(("-x", "-y", "-W", "-H"), map(str, edges), strict=True) for option in pair]
    drawn = run("pdftoppm", "-r", str(dpi), *part, "-png", "-singlefile", "-", data=data)
    with Image.open(io.BytesIO(drawn)) as image:
        return np.asarray(image.convert("RGB"))


def test_vietnamese_text_can_be_copied() -> None:
    """Title, agency, legend and day come back letter for letter."""
    text = run("pdftotext", "-", "-", data=pdf()).decode()
    for expected in ("Lô đất theo tình trạng", "BAN QUẢN LÝ CÁC KHU KINH TẾ", "Chưa giải phóng mặt bằng", "31/10/2026"):
        assert expected in text


def test_names_with_halos_are_there_once() -> None:
    """The halo of a name is no second text."""
    assert 1 == run("pdftotext", "-", "-", data=pdf()).decode().split().count("A01")


def test_fonts_are_embedded_subsets_with_meaning() -> None:
    """Every font: embedded, a subset, and with the map that text is copied by."""
    rows = run("pdffonts", "-", data=pdf()).decode().splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] and "BeVietnamPro" in row for row in rows)


def test_what_is_drawn_are_vectors() -> None:
    """No picture is in the file, and every plot is a path of its own."""
    page = pypdf.PdfReader(io.BytesIO(pdf())).pages[0]
    assert [] == list(page.images)
    assert page.get_contents().get_data().count(b" h B*") >= 480


def big_square(scale: int) -> bytes:
    """One plot of 1 000 by 500 m at a scale."""
    layer = sample.catalogue().layers["plot_state"]
    shape = sample.rectangle(-500, -250, 1000, 500)
    plot = SheetLayer(layer, sample.frame(layer, [shape], code=[""], state=["operating"]))
    return draw(sample.sheet(layers=(plot,), view=AtScale(*sample.place(0, 0), scale)), Form.PDF)


def test_a_length_on_paper_is_right_within_two_tenths_of_a_millimetre() -> None:
    """1 000 m at 1:5 000 are 200 mm, measured on the page that poppler drew."""
    scale, frame = 5000, compose(sample.sheet(), LIMITS).grounds[0].frame
    seen = (picture(big_square(scale), 300, frame) == OPERATING).all(axis=2)
    # The outline, 1 px of the screen and larger on A3, lies half over the fill.
    line = 25.4 / 96 * 1.18
    across, up = (np.flatnonzero(seen.sum(axis=axis) > 100) for axis in (0, 1))
    assert 1_000_000 / scale == pytest.approx((np.ptp(across) + 1) / 300 * 25.4 + line, abs=0.2)
    assert 500_000 / scale == pytest.approx((np.ptp(up) + 1) / 300 * 25.4 + line, abs=0.2)


def test_a_length_in_the_file_is_right_to_a_hundredth_of_a_millimetre() -> None:
    """The corners of the plot as the operators of the page have them."""
    page = pypdf.PdfReader(io.BytesIO(big_square(5000))).pages[0]
    content = page.get_contents()
    assert content is not None
    scale, corners, painted = 1.0, [], []
    for values, operator in content.operations:
        if operator == b"cm":
            scale = float(values[0])
        elif operator in {b"m", b"l"}:
            corners.append((float(values[0]), float(values[1])))
        elif operator in {b"B*", b"f*", b"S"}:
            painted.append(corners)
            corners = []
    widths = [np.ptp(np.array(one)[:, 0]) * scale / 72 * 25.4 for one in painted if len(one) == 4]
    assert any(200.0 == pytest.approx(width, abs=0.011) for width in widths)


def test_the_code_opens_the_link() -> None:
    """Read back from the page as poppler draws it."""
    corner = Box(320, 0, 100, 100)
    found = zxingcpp.read_barcodes(picture(pdf(), 200, corner))
    assert [sample.LINK] == [code.text for code in found]


def test_the_link_can_be_clicked() -> None:
    """The code is also a link of the page."""
    page = pypdf.PdfReader(io.BytesIO(pdf())).pages[0]
    assert [sample.LINK] == [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]


def test_gdal_finds_the_map_in_its_place(tmp_path: Path) -> None:
    """The corner of the frame within half a metre, in VN-2000 with the meridian of the province."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf())
    told = json.loads(run("gdalinfo", "-json", str(path), data=b""))
    west, pixel, _, north, _, down = told["geoTransform"]
    ground = compose(sample.sheet(), LIMITS).grounds[0]
    per_mm = told["size"][0] / 420
    east_of_frame = west + ground.frame.x * per_mm * pixel
    south_of_frame = north + (297 - ground.frame.y) * per_mm * down
    assert (ground.west, ground.south) == pytest.approx((east_of_frame, south_of_frame), abs=0.5)
    assert "105.5" in told["coordinateSystem"]["wkt"]
    assert "-191.904" in told["coordinateSystem"]["wkt"]


def test_a_check_value_lies_where_gdal_looks_for_it(tmp_path: Path) -> None:
    """106.17 E, 20.42 N is 569 723.883, 2 258 888.931: the middle of a map around it, within a metre."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(draw(sample.sheet(view=AtScale(106.17, 20.42, 5000)), Form.PDF))
    told = json.loads(run("gdalinfo", "-json", str(path), data=b""))
    west, pixel, _, north, _, down = told["geoTransform"]
    frame = compose(sample.sheet(), LIMITS).grounds[0].frame
    per_mm = told["size"][0] / 420
    middle = (frame.x + frame.width / 2) * per_mm, (297 - frame.y - frame.height / 2) * per_mm
    assert (569_723.883, 2_258_888.931) == pytest.approx((west + middle[0] * pixel, north + middle[1] * down), abs=1)
