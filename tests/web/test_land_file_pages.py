"""The land file of a project through HTTP: page, JSON and CSV."""

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.store.engine import reading

DAY = "as_of=2026-10-31"


@pytest.fixture(scope="module")
def codes(map_engine: Engine) -> dict[str, str]:
    """State -> a demonstration project that is in it."""
    statement = text(
        "SELECT c.state, min(p.code) AS code FROM clock_at('2026-10-31', 'infinity') AS c"
        " JOIN projects AS p ON p.id = c.project_id WHERE p.code LIKE 'demo-%' GROUP BY c.state"
    )
    with reading(map_engine) as connection:
        return {row.state: row.code for row in connection.execute(statement)}


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
