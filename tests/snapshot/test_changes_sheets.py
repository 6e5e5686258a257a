"""The map of what changed, taken away: its figure, its days, its classes, and the page that its code opens."""

import io
import re
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from tests.snapshot.conftest import SITE

DAYS = {"from": "2025-10-31", "to": "2026-10-31"}
ASKED = urlencode({"figure": "land_leased", **DAYS, "language": "vi"})
NEWLY_LEASED = "#2a9d74"
REFUSED = [
    ("figure=nope", "figure"), ("from=2026-10-31&to=2025-10-31", "2026"), ("base=2025-10-31", "base"),
    ("since=2025-10-31", "since"), ("content=page", "content"), ("layers=plot_state", "plot_state"),
    ("hide=changed:blue", "blue"), ("scale=7", "scale"),
]  # fmt: skip


def test_the_text_of_the_sheet_can_be_read(visitor: FlaskClient, tmp_path: Path) -> None:
    """By pdftotext: the figure, both days, the place, the reason in the legend, the day of the data, demonstration."""
    file = tmp_path / "changes.pdf"
    file.write_bytes(visitor.get(f"/sheets/changes/map.pdf?{ASKED}&park=dong-van-2").get_data())
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    plain = re.sub(r"\s+", " ", told)
    words = ("Thay đổi: Đất đã cho thuê", "Đồng Văn 2", "từ 31/10/2025 đến 31/10/2026", "Mới cho thuê", "công khai")
    assert [] == [word for word in (*words, "Số liệu đến ngày 31/10/2026", "minh họa") if word not in plain]


def test_the_same_address_gives_the_same_sheet(visitor: FlaskClient) -> None:
    """Drawn twice, byte for byte; who has it is not sent it again."""
    address = f"/sheets/changes/map.svg?{ASKED}"
    first, second = visitor.get(address), visitor.get(address)
    assert first.get_data() == second.get_data()
    assert 304 == visitor.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code


def test_a_hidden_class_is_left_out(visitor: FlaskClient) -> None:
    """What was switched off on the screen is not drawn."""
    shown = visitor.get(f"/sheets/changes/map.svg?{ASKED}").text
    hidden = visitor.get(f"/sheets/changes/map.svg?{ASKED}&hide=changed:entered").text
    assert (True, False) == (NEWLY_LEASED in shown, NEWLY_LEASED in hidden)


def test_a_sheet_in_another_language_is_in_it_wholly(visitor: FlaskClient) -> None:
    """English words of the layer, whatever language the page has."""
    told = visitor.get(f"/sheets/changes/map.svg?{ASKED.replace('=vi', '=en')}", headers={"Cookie": "lang=vi"}).text
    assert "What changed: Land leased" in told
    assert "Mới cho thuê" not in told


def test_the_code_opens_the_page_of_the_map(visitor: FlaskClient) -> None:
    """With its figure, its days, and what was hidden."""
    address = f"/sheets/changes/map.png?{ASKED}&dpi=300&hide=changed:left&layers=land,changed"
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(visitor.get(address).get_data())))
    page = "/changes?figure=land_leased&from=2025-10-31&to=2026-10-31&lang=vi"
    assert f"{SITE}{page}#layers=changed,land&hide=changed:left" == found.text


def test_the_form_offers_what_there_is_of_such_a_map(visitor: FlaskClient) -> None:
    """PDF, PNG, SVG and ZIP; no map in one file, no second day."""
    told = visitor.get(f"/sheets/changes?{ASKED}").text
    assert ["pdf", "png", "svg", "zip"] == re.findall(r"/sheets/changes/map\.(\w+)\?", told)
    assert [] == [name for name in ('name="base"', 'name="since"', "map.html") if name in told]
    assert 404 == visitor.get(f"/sheets/changes/map.html?{ASKED}").status_code


def test_the_page_leads_there_without_scripts(visitor: FlaskClient) -> None:
    """By a link that holds the figure and both days."""
    told = visitor.get(f"/changes?figure=land_leased&{urlencode(DAYS)}&lang=vi").text
    assert f'<a href="/sheets/changes?figure=land_leased&amp;{urlencode(DAYS).replace("&", "&amp;")}">' in told


@pytest.mark.parametrize(("query", "told"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_words(visitor: FlaskClient, query: str, told: str) -> None:
    """400 with what was found, as a file and in the form."""
    for address in ("/sheets/changes/map.svg", "/sheets/changes"):
        answer = visitor.get(f"{address}?{query}", headers={"Cookie": "lang=vi"})
        assert 400 == answer.status_code
        assert told in answer.text
