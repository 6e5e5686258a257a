"""Maps as files by their addresses, opened with readers that others wrote."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import create_engine, text

from tests.snapshot.conftest import DAY, SITE

PARK = "/sheets/park/khanh-phu/map"
STATE = f"as_of={DAY}&language=vi&layers=land,park_outline,plot_state&hide=plot_state:operating"


@pytest.fixture(scope="module")
def pdf(map_site: Flask) -> bytes:
    """A sheet of a park as PDF."""
    answer = map_site.test_client().get(f"{PARK}.pdf?{STATE}&scale=5000&paper=a3&maker=Phòng+Quy+hoạch")
    assert 200 == answer.status_code
    return answer.get_data()


def test_the_same_address_gives_the_same_bytes(visitor: FlaskClient, pdf: bytes) -> None:
    """Drawn once more, byte for byte."""
    assert pdf == visitor.get(f"{PARK}.pdf?{STATE}&scale=5000&paper=a3&maker=Phòng+Quy+hoạch").get_data()


def test_who_has_a_sheet_is_not_sent_it_again(visitor: FlaskClient) -> None:
    """304 as long as the data stand; nothing is drawn for it."""
    address = f"/sheets/park/khanh-phu/preview.png?{STATE}"
    tag = visitor.get(address).headers["ETag"]
    again = visitor.get(address, headers={"If-None-Match": tag})
    assert (304, b"") == (again.status_code, again.get_data())


def test_the_text_of_a_sheet_can_be_read(pdf: bytes, tmp_path: Path) -> None:
    """By pdftotext: place, scale, day, class of the data, what was hidden, who made it."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    plain = re.sub(r"\s+", " ", told)
    words = ("KCN Khánh Phú", "1:5.000", "31/10/2026", "công khai", "đang hoạt động", "Phòng Quy hoạch")
    assert [] == [word for word in words if word not in plain]


def test_the_code_opens_the_same_map(visitor: FlaskClient) -> None:
    """Read from a picture of 300 dpi: the page of the park, the day, the language, layers and hidden classes."""
    answer = visitor.get(f"{PARK}.png?{STATE}&dpi=300&bbox=106.01,20.23,106.04,20.25")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.get_data())))
    path, _, view = found.text.partition("#")
    assert f"{SITE}/parks/khanh-phu?as_of={DAY}&lang=vi" == path
    wanted = "box=106.01000,20.23000,106.04000,20.25000&layers=land,park_outline,plot_state&hide=plot_state:operating"
    assert wanted == view


def test_a_picture_for_gis_lies_where_the_park_is(visitor: FlaskClient, tmp_path: Path) -> None:
    """By gdalinfo: VN-2000 with its meridian, and a picture whose corners hold the park."""
    answer = visitor.get(f"{PARK}.zip?{STATE}&dpi=96&scale=10000")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        archive.extractall(tmp_path)
    (picture,) = tmp_path.glob("*.png")
    told = subprocess.run(["gdalinfo", str(picture)], capture_output=True, check=True, text=True).stdout
    assert "VN-2000" in told
    assert re.search(r'"Longitude of natural origin",105,|central_meridian",105[,.\]]', told)
    centre = re.search(r"Center\s*\(\s*([\d.]+),\s*([\d.]+)\)", told)
    assert centre
    # The park in VN-2000, 105°00': by the grid of the printed sheet.
    assert abs(float(centre[1]) - 606_500) < 600
    assert abs(float(centre[2]) - 2_238_400) < 600


def test_a_sheet_of_two_days_tells_both(visitor: FlaskClient) -> None:
    """Side by side, with the earlier day left."""
    answer = visitor.get(f"/sheets/province/map.pdf?as_of={DAY}&base=2025-10-31&paper=a3&language=vi")
    told = PdfReader(io.BytesIO(answer.get_data())).pages[0].extract_text()
    assert "31/10/2025" in told
    assert "31/10/2026" in told


def test_the_page_of_a_park_tells_its_figures(visitor: FlaskClient) -> None:
    """The themes with target, day and quality, as on the screen."""
    answer = visitor.get(f"{PARK}.pdf?as_of={DAY}&content=page&orientation=portrait&language=vi")
    told = PdfReader(io.BytesIO(answer.get_data())).pages[0].extract_text()
    assert "Bốn chủ đề" in told
    assert "96,6" in told
    assert "mục tiêu 80–90" in told
    assert "minh họa" in told


def test_every_sheet_is_in_the_log(visitor: FlaskClient, loaded_database_url: str) -> None:
    """What was taken, with what it was chosen by."""
    visitor.get(f"{PARK}.svg?{STATE}&title=Tờ+trong+nhật+ký")
    engine = create_engine(loaded_database_url)
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT action, subject, details FROM geoapp.audit_log ORDER BY id DESC LIMIT 1")
        ).one()
    engine.dispose()
    assert ("export.svg", f"{PARK}.svg") == (row.action, row.subject)
    assert "hide=plot_state" in row.details["query"]


REFUSED = [
    ("/sheets/park/khanh-phu/map.pdf?paper=10mx10m", 400, "paper", "a4, a3, a2, a1"),
    ("/sheets/province/map.pdf?bbox=2.2,48.8,2.4,48.9", 400, "bbox", "một vị trí ở Việt Nam"),
    ("/sheets/province/map.png?dpi=10000", 400, "dpi", "10000"),
    ("/sheets/province/map.png?layers=nope", 400, "layers", "nope"),
    ("/sheets/province/map.png?layers=plot_state", 400, "layers", "plot_state"),
    ("/sheets/park/khanh-phu/map.png?layers=plot_state&hide=plot_state:blue", 400, "hide", "blue"),
    ("/sheets/park/khanh-phu/map.png?layers=plot_state,plot_use", 400, "layers", "plot_use"),
    ("/sheets/province/map.svg?as_of=1999-01-31", 400, "", "2024"),
    ("/sheets/province/map.svg?as_of=2026-10-31&base=2019-01-31", 400, "", "2024"),
    ("/sheets/park/khong-co/map.pdf", 404, "", "khong-co"),
    ("/sheets/zone/khong-co/preview.png", 404, "", "khong-co"),
    ("/sheets/province/map.zip?base=2025-10-31&as_of=2026-10-31", 400, "base", "GIS"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "status", "parameter", "told"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_drawn_is_refused_in_words(
    visitor: FlaskClient, address: str, status: int, parameter: str, told: str
) -> None:
    """The parameter, what was found, and what to do, in the language of the reader."""
    answer = visitor.get(address, headers={"Cookie": "lang=vi"})
    assert status == answer.status_code
    words = answer.get_data(as_text=True)
    assert parameter in words
    assert told in words


def test_the_form_keeps_what_was_typed(visitor: FlaskClient) -> None:
    """Refused, it comes back with every value, and marks the one that is wrong."""
    typed = "title=T%E1%BB%9D+s%E1%BB%91+1&maker=Ph%C3%B2ng+A&paper=10m&scale=5000&dpi=300&since=2025-10-31"
    answer = visitor.get(f"/sheets/park/khanh-phu?{typed}&lang=vi")
    page = answer.get_data(as_text=True)
    assert 400 == answer.status_code
    assert [] == [kept for kept in ('value="Tờ số 1"', 'value="Phòng A"', 'value="10m" selected') if kept not in page]
    assert re.search(r'<select name="paper" aria-invalid="true">', page)
    assert re.search(r'value="5000" selected', page)


def test_the_form_works_without_scripts(visitor: FlaskClient) -> None:
    """It names the scale, the preview and the files of just what was chosen."""
    page = visitor.get(f"/sheets/park/khanh-phu?{STATE}&scale=10000&lang=vi").get_data(as_text=True)
    assert "<b>1:10.000</b>" in page
    links = re.findall(r'href="(/sheets/park/khanh-phu/map\.pdf\?[^"]+)"', page)
    assert 1 == len(links)
    assert 200 == visitor.get(links[0].replace("&amp;", "&")).status_code


@pytest.mark.parametrize("turned", ["portrait", "landscape"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_a_park_leaves_no_figure_out_on_a4(
    visitor: FlaskClient, tmp_path: Path, turned: str, language: str
) -> None:
    """The capacity of the plant and the last paragraphs are there, and nothing says that a larger paper shows more."""
    answer = visitor.get(f"{PARK}.pdf?as_of={DAY}&content=page&paper=a4&orientation={turned}&language={language}")
    file = tmp_path / "page.pdf"
    file.write_bytes(answer.get_data())
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    end = {"vi": "Văn bản thành lập:", "en": "Founding acts:"}[language]
    more = {"vi": "khổ giấy lớn hơn", "en": "a larger paper shows"}[language]
    capacity = {"vi": "15.000", "en": "15,000"}[language]
    assert (True, True, False) == (end in told, capacity in told, more in told)
