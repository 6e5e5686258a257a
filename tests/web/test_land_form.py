"""The form for events of a land file: entering, correcting, withdrawing, and what is refused."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.resources import layers_dir
from geoapp.store.engine import Role, make_engine, reading
from tests.conftest import Databases
from tests.staff import signed_in, staffed_app

Send = Callable[..., Any]


@pytest.fixture(scope="module")
def url(databases: Databases, staffed_database_url: str) -> str:
    """A copy that these tests write to."""
    return databases.make(staffed_database_url)


@pytest.fixture(scope="module")
def owner(url: str) -> Iterator[Engine]:
    """The copy as its owner."""
    engine = make_engine(url, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def planner(url: str) -> FlaskClient:
    """A planner, who may edit land files."""
    return signed_in(staffed_app(url, layers_dir()), "planner")


@pytest.fixture(scope="module")
def projects(owner: Engine) -> Iterator[str]:
    """Codes of published projects without a land file, one after another."""
    statement = "SELECT code FROM projects WHERE id NOT IN (SELECT project_id FROM land_events) ORDER BY code"
    with reading(owner) as connection:
        return iter(list(connection.execute(text(statement)).scalars()))


@pytest.fixture
def project(projects: Iterator[str]) -> str:
    """A project without a land file, for one test."""
    return next(projects)


@pytest.fixture
def send(planner: FlaskClient, project: str) -> Send:
    """Sends the form of a new event, or of an event to correct, with the token of the page."""

    def post(kind: str, event: str | None = None, **typed: str) -> Any:
        address = f"/projects/{project}/land-events/{event or 'new'}"
        page = planner.get(address, query_string={} if event else {"kind": kind})
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        return planner.post(address, data={**hidden, "kind": kind, **typed})

    return post


def rows(owner: Engine, project: str, what: str) -> list[tuple[object, ...]]:
    """Columns of all rows of a land file, closed ones too, in the order in which they came."""
    statement = f"SELECT {what} FROM land_events AS e JOIN projects AS p ON p.id = e.project_id"
    with reading(owner) as connection:
        found = connection.execute(text(f"{statement} WHERE p.code = :code ORDER BY e.id"), {"code": project})
        return [tuple(row) for row in found]


def test_an_event_is_entered(send: Send, owner: Engine, project: str) -> None:
    """With the person, the next free number, an official quality, and a word in the log."""
    answer = send("handover", happened_on="2025-03-10", document_no="12/BB-BGĐ", area_ha="1.234,5")
    assert 303 == answer.status_code, answer.text
    told = rows(
        owner, project, "e.code, kind, happened_on::text, area_ha::float, quality::text, batch_id, person_id > 0"
    )
    assert [("01", "handover", "2025-03-10", 1234.5, "official", None, True)] == told
    with reading(owner) as connection:
        logged = connection.execute(text("SELECT subject FROM audit_log WHERE action = 'land.added'")).scalars()
        assert f"project {project}" in set(logged)


def test_the_page_of_the_project_tells_it(send: Send, planner: FlaskClient, project: str) -> None:
    """The clock runs from the new date: one gap less."""
    send("handover", happened_on="2025-03-10")
    page = re.sub(r"<[^>]+>", " ", planner.get(f"/projects/{project}").text)
    assert "còn thiếu: ngày kết thúc tiến độ" in page


def test_a_correction_closes_the_old_row(send: Send, owner: Engine, project: str) -> None:
    """Both stay; only the new one counts."""
    send("handover", happened_on="2025-03-10")
    assert 303 == send("handover", "01", happened_on="2025-04-10").status_code
    told = rows(owner, project, "happened_on::text, upper_inf(e.recorded)")
    assert [("2025-03-10", False), ("2025-04-10", True)] == told


def test_an_event_entered_in_error_is_withdrawn(send: Send, owner: Engine, project: str) -> None:
    """The row says so, with all that it had said."""
    send("handover", happened_on="2025-03-10", document_no="12/BB")
    assert 303 == send("handover", "01", withdraw="1").status_code
    assert [("12/BB", False), ("12/BB", True)] == rows(owner, project, "document_no, withdrawn")


REFUSED = {
    "a day that is none": ("handover", {"happened_on": "31/02/2025"}, "happened_on", "cần một ngày"),
    "a day to come": ("handover", {"happened_on": "2199-01-01"}, "happened_on", "ngày trong tương lai"),
    "no ground": ("extension", {"happened_on": "2026-01-01"}, "ground", "bắt buộc với loại sự kiện này"),
    "beyond the law": (
        "extension", {"happened_on": "2026-01-01", "ground": "24m", "months": "25"}, "months", "nhiều nhất 24 tháng",
    ),
    "an area in words": ("handover", {"area_ha": "năm"}, "area_ha", "cần một số"),
    "an area without end": ("handover", {"area_ha": "99999999999"}, "area_ha", "quá lớn"),
    "an unknown event": ("payment", {"happened_on": "2026-01-01", "about": "7"}, "about", "hồ sơ không có sự kiện này"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_at_its_field(
    send: Send, owner: Engine, project: str, case: tuple[str, dict[str, str], str, str]
) -> None:
    """The field is marked, the reason is told in words, nothing is stored, nothing typed is lost."""
    kind, typed, field, said = case
    answer = send(kind, note="đã gõ rồi", **typed)
    assert 400 == answer.status_code
    marked = re.search(rf'id="fault-{field}">([^<]+)<', answer.text)
    assert marked is not None, answer.text
    assert said in marked[1]
    assert "đã gõ rồi" in answer.text
    assert [] == rows(owner, project, "kind")


def test_completion_before_the_start_is_refused(send: Send, owner: Engine, project: str) -> None:
    """Told with the day of the other event."""
    send("construction_start", happened_on="2025-09-01", evidence="ảnh")
    answer = send("completion", happened_on="2025-08-01", evidence="ảnh")
    assert (400, True) == (answer.status_code, "hoàn thành trước ngày khởi công 01/09/2025" in answer.text)
    assert [("construction_start",)] == rows(owner, project, "kind")


def test_the_second_of_two_is_told(send: Send, planner: FlaskClient, owner: Engine, project: str) -> None:
    """Who saves over a change that the form did not show sees both versions, and nothing is stored."""
    send("handover", happened_on="2025-03-10")
    page = planner.get(f"/projects/{project}/land-events/01").text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    send("handover", "01", happened_on="2025-04-10")
    answer = planner.post(f"/projects/{project}/land-events/01", data={**hidden, "happened_on": "2025-05-10"})
    assert 400 == answer.status_code
    assert "người khác đã sửa" in answer.text
    assert "đang lưu: 2025-04-10" in answer.text
    assert 'value="2025-05-10"' in answer.text
    assert 2 == len(rows(owner, project, "e.id"))


def test_a_form_without_its_token_is_refused(planner: FlaskClient, owner: Engine, project: str) -> None:
    """Nothing can be entered from another site."""
    answer = planner.post(f"/projects/{project}/land-events/new", data={"kind": "handover"})
    assert (400, []) == (answer.status_code, rows(owner, project, "kind"))


def test_a_planner_of_other_parks_sees_and_enters_nothing(url: str, owner: Engine) -> None:
    """Held to one park, a person reads no land file of another, and the database refuses the event."""
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person_parks SELECT p.id, k.id FROM people AS p, parks AS k"
                " WHERE p.login = 'planner' AND k.slug = 'hoa-xa'"
            )
        )
    client = signed_in(staffed_app(url, layers_dir()), "planner")
    try:
        own, other = (client.get(f"/api/projects/demo-{slug}-01/land-file").json for slug in ("hoa-xa", "bao-minh"))
        assert (True, True) == (len(own["units"]) > 0, len(own["events"]) > 0)
        assert ([], []) == (other["units"], other["events"])
        features: Any = client.get("/api/layers/clock_state/features?as_of=2026-10-31").json
        assert {"hoa-xa"} == {feature["properties"]["park_slug"] for feature in features["features"]}
        page = client.get("/projects/demo-hoa-xa-01/land-events/new?kind=remedy").text
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        address = "/projects/demo-bao-minh-01/land-events/new"
        assert 403 == client.post(address, data={**hidden, "happened_on": "2026-01-01"}).status_code
    finally:
        with owner.begin() as connection:
            connection.execute(text("DELETE FROM person_parks"))
    assert "remedy" not in {row[0] for row in rows(owner, "demo-bao-minh-01", "kind")}
