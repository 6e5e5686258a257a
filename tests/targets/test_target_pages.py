"""Pages, files and answers for programs of targets, figures and tasks."""

import csv
import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from geoapp.web.targets import entry_workbook
from tests.targets.conftest import BUSINESS

Browsers = dict[str, FlaskClient]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def post(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """A form as the page sends it."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/account").text)
    assert token
    kind = "multipart/form-data" if any(isinstance(one, tuple) for one in fields.values()) else None
    return client.post(address, data={**fields, "csrf_token": token[1]}, content_type=kind)


def test_the_list_tells_value_reading_and_what_is_unknown(browsers: Browsers) -> None:
    """The floor of the plan, the label of our reading, and the year that nobody stated."""
    page = browsers["xem"].get("/targets").text
    assert "từ 508.619\u00a0tỷ đồng trở lên" in page
    assert "cách hiểu" in page
    assert "kế hoạch không nêu năm" in page


def test_what_waits_for_approval_stands_apart(browsers: Browsers) -> None:
    """October is shown as not approved, and the sum has nine months."""
    page = browsers["xem"].get("/targets/CT-01").text
    assert "chưa duyệt" in page.lower()
    assert "9 tháng năm 2026" in page


def test_the_three_conditions_of_a_plant_are_told_apart(browsers: Browsers) -> None:
    """Khánh Cư operates and has no permit."""
    page = browsers["xem"].get("/targets/CT-06").text
    row = re.search(r"<tr><th[^>]*><a [^>]*>Khánh Cư</a>.*?</tr>", page)
    assert row
    assert ["có", "không"] == re.findall(r"<td[^>]*>([^<]*)</td>", row[0])[:2]


def test_a_target_that_is_not_in_force_is_not_found(browsers: Browsers) -> None:
    """In January 2026 there was no plan yet."""
    assert 404 == browsers["xem"].get("/targets/CT-01?as_of=2026-01-31").status_code


def test_the_file_has_target_actual_and_forecast_in_columns_of_their_own(browsers: Browsers) -> None:
    """Read as any program reads CSV."""
    answer = browsers["truong"].get("/targets.csv?lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    row = next(row for row in rows if row["Code"] == "CT-01")
    assert ("508619", "2026-12-31", "our reading") == (
        row["Value of the target"],
        row["Due"],
        row["Basis of the due date"],
    )
    assert len({row["Value of the target"], row["Actual"], row["Cumulative"], row["Forecast"]}) == 4


def test_the_rows_of_a_target_are_real_numbers_in_a_workbook(browsers: Browsers) -> None:
    """Opened with openpyxl: hectares that can be added up."""
    answer = browsers["truong"].get("/targets/KT-02-LO/rows.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    let = [cell.value for cell in sheet["C"] if isinstance(cell.value, float | int)]
    state = browsers["xem"].get("/api/targets/KT-02-LO").json["target"]  # type: ignore[index]
    counted = [
        row["leased_ha"]
        for row in browsers["xem"].get("/api/targets/KT-02-LO").json["rows"]
        if row["told"] == "counted"
    ]  # type: ignore[index]
    assert pytest.approx(state["actual"]["numerator"]) == sum(counted)
    assert len(counted) <= len(let)


def test_a_reader_takes_no_files(browsers: Browsers) -> None:
    """Downloads of what is internal are a right of their own."""
    assert 403 == browsers["xem"].get("/targets.xlsx").status_code


@pytest.mark.parametrize("address", ["/api/targets", "/api/targets/CT-01", "/api/tasks", "/api/report-calendar"])
def test_the_answers_for_programs_are_json_and_described(browsers: Browsers, address: str) -> None:
    """With the two clocks, and in the OpenAPI document."""
    body = json.loads(browsers["xem"].get(f"{address}?lang=en").text)
    assert "2026-10-31" == body["as_of"]
    paths = browsers["xem"].get("/api/openapi.json").json["paths"]  # type: ignore[index]
    assert re.sub("CT-01", "{target_code}", address) in paths


def test_a_visitor_sees_no_targets(figures_app: Flask) -> None:
    """Nor learns what there is."""
    client = figures_app.test_client()
    assert 401 == client.get("/api/targets").status_code
    assert "/login" in client.get("/targets").headers["Location"]


def test_the_calendar_has_both_readings_of_before_the_15th(browsers: Browsers) -> None:
    """From 27/11/2026 the quarterly report is due on 14/01/2027; the text says before 15/01/2027."""
    reports = browsers["xem"].get("/api/report-calendar?as_of=2026-11-27").json["reports"]  # type: ignore[index]
    due = {row["code"]: row["due"] for row in reports}
    assert ("2027-01-15", "2027-01-14") == (due["investment_quarter"]["before"], due["investment_quarter"]["latest"])
    assert due["board_results_month"] is None


def test_the_missing_appendix_is_said_to_be_missing(browsers: Browsers) -> None:
    """And the tasks that are there name no department where the plan does not."""
    page = browsers["xem"].get("/tasks").text
    assert "thiếu phụ lục này" in page
    assert "chưa giao phòng" in page


def test_a_task_that_is_not_done_is_overdue_after_its_day(browsers: Browsers) -> None:
    """Works begun within 2026: overdue on 01/01/2027, not on 31/12/2026."""
    told = {}
    for day in ("2026-12-31", "2027-01-01"):
        rows = browsers["xem"].get(f"/api/tasks?as_of={day}").json["tasks"]  # type: ignore[index]
        told[day] = [row["code"] for row in rows if row["is_overdue"]]
    assert {"2026-12-31": [], "2027-01-01": ["III.2.A-2"]} == told


def test_a_head_tells_of_a_task_and_others_do_not(browsers: Browsers) -> None:
    """An update is added with day and note; a department without that task is refused and keeps what it typed."""
    fields = {"happened_on": "2026-11-20", "state": "under_way", "note": "Đã họp rà soát <b>"}
    refused = post(browsers["dn"], "/tasks/III.2.C", **fields)
    assert 403 == refused.status_code
    assert 303 == post(browsers["truong"], "/tasks/III.2.C", **fields).status_code
    page = browsers["xem"].get("/tasks/III.2.C").text
    assert "Đã họp rà soát &lt;b&gt;" in page
    empty = post(browsers["truong"], "/tasks/III.2.C", happened_on="2026-11-21", state="done", note=" ")
    assert (400, True) == (empty.status_code, 'value="2026-11-21"' in empty.text)


def test_a_refused_form_keeps_all_that_was_typed(browsers: Browsers) -> None:
    """English decimals and a figure without words: told at their fields, the good one beside them not lost."""
    fields = {"department": BUSINESS, "month": "2026-08", "value.revenue.": "43,990.5", "value.exports.": "nhiều",
              "value.income.": "8,02"}  # fmt: skip
    answer = post(browsers["dn"], "/figures/enter", **fields)
    assert 400 == answer.status_code
    for typed in ("43,990.5", "nhiều", "8,02"):
        assert f'value="{typed}"' in answer.text
    assert "viết theo kiểu Anh" in answer.text
    assert "không phải là số" in answer.text


def filled(client: FlaskClient, **cells: object) -> bytes:
    """The form of September 2026 as it is handed out, filled in."""
    body = client.get(f"/figures/enter/form.xlsx?month=2026-09&department={BUSINESS}").data
    book = load_workbook(io.BytesIO(body))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: FlaskClient, body: bytes) -> TestResponse:
    """A workbook sent to the page."""
    return post(client, "/figures/enter/workbook", department=BUSINESS, month="2026-09",
                workbook=(io.BytesIO(body), "so-lieu.xlsx", XLSX))  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"D8": "triệu đồng", "F8": 45000}, "ô D8", "quy đổi số liệu"),
        ({"F8": "45,220.5"}, "ô F8", "viết theo kiểu Anh"),
        ({"F8": "bốn lăm nghìn"}, "ô F8", "không phải là số"),
        ({"A13": "revenue", "C13": "KCN Ma", "D13": "tỷ đồng", "F13": 5}, "ô C13", "không có KCN nào tên"),
        ({"A13": "doanh_so", "D13": "tỷ đồng", "F13": 5}, "ô A13", "không có chỉ tiêu mang mã"),
        ({"A13": "waste_treated", "D13": "tấn", "F13": 5}, "ô A13", "do phòng khác báo cáo"),
        ({"F8": 45220, "A13": "revenue", "D13": "tỷ đồng", "F13": 45220}, "ô A13", "đã có ở dòng"),
        ({"F8": 452200}, "ô I8", "giải trình"),
        ({"B3": "12/2030"}, "ô B3", "chưa đến"),
        ({"B5": "tùy"}, "ô B5", "cách ghi số"),
    ],
)  # fmt: skip
def test_a_fault_in_a_workbook_is_told_by_sheet_and_cell(
    browsers: Browsers, cells: dict[str, object], place: str, words: str
) -> None:
    """What was found, and what to do; nothing is stored."""
    answer = upload(browsers["dn"], filled(browsers["dn"], **cells))
    told = re.findall(r"<li><b>(.*?)</b>: (.*?)</li>", answer.text)
    assert [(f"trang tính “Số liệu tháng”, {place}", True)] == [(where, words in said) for where, said in told]
    assert 400 == answer.status_code


def test_a_good_workbook_fills_the_form_and_stores_nothing(browsers: Browsers) -> None:
    """Somebody looks it over and saves; numbers are written as the page writes them."""
    answer = upload(browsers["dn"], filled(browsers["dn"], F8=45221.5, I8="rà soát"))
    assert 200 == answer.status_code
    assert 'name="value.revenue." value="45.221,5"' in answer.text
    assert "45.221,5" not in browsers["dn"].get(f"/figures/enter?month=2026-09&department={BUSINESS}").text


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(browsers: Browsers) -> None:
    """With what to do."""
    answer = upload(browsers["dn"], b"%PDF-1.7")
    assert (400, True) == (answer.status_code, "Không đọc được tệp như một bảng tính" in answer.text)


def test_a_file_that_is_too_large_is_refused_unread(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it holds."""
    monkeypatch.setattr(entry_workbook, "_MOST_BYTES", 100_000)
    answer = upload(browsers["dn"], b"\0" * 100_001)
    assert (413, True) == (answer.status_code, "lớn hơn mọi biểu mẫu" in answer.text)


def sent_by_the_head(browsers: Browsers) -> str:
    """A head enters the exports of January 2025 and hands them in; the number of the figure."""
    seen = re.search(r'name="seen.exports." value="(\d*)"', browsers["truong"].get(ENTRY).text)
    assert seen
    typed = {"seen.exports.": seen[1], "value.exports.": "2.301", "remark.exports.": "rà soát"}
    sent = {"department": BUSINESS, "month": "2025-01", "action": "submit"}
    answer = post(browsers["truong"], "/figures/enter", **sent, **typed)
    assert 303 == answer.status_code
    found = re.search(r'name="withdraw" value="(\d+)"', browsers["truong"].get(ENTRY).text)
    assert found
    return found[1]


ENTRY = f"/figures/enter?month=2025-01&department={BUSINESS}"


def test_who_entered_a_figure_is_told_before_and_refused_by_name(browsers: Browsers) -> None:
    """No tick for the own figure but a sentence; sent all the same it is refused; the other head may tick it."""
    number = sent_by_the_head(browsers)
    own, other = (browsers[login].get(ENTRY).text for login in ("truong", "pho"))
    tick = f'name="figure" value="{number}"'
    assert (False, True, True, False) == (
        tick in own, "Bạn đã nhập số liệu này" in own, tick in other, "Bạn đã nhập số liệu này" in other
    )  # fmt: skip
    sent = {"department": BUSINESS, "month": "2025-01", "figure": number, "decision": "approved"}
    refused = post(browsers["truong"], "/figures/decide", **sent)
    assert (403, True) == (refused.status_code, "vì chính bạn đã nhập: Giá trị xuất khẩu" in refused.text)
    assert 303 == post(browsers["pho"], "/figures/decide", **sent).status_code
