"""Compare and What changed as a reader gets them: pages, files, refusals, and how much work they are."""

import csv
import io
import json
import re
from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.web.test_pages import read

MOST_STATEMENTS = 16
PAGES = ["/compare", "/changes", "/changes?figure=occupancy"]
LONG = "/changes?from=2025-06-30&to=2026-10-31"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_few_statements(app: Flask, client: FlaskClient, address: str) -> None:
    """A budget: no query for each row."""
    client.get(address)
    assert 0 < app.extensions["atlas"].spent().statements <= MOST_STATEMENTS


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/compare?base=1999-01-31", 400, "Không có số liệu trước 31/01/2024"),
        ("/compare?base=2026-02-30", 400, "base: cần một ngày dạng 2026-10-31"),
        ("/compare?as_of=2026-06-30&base=2026-07-31", 400, "Ngày so sánh 31/07/2026 sau ngày đang xem 30/06/2026"),
        ("/compare?sort=weather", 400, "sort: cần một trong các giá trị name, status"),
        ("/compare?class=park_occupancy.x", 400, "class: cần một trong các giá trị"),
        ("/compare?parks=khanh-phu,nowhere", 404, "nowhere"),
        ("/compare?parks=KHANH", 400, "parks: cần"),
        ("/compare.csv?status=sold", 400, "status: cần một trong các giá trị planned"),
        ("/changes?from=2026-10-31&to=2026-09-30", 400, "Ngày thứ nhất 31/10/2026 sau ngày thứ hai 30/09/2026"),
        ("/changes?from=2019-01-31", 400, "Không có số liệu trước 31/01/2024"),
        ("/changes?to=2026-13-01", 400, "to: cần một ngày dạng 2026-10-31"),
        ("/changes?known_from=soon", 400, "known_from: cần một ngày"),
        ("/changes?known_to=2020-01-01", 400, "Ngày 01/01/2020 chưa có dữ liệu nào"),
        ("/changes?figure=rain", 400, "figure: cần một trong các giá trị land_cleared"),
        ("/changes?place=moon:here", 400, "place: cần một trong các giá trị park, zone"),
        ("/changes?park=nowhere", 404, "nowhere"),
        ("/changes?zone=nowhere", 404, "nowhere"),
        ("/changes?after=x", 400, "after: cần vị trí của một dòng"),
        ("/changes?reason=luck", 400, "reason: cần một trong các giá trị"),
        ("/changes?park=a%00b", 400, "park: cần"),
    ],
)
def test_an_unusable_parameter_is_named(client: FlaskClient, address: str, status: int, told: str) -> None:
    """With which parameter, what was found and what to do."""
    assert told in read(client, address, status)


def test_the_sum_is_on_the_page(client: FlaskClient) -> None:
    """The parts as they are written add up to the difference as it is written, to the last decimal."""
    page = client.get(f"{LONG}&figure=plots_available").text
    table = re.search(r'<table class="rows reasons">.*?</table>', page, re.DOTALL)
    assert table is not None
    cells = re.findall(r'<td class="end figure">([−+]?[\d.,]+)\xa0ha</td>', table[0])
    first, *parts, last = [float(cell.replace(".", "").replace(",", ".").replace("−", "-")) for cell in cells]
    assert len(parts) == 2
    assert round(last - first, 4) == round(sum(parts), 4)


def test_a_row_says_what_where_when_and_from_whom(client: FlaskClient) -> None:
    """Reason, states, day, source, batch and quality; the plot and the park are linked."""
    page = client.get("/changes?figure=land_leased").text
    text = read(client, "/changes?figure=land_leased")
    assert re.search(
        r"mới cho thuê đã giữ chỗ [\d,]+ ha → đã cho thuê [\d,]+ ha từ \d\d/10/2026 · .+ · đợt nhập số \d+", text
    )
    assert re.search(r'href="/parks/[a-z0-9-]+/plots/[^"]+"', page)


def test_next_rows_are_linked(client: FlaskClient) -> None:
    """200 at a time; the rest is one link away, and the last page has none."""
    first = client.get(f"{LONG}&figure=land_cleared").text
    assert 200 == first.count("<tr data-thing=")
    following = re.search(r'href="(\?[^"]*after=[^"]+)#rows">Các dòng tiếp theo', first)
    assert following is not None
    second = client.get("/changes" + following[1].replace("&amp;", "&")).text
    assert (72, False) == (second.count("<tr data-thing="), "Các dòng tiếp theo" in second)


def test_a_reason_can_be_chosen(client: FlaskClient) -> None:
    """Only its rows are listed; the difference stays whole."""
    page = read(client, f"{LONG}&figure=plots_available&step=change&reason=left")
    assert "đã giữ chỗ hoặc cho thuê sẵn sàng cho thuê" in page


@pytest.mark.parametrize("figure", ["land_leased", "occupancy", "infrastructure_done", "wastewater_capacity"])
def test_the_map_asks_for_what_changed(client: FlaskClient, figure: str) -> None:
    """One layer of what changed over the base map, with the same days."""
    assert "/api/changes/features?" in client.get(f"/changes?figure={figure}").text


def test_features_are_those_of_the_rows(client: FlaskClient) -> None:
    """One feature for each thing, with its reason; their differences add up to that of the page."""
    found = json.loads(client.get(f"/api{LONG.replace('?', '/features?')}&figure=land_leased").text)
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"{LONG.replace('?', '.csv?')}&figure=land_leased&lang=en").text.lstrip("\ufeff"))
        )
    )
    assert found["count"] == len(found["features"]) == len(rows) > 50
    told = sum(feature["properties"]["delta"] for feature in found["features"])
    assert told == pytest.approx(sum(float(row["Difference (ha)"]) for row in rows))


def test_the_layer_speaks_the_words_of_the_figure(client: FlaskClient) -> None:
    """A reason is called by what it is for this figure."""
    layers = client.get("/api/changes/layers?figure=land_leased&lang=en").get_json()["layers"]
    labels = [one["label"] for one in layers[0]["style"]["classes"]]
    assert ["newly leased", "returned", "re-measured"] == labels[:3]


def test_a_problem_of_the_api_is_told_as_one(client: FlaskClient) -> None:
    """Status, sentence and parameter."""
    answer = client.get("/api/changes/features?figure=occupancy")
    assert (400, "figure") == (answer.status_code, answer.get_json()["parameter"])


@pytest.mark.parametrize(("query", "is_offered"), [("?lang=vi", False), ("?lang=vi&status=operating", True)])
def test_all_parks_are_offered_where_not_all_are_shown(client: FlaskClient, query: str, *, is_offered: bool) -> None:
    """Another language leaves no park out."""
    assert is_offered == ("Xem lại tất cả các khu" in client.get(f"/compare{query}").text)


def test_the_csv_is_what_the_page_shows(client: FlaskClient) -> None:
    """UTF-8 with a mark, the chosen parks in the asked order, numbers with a point, and the notice in each row."""
    answer = client.get("/compare.csv?lang=en&status=operating&sort=-occupancy")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    shown = re.findall(
        r'<th scope="row"><label.*?href="/parks/([a-z0-9-]+)',
        client.get("/compare?status=operating&sort=-occupancy").text,
    )
    assert shown == [row["Code"] for row in rows]
    assert 0 < float(rows[0]["Occupancy (share) (%)"]) <= 100
    assert {True} == {("demo" in row.values()) == ("Demonstration data" in row["Notice"]) for row in rows}


def test_the_workbook_has_numbers_dates_and_notices(client: FlaskClient) -> None:
    """Headings in both languages, frozen; real numbers with a form, real dates; what was asked and what to know."""
    book = load_workbook(io.BytesIO(client.get("/compare.xlsx?as_of=2026-06-30&q=khanh").data))
    sheet = book.active
    told = [row[0].value for row in sheet.iter_rows(max_row=9)]
    assert "Số liệu minh họa, không phải số liệu chính thức" in told
    heading = next(row for row in sheet.iter_rows() if row[0].value == "Mã")[0].row
    titles = [cell.value for cell in sheet[heading + 1]]
    place = titles.index("Occupancy (share)")
    assert ("Code", f"B{heading + 3}") == (titles[0], sheet.freeze_panes)
    park = next(row for row in sheet.iter_rows(min_row=heading + 3) if row[0].value == "khanh-phu")
    assert (float, "#,##0.0") == (type(park[place].value), park[place].number_format)
    assert datetime(2026, 6, 30) == sheet["B2"].value  # noqa: DTZ001 - a cell has no time zone
    assert isinstance(park[titles.index("Occupancy (share): Date")].value, datetime)


def test_the_workbook_of_a_difference_adds_up(client: FlaskClient) -> None:
    """The last row is the sum of the rows, and that is the difference in the head."""
    sheet = load_workbook(io.BytesIO(client.get(f"{LONG.replace('?', '.xlsx?')}&figure=plots_available").data)).active
    head = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=12)}
    column = [row[4].value for row in sheet.iter_rows() if isinstance(row[4].value, float)]
    assert head["Chênh lệch"] == pytest.approx(column[-1]) == pytest.approx(sum(column[:-1]))


def test_ticked_boxes_become_one_address(client: FlaskClient) -> None:
    """parks=a&parks=b is led to parks=a,b, which is what is shared."""
    answer = client.get("/compare?parks=khanh-phu&parks=bao-minh&sort=-occupancy")
    assert (302, "?parks=khanh-phu%2Cbao-minh&sort=-occupancy") == (answer.status_code, answer.headers["Location"])


def test_a_heading_says_how_it_sorts(client: FlaskClient) -> None:
    """aria-sort on the one column that orders the table, and its link turns the order round."""
    page = client.get("/compare?sort=-occupancy").text
    assert ["descending"] == re.findall(r'aria-sort="(\w+)"', page)
    assert 'href="?sort=occupancy"' in page


def test_the_month_before_is_compared_at_first(client: FlaskClient) -> None:
    """Without a choice: the newest month with figures and the one before."""
    chosen = re.findall(r'<option value="(\d{4}-\d\d-\d\d)" selected', client.get("/changes").text)
    assert [date(2026, 9, 30), date(2026, 10, 31)] == [date.fromisoformat(day) for day in chosen]


def test_links_lead_on_to_the_second_day(client: FlaskClient) -> None:
    """Where it was asked for: a park is opened as of the day that is explained."""
    text = client.get("/changes?from=2026-03-31&to=2026-06-30").get_data(as_text=True)
    assert 'href="/compare?as_of=2026-06-30"' in text


def test_the_head_leads_to_the_difference_on_the_day_that_is_shown(client: FlaskClient) -> None:
    """As every link of the head does."""
    assert 'href="/changes?as_of=2026-06-30"' in client.get("/compare?as_of=2026-06-30").get_data(as_text=True)


def test_the_day_of_every_page_is_the_second_day(client: FlaskClient) -> None:
    """A link that carries as_of keeps its meaning."""
    page = client.get("/changes?as_of=2026-06-30").text
    assert ["2026-05-31", "2026-06-30"] == re.findall(r'<option value="(\d{4}-\d\d-\d\d)" selected', page)
