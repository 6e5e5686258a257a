"""Plots, projects, tables and figures through HTTP: pages, parts, files, JSON, and what is refused."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.settings import Settings
from geoapp.store.engine import Role
from tests.factories import outline, park, plot, square, write_bundle

PLOT = "/parks/khanh-phu/plots/A1-01"
PROJECT = "/projects/demo-khanh-phu-01"
HOSTILE = ("a/b", "a//b", "..", ".", "50%", "?x=1", "#1", "a b", '"><b>', "lô số 1", "a\\b")


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    """The text of a page, without its tags."""
    answer = client.get(address)
    assert status == answer.status_code, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.fixture
def hostile(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Iterator[FlaskClient]:
    """A park whose plots have codes full of signs that mean something in addresses, markup or spreadsheets."""
    codes = (*HOSTILE, "=1+1")
    plots = [plot(code=code, geometry=square(106.1001 + 0.0005 * i, 20.202, 0.0004)) for i, code in enumerate(codes)]
    folder = write_bundle(tmp_path / "bundle", parks=[park()], park_outlines=[outline()], plots=plots)
    load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
    with create_app(Settings(log_level="error"), engine=engine_for(database_url, Role.MAP)).test_client() as browser:
        yield browser


def test_a_plot_tells_its_facts_and_history(client: FlaskClient) -> None:
    """State, use, area, project, versions with their batch, neighbours."""
    page = read(client, PLOT)
    for told in (
        "Lô đất A1-01",
        "SKK – đất khu công nghiệp",
        "Lịch sử",
        "đợt nhập",
        "Các lô lân cận",
        "Hạ tầng của KCN",
    ):
        assert told in page


def test_a_project_tells_its_plots(client: FlaskClient) -> None:
    """Investor, capital, plots held with their sum."""
    page = read(client, PROJECT)
    for told in ("Nhà đầu tư minh họa 01", "280 tỷ đồng", "DV-06", "Cộng", "Quá trình"):
        assert told in page


def test_a_project_without_plots_says_so(client: FlaskClient) -> None:
    """It is not on the map, and the page does not keep silent about it."""
    assert "Không có trên bản đồ" in read(client, "/projects/dam-ninh-binh")


def test_pages_speak_english(client: FlaskClient) -> None:
    """A plot and a figure, by the language link."""
    assert "Plots around it" in read(client, PLOT + "?lang=en")
    assert "How it is reckoned" in read(client, "/figures/park/khanh-phu/occupancy?lang=en")


@pytest.mark.parametrize(
    "address",
    [
        "/parks/khanh-phu/plots/nothing",
        "/parks/nowhere/plots/A1-01",
        "/projects/nothing",
        "/figures/park/nowhere/occupancy",
        "/figures/park/khanh-phu/weather",
        "/figures/road/khanh-phu/occupancy",
        "/parks/nowhere/plots",
        "/zones/nowhere/projects",
        "/parks/nowhere/sources",
    ],
)
def test_what_is_not_there_is_404_with_a_way_back(client: FlaskClient, address: str) -> None:
    """Never an empty page for something that does not exist."""
    answer = client.get(address)
    assert 404 == answer.status_code
    assert '<a href="/">' in answer.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("sort=weather", "sort: cần một trong các giá trị code, block"),
        ("state=sold", "state: cần một trong các giá trị not_cleared"),
        ("box=1,2,3", "box: cần tây,nam,đông,bắc"),
        ("box=106,20,105,21", "tây phải nhỏ hơn đông"),
        ("box=nan,20,105,21", "box: cần tây,nam,đông,bắc"),
        ("box=-200,-90,200,90", "tây phải nhỏ hơn đông"),
        ("start=-1", "start: cần số thứ tự của dòng"),
        ("start=99999999999", "start: cần số thứ tự của dòng"),
        ("q=" + "x" * 101, "q: chỉ tìm được tối đa 100 ký tự"),
        ("as_of=1999-01-01", "Không có số liệu trước"),
    ],
)
def test_an_unusable_table_is_refused_by_name(client: FlaskClient, query: str, told: str) -> None:
    """400 with the parameter, what was found and what was expected."""
    assert told in read(client, f"/parks/khanh-phu/plots?{query}", 400)


def test_rows_come_a_page_at_a_time(client: FlaskClient) -> None:
    """128 plots: 60, 60 and 8, by the link under them."""
    address, counts = "/parks/khanh-phu/plots?part=1", []
    while address:
        text = client.get(address).text
        counts.append(text.count("<tr data-feature="))
        more = re.search(r'data-more href="([^"]+)"', text)
        address = more[1].replace("&amp;", "&") + "&part=1" if more else ""
    assert [60, 60, 8] == counts


def test_a_file_holds_all_rows_with_their_trust(client: FlaskClient) -> None:
    """As many rows as match, each with quality, source, day and the notice of demonstration data."""
    answer = client.get("/parks/khanh-phu/plots.csv?state=operating&as_of=2026-10-31")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) > 60
    assert {"đang hoạt động"} == {row["Tình trạng"] for row in rows}
    assert {("minh họa", "2026-10-31", "Số liệu minh họa, không phải số liệu chính thức")} == {
        (row["Độ tin cậy"], row["Số liệu đến"], row["Lưu ý"]) for row in rows
    }


@pytest.mark.parametrize("address", ["/parks/thu/plots.csv", "/api/layers/plot_state/features?f=csv&limit=1000"])
def test_a_spreadsheet_runs_nothing(hostile: FlaskClient, address: str) -> None:
    """Whatever looks like a formula is text, in every file for spreadsheets."""
    answer = hostile.get(address)
    assert 200 == answer.status_code
    cells = [cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) for cell in row]
    assert [] == [cell for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)]
    assert any(cell.endswith("'=1+1") for cell in cells)


@pytest.mark.parametrize("name", ["plot", "plot?park=khanh-phu", "plot?code=A1-01", "project", "project?code="])
def test_an_outline_of_nothing_is_refused(client: FlaskClient, name: str) -> None:
    """With the name of what is missing."""
    answer = client.get(f"/api/outlines/{name}")
    missing = "park" if "code=A" in name else "code"
    assert (400, missing) == (answer.status_code, answer.json["parameter"])  # type: ignore[index]


def test_every_plot_has_an_address_whatever_its_code(hostile: FlaskClient) -> None:
    """The link of each row leads to the page of that very plot."""
    text = hostile.get("/parks/thu/plots?part=1").text
    links = [
        unquote(link.replace("&amp;", "&")) and link.replace("&amp;", "&")
        for link in re.findall(r'<th scope="row"><a href="([^"]+)"', text)
    ]
    assert len(HOSTILE) + 1 == len(links)
    heads = {re.search(r"<h1>Lô đất (.*?)</h1>", hostile.get(link, follow_redirects=True).text)[1] for link in links}  # type: ignore[index]
    expected = {
        code.replace("&", "&amp;").replace('"', "&#34;").replace(">", "&gt;").replace("<", "&lt;") for code in HOSTILE
    }
    assert expected | {"=1+1"} == heads


def test_an_outline_is_geojson(client: FlaskClient) -> None:
    """Of one plot, and of a project that holds some; null where none is known."""
    kinds = []
    for query in ("plot?park=khanh-phu&code=A1-01", "project?code=demo-khanh-phu-01", "project?code=dam-ninh-binh"):
        geometry = json.loads(client.get(f"/api/outlines/{query}").data)["geometry"]
        kinds.append(geometry and geometry["type"])
    assert ["MultiPolygon", "MultiPolygon", None] == kinds


def test_an_unknown_outline_is_a_problem(client: FlaskClient) -> None:
    """404 in the form of the API."""
    answer = client.get("/api/outlines/plot?park=khanh-phu&code=x")
    assert (404, "application/problem+json") == (answer.status_code, answer.mimetype)


def test_a_figure_as_json_is_that_of_the_page(client: FlaskClient) -> None:
    """Value, parts, source and batch of the total; the parts add up."""
    told = json.loads(client.get("/api/figures/province/ninh-binh/occupancy").data)
    parts = [part for part in told["parts"] if part["told"] == "counted"]
    assert sum(part["numerator"] for part in parts) == pytest.approx(told["figure"]["numerator"])
    assert told["batches"][0]["loaded_by"]
    assert f"{told['figure']['value']:.1f}".replace(".", ",") in read(client, "/figures/province/ninh-binh/occupancy")


def test_a_series_ends_on_the_day_asked_for(client: FlaskClient) -> None:
    """As of June 2025 nothing of July is told."""
    told = json.loads(client.get("/api/series/park/khanh-phu/occupancy?as_of=2025-06-30").data)
    assert "2025-06-30" == max(value["day"] for value in told["values"] if value["day"])
    assert "theil_sen_12_months" == told["forecast"]["method"]


def test_every_kind_of_total_has_a_card(client: FlaskClient) -> None:
    """All five figures of the first page."""
    shares = ("occupancy", "clearance_cumulative", "clean_site", "infrastructure_completeness", "wastewater_standard")
    found = {share: client.get(f"/figures/province/ninh-binh/{share}").status_code for share in shares}
    assert dict.fromkeys(shares, 200) == found


def test_a_conflict_is_named_with_its_difference(client: FlaskClient) -> None:
    """Khánh Phú: 96.6 % by the demonstration, 100 % by a newspaper of 2019: 3.4 points."""
    page = read(client, "/figures/park/khanh-phu/occupancy")
    for told in ("Các nguồn không thống nhất", "+3,4", "03/2019"):
        assert told in page


def test_sources_tell_what_they_gave(client: FlaskClient) -> None:
    """The newspaper, and its occupancy of 2019."""
    page = read(client, "/parks/khanh-phu/sources")
    assert re.search(r"Tăng cường thu hút đầu tư.*?Tỷ lệ lấp đầy : 100,0 %", page.replace(":", " :").replace("  ", " "))


def test_the_functions_of_the_zone_add_up(client: FlaskClient) -> None:
    """The shares as they are written make 100.0 %."""
    table = re.search(r'data-live="functions".*?<tbody>(.*?)</tbody>', client.get("/zones/ninh-co").text, re.DOTALL)
    assert table is not None
    shares = re.findall(r"([\d,]+)\u00a0%", table[1])
    assert 1000 == sum(round(float(share.replace(",", ".")) * 10) for share in shares)


def test_a_park_page_loads_no_charts_by_itself(client: FlaskClient) -> None:
    """Charts have addresses; the library is not in the page."""
    page = client.get("/parks/khanh-phu").text
    assert 4 <= page.count('data-chart="/charts/')
    assert "<script src" not in page.replace("nonce", "") or "vega.min.js" not in re.sub(
        r'"charts": \{[^}]*\}', "", page
    )
