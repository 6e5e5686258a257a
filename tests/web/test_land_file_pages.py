"""The land file of a project through HTTP: page, JSON and CSV."""

import csv
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.kinds import ClockSign
from geoapp.resources import layers_dir
from geoapp.store.engine import Role, make_engine, reading
from tests.staff import signed_in, staffed_app

DAY = "as_of=2026-10-31"


@pytest.fixture(scope="module")
def codes(loaded_database_url: str) -> dict[str, str]:
    """State -> a demonstration project that is in it."""
    statement = text(
        "SELECT c.state, min(p.code) AS code FROM clock_at('2026-10-31', 'infinity') AS c"
        " JOIN projects AS p ON p.id = c.project_id WHERE p.code LIKE 'demo-%' GROUP BY c.state"
    )
    owner = make_engine(loaded_database_url, role=Role.OWNER, statement_timeout_ms=20000)
    with reading(owner) as connection:
        found = {row.state: row.code for row in connection.execute(statement)}
    owner.dispose()
    return found


@pytest.fixture(scope="module")
def staffed(staffed_database_url: str) -> Flask:
    """The application with people."""
    return staffed_app(staffed_database_url, layers_dir())


@pytest.fixture
def client(staffed: Flask) -> FlaskClient:
    """A planner, who may read, take out and edit land files."""
    return signed_in(staffed, "planner")


def read(client: FlaskClient, address: str) -> str:
    """The text of a page, without its tags."""
    answer = client.get(address)
    assert 200 == answer.status_code, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def file_of(client: FlaskClient, code: str, query: str = DAY) -> Any:
    """The land file as JSON."""
    answer = client.get(f"/api/projects/{code}/land-file?{query}")
    assert 200 == answer.status_code, answer.text
    return answer.json


def test_the_page_tells_a_sign_not_a_verdict(client: FlaskClient, codes: dict[str, str]) -> None:
    """State, the day of the violation, the law it rests on, and that it is a proposal only."""
    page = read(client, f"/projects/{codes['UNUSED_12M']}?{DAY}")
    for told in (
        "Đồng hồ pháp lý", "Dấu hiệu: không sử dụng đất 12 tháng liên tục", "ngày thứ", "Căn cứ: Luật Đất đai 2024",
        "chỉ là đề xuất xem xét, không phải kết luận", "Hồ sơ đất", "minh họa",
    ):  # fmt: skip
        assert told in page


def test_the_page_counts_the_days_of_an_extension(client: FlaskClient, codes: dict[str, str]) -> None:
    """Day n of N, the days left, and the decision with its document."""
    page = read(client, f"/projects/{codes['EXT_RUNNING']}?{DAY}&lang=en")
    assert re.search(r"extension running \d+ days left", page)
    assert re.search(r"day \d+ of \d+ of the extension that began on", page)
    assert "extension decision" in page


def test_a_gap_is_named(client: FlaskClient) -> None:
    """A published project without a land file lacks just what the clock needs."""
    features: Any = client.get(f"/api/layers/projects/features?{DAY}").json
    published = next(f["id"] for f in features["features"] if not f["id"].startswith("demo-"))
    page = read(client, f"/projects/{published}?{DAY}")
    assert "còn thiếu: ngày bàn giao đất trên thực địa, ngày kết thúc tiến độ" in page
    assert "Chưa có sự kiện nào trong hồ sơ đất" in page


def test_the_api_tells_what_the_clock_was_computed_from(client: FlaskClient, codes: dict[str, str]) -> None:
    """Dates, notes and events with documents, and that they are made up."""
    found = file_of(client, codes["HOLD"])
    (unit,) = found["units"]
    assert ("R10", "HOLD", True) == (unit["rule"], unit["state"], unit["d24"] < unit["d24_fm"])
    decided = next(one for one in found["events"] if one["kind"] == "force_majeure")
    assert ("chairman", "demo", ["project"]) == (decided["decided_by"], decided["quality"], decided["units"])
    assert found["notice"]


def test_the_api_answers_as_of_a_day(client: FlaskClient, codes: dict[str, str]) -> None:
    """Before the end of its extension the project had time."""
    found = file_of(client, codes["EXT_EXPIRED"])
    end = found["units"][0]["effective_end"]
    before = file_of(client, codes["EXT_EXPIRED"], f"as_of={end}")
    assert ("EXT_EXPIRED", "EXT_RUNNING", 0) == (
        found["units"][0]["state"], before["units"][0]["state"], before["units"][0]["days_left"],
    )  # fmt: skip


def test_nothing_about_people_is_told(client: FlaskClient, codes: dict[str, str]) -> None:
    """Numbers of rows and people stay inside."""
    found = file_of(client, codes["COMPLETE"])
    assert {"event_id", "project_id", "person_id"} & set(found["events"][0]) == set()


def test_the_file_holds_every_event(client: FlaskClient, codes: dict[str, str]) -> None:
    """As many rows as the API has events, each with day, quality, source and notice."""
    answer = client.get(f"/projects/{codes['LATE_24M']}/events.csv?{DAY}")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(file_of(client, codes["LATE_24M"])["events"]) == len(rows)
    assert {("minh họa", "2026-10-31")} == {(row["Độ tin cậy"], row["Số liệu đến"]) for row in rows}


@pytest.mark.parametrize("address", ["/api/projects/no-such/land-file", "/projects/no-such/events.csv"])
def test_an_unknown_project_is_said(client: FlaskClient, address: str) -> None:
    """What was asked and where projects are listed."""
    answer = client.get(address)
    assert (404, True) == (answer.status_code, "no-such" in answer.text)


def test_a_visitor_sees_the_project_without_its_land_file(staffed: Flask, codes: dict[str, str]) -> None:
    """Neither clock, nor events, nor the layer; the rest of the page stands."""
    visitor = staffed.test_client()
    page = read(visitor, f"/projects/{codes['UNUSED_12M']}?{DAY}")
    assert "Thông tin chung" in page
    assert "Đồng hồ pháp lý" not in page
    assert "Hồ sơ đất" not in page
    assert 401 == visitor.get(f"/api/projects/{codes['UNUSED_12M']}/land-file").status_code
    assert 404 == visitor.get(f"/api/layers/clock_state/features?{DAY}").status_code


def test_a_viewer_reads_but_takes_out_and_edits_nothing(staffed: Flask, codes: dict[str, str]) -> None:
    """The page without links to what is refused."""
    viewer, code = signed_in(staffed, "viewer"), codes["UNUSED_12M"]
    page = viewer.get(f"/projects/{code}?{DAY}").text
    assert "Đồng hồ pháp lý" in page
    assert "events.csv" not in page
    assert "/land-events/" not in page
    refused = (f"/projects/{code}/events.csv", f"/projects/{code}/land-events/new")
    assert [403, 403] == [viewer.get(address).status_code for address in refused]


def test_the_layer_has_a_feature_for_every_plot_of_a_project(client: FlaskClient) -> None:
    """Each class is there, and the popup names project and state."""
    found: Any = client.get(f"/api/layers/clock_state/features?{DAY}").json
    told = [feature["properties"] for feature in found["features"]]
    assert set(ClockSign) == {one["sign"] for one in told}
    assert len(told) == len({feature["id"] for feature in found["features"]}) > 600
    worst = next(one for one in told if one["portion"] == "GĐ1")
    assert ("violation", "LATE_24M", None) == (worst["sign"], worst["state"], worst["days_left"])


def test_the_layer_has_tiles_for_who_may_see_it(staffed: Flask, client: FlaskClient) -> None:
    """The tile of the province holds all plots for a planner, and does not exist for a visitor."""
    address = "/api/layers/clock_state/tiles/9/406/226.mvt?as_of=2026-10-31"
    assert (404, 200) == (staffed.test_client().get(address).status_code, client.get(address).status_code)
    assert len(client.get(address).data) > 1000
