"""Wastewater and leasing as a page, as a file, and as a section on the page of a park."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from geoapp.services.leasing import OFFERED


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    """The text of a page, without its tags."""
    answer = client.get(address)
    assert status == answer.status_code, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def rows(client: FlaskClient, address: str = "/wastewater.csv") -> list[dict[str, str]]:
    """The file, row by row."""
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_park_is_named(client: FlaskClient) -> None:
    """Those with plots in the table, the others as those of which nothing is told."""
    assert 45 == len(set(re.findall(r'href="/parks/([a-z0-9-]+)', client.get("/wastewater").text)))


def test_parks_stand_in_the_order_of_the_alphabet(client: FlaskClient) -> None:
    """By their letters, not by the numbers of the letters with marks: Bảo Minh before Bình Lục."""
    text = client.get("/wastewater").get_data(as_text=True)
    assert text.index(">Bảo Minh</a>") < text.index(">Bình Lục</a>")


def test_the_table_is_dated_and_tagged(client: FlaskClient) -> None:
    """Day, quality and the mark of an assumed norm stand by the figures."""
    page = read(client, "/wastewater?lang=vi")
    for told in ("đến 31/10/2026 minh họa", "33/45 khu có số liệu lô đất", "giả định", "40 m³/ha/ngày đêm"):
        assert told in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_norm_names_its_source(client: FlaskClient) -> None:
    """The general norm is an assumption, and says so in place of a source."""
    assert "Giả định của chương trình về lượng nước thải trên một ha đất" in read(client, "/wastewater?lang=vi")


def test_the_file_has_a_row_for_each_park(client: FlaskClient) -> None:
    """With quality and a notice where it is demonstration."""
    found = rows(client)
    assert 45 == len(found)
    assert all("minh họa" in row["notice"] for row in found if row["quality"] == "demo")


def test_the_parts_in_the_file_add_up(client: FlaskClient) -> None:
    """Land on offer is divided without rest; expected wastewater is the sum of its groups."""
    for row in rows(client):
        if row["available_ha"]:
            parts = sum(float(row[name]) for name in OFFERED)
            groups = sum(float(row[f"{name}_m3"]) for name in ("operating", "building", "leased", "reserved"))
            assert pytest.approx(float(row["available_ha"]), abs=1e-3) == parts
            assert pytest.approx(float(row["committed_m3"]), abs=1e-3) == groups


def test_a_park_without_plots_has_empty_cells(client: FlaskClient) -> None:
    """A gap is a gap, never 0."""
    row = next(row for row in rows(client) if row["park"] == "gian-khau")
    assert ("", "", "") == (row["available_ha"], row["committed_m3"], row["saturation"])
    assert "Chưa có số liệu lô đất" in row["notice"]


def test_the_file_is_as_of_the_day(client: FlaskClient) -> None:
    """A year before, other land was on offer."""
    now, then = (sum(float(r["available_ha"] or 0) for r in rows(client, f"/wastewater.csv?as_of={day}"))
                 for day in ("2026-10-31", "2025-10-31"))  # fmt: skip
    assert now != then


def test_the_page_of_a_park_tells_its_limits(client: FlaskClient) -> None:
    """Bảo Minh takes in more than it is built for; the section says so and leads to the table."""
    page = client.get("/parks/bao-minh?lang=vi").text
    section = page[page.index('id="leasing"') :]
    assert "đã hết công suất" in section
    assert 'href="/wastewater#method"' in section


def test_links_keep_the_day(client: FlaskClient) -> None:
    """From the table of another day a park opens on that day."""
    assert "/parks/khanh-phu?as_of=2025-06-30#leasing" in client.get("/wastewater?as_of=2025-06-30").text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/wastewater?sort=weather", "sort: cần một trong các giá trị name, load, blocked, leasable"),
        ("/wastewater?as_of=1999-12-31", "Không có số liệu trước 31/01/2024"),
        ("/wastewater.csv?as_of=tomorrow", "as_of: cần một ngày"),
    ],
)
def test_an_unusable_parameter_is_named(client: FlaskClient, address: str, told: str) -> None:
    """400 with which parameter, what was found and what to do."""
    assert told in read(client, address, 400)
