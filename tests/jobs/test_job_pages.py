"""The pages of long work and its addresses for programs, without a browser."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.resources import layers_dir
from geoapp.services.job_kinds import Arguments, JobContext, JobKind, JobKinds
from geoapp.services.job_run import run_job
from geoapp.services.jobs import JobDesk, JobLimits
from tests.job_work import Office
from tests.staff import signed_in, staffed_app

HOSTILE = "<script>alert(1)</script>"


def work(context: JobContext, arguments: Arguments) -> None:
    """Work with words that must not become part of a page."""
    context.tell(1, 3, N_("Layer “%(layer)s”"), layer=HOSTILE)
    context.save(f"Lớp bản đồ {arguments.get('word', '')}.txt", "text/plain; charset=utf-8", "chào".encode())


@pytest.fixture(scope="module")
def paged(databases: Any, staff_template: str) -> Iterator[Office]:
    """An office with the kind above beside the real ones."""
    office = Office(
        databases.make(staff_template), [JobKind("test.work", N_("Work of a test"), Permission.JOB_RUN, work)]
    )
    yield office
    office.close()


@pytest.fixture(scope="module")
def pages_app(paged: Office) -> Flask:
    """The application over it."""
    app = staffed_app(paged.url, layers_dir())
    known = [*app.extensions["jobs"].kinds, *paged.kinds]
    app.extensions["jobs"] = JobDesk(paged.staff, JobKinds(known), JobLimits(waiting=2))
    return app


@pytest.fixture
def viewer(pages_app: Flask, paged: Office) -> FlaskClient:
    """A browser of the viewer; there is no work yet."""
    paged.sql("TRUNCATE jobs, procrastinate_jobs CASCADE")
    return signed_in(pages_app, "viewer")


def send(client: FlaskClient, path: str, **fields: str) -> Any:
    """Send a form with its token."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/jobs").text)
    assert token
    return client.post(path, data={"csrf_token": token[1], **fields})


def finished(paged: Office, login: str = "viewer", **arguments: str) -> int:
    """A job that is done."""
    number = paged.jobs(login).start("test.work", arguments)
    run_job(paged.shop(), paged.run_of(number), lambda: False)
    return number


def test_the_form_starts_work(viewer: FlaskClient, paged: Office) -> None:
    """It leads to the page of the job, with what was asked for in words."""
    answer = send(viewer, "/jobs/layers", as_of="2026-06-30", form="geojson")
    assert 303 == answer.status_code
    page = viewer.get(answer.headers["Location"]).text
    assert "GeoJSON, số liệu đến 30/06/2026" in page
    assert "Đang chờ" in page
    assert {"form": "geojson", "as_of": "2026-06-30", "known_at": None} == paged.sql("SELECT arguments FROM jobs")


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"as_of": "30/06/2026"}, 400, "as_of"),
        ({"as_of": "2026-06-30", "form": "shp"}, 400, "form"),
        ({"as_of": "2026-06-30", "known_at": "x"}, 400, "known_at"),
    ],
)
def test_what_cannot_be_used_comes_back_as_it_was_typed(
    viewer: FlaskClient, fields: dict[str, str], status: int, told: str
) -> None:
    """With the reason, and nothing was started."""
    answer = send(viewer, "/jobs/layers", **fields)
    assert status == answer.status_code
    assert re.search(rf'role="alert">{told}: cần', answer.text)
    assert f'value="{fields["as_of"]}"' in answer.text
    assert [] == viewer.get("/api/jobs").json["jobs"]  # type: ignore[index]


def test_too_many_are_refused_with_the_number(viewer: FlaskClient, paged: Office) -> None:
    """429, in a sentence on the same page."""
    for _ in range(2):
        send(viewer, "/jobs/layers", as_of="2026-06-30")
    answer = send(viewer, "/jobs/layers", as_of="2026-06-30")
    assert 429 == answer.status_code
    assert "Bạn đã có 2 việc đang chờ" in answer.text
    assert 2 == paged.sql("SELECT count(*) FROM jobs")


def test_a_file_comes_with_its_name_and_its_bytes(viewer: FlaskClient, paged: Office) -> None:
    """As an attachment that no browser opens in the page; the download is in the log."""
    number = finished(paged, word="đất")
    (file,) = viewer.get(f"/api/jobs/{number}").json["files"]  # type: ignore[index]
    answer = viewer.get(file["url"])
    assert "chào" == answer.text
    assert str(file["bytes"]) == answer.headers["Content-Length"]
    assert "filename*=UTF-8''L%E1%BB%9Bp%20b%E1%BA%A3n" in answer.headers["Content-Disposition"]
    assert "private, no-store" == answer.headers["Cache-Control"]
    assert 1 == paged.sql("SELECT count(*) FROM audit_log WHERE action = 'export.file' AND subject LIKE '/jobs/%'")


def test_what_data_say_is_never_part_of_a_page(viewer: FlaskClient, paged: Office) -> None:
    """Words of a note and names of files are text, on the page and in what the script puts in."""
    number = finished(paged, word=HOSTILE.replace("/", "+"))
    paged.sql("UPDATE jobs SET state = 'running', ended_at = NULL, started_at = now() WHERE id = :id", id=number)
    note = {"text": "Layer “%(layer)s”", "params": {"layer": HOSTILE}}
    paged.sql("UPDATE jobs SET note = CAST(:note AS jsonb)", note=json.dumps(note))
    for path in ("/jobs", f"/jobs/{number}", f"/jobs/states?ids={number}"):
        told = viewer.get(path).text
        assert HOSTILE not in told
        assert "&lt;script&gt;alert(1)" in told
    paged.sql("UPDATE jobs SET state = 'done', ended_at = now() WHERE id = :id", id=number)
    assert "<script>alert(1)<+" not in viewer.get("/jobs").text


def test_work_of_others_does_not_exist(viewer: FlaskClient, paged: Office) -> None:
    """Not its page, its state, its files; nor can it be stopped."""
    number = finished(paged, "head")
    assert [404, 404, 404] == [
        viewer.get(path).status_code for path in (f"/jobs/{number}", f"/api/jobs/{number}", f"/jobs/{number}/files/x")
    ]
    assert "data-job" not in viewer.get(f"/jobs/states?ids={number}").text
    assert 404 == send(viewer, f"/jobs/{number}/cancel").status_code


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "-1", ",".join(["1"] * 51)])
def test_numbers_that_are_none_are_refused(viewer: FlaskClient, ids: str) -> None:
    """By name, with what was expected."""
    assert 400 == viewer.get("/jobs/states", query_string={"ids": ids}).status_code


def test_stopping_leads_back_to_the_page_with_the_button(viewer: FlaskClient, paged: Office) -> None:
    """And to no other site."""
    number = paged.jobs("viewer").start("test.work", {})
    answer = send(viewer, f"/jobs/{number}/cancel", back="/jobs")
    assert "/jobs" == answer.headers["Location"]
    answer = send(viewer, f"/jobs/{number}/again", back="//evil.example/")
    assert f"/jobs/{number}" == answer.headers["Location"]
    assert "waiting" == paged.jobs("viewer").get(number).state


def test_a_page_says_that_nobody_works(viewer: FlaskClient, paged: Office) -> None:
    """Where work waits and no worker gives a sign; and not where one does."""
    paged.jobs("viewer").start("test.work", {})
    assert "không có tiến trình xử lý nào" in viewer.get("/jobs").text
    paged.sql("SELECT procrastinate_register_worker_v1()")
    assert "không có tiến trình xử lý nào" not in viewer.get("/jobs").text
    paged.sql("DELETE FROM procrastinate_workers")


def test_prometheus_reads_how_long_work_stands(viewer: FlaskClient, paged: Office) -> None:
    """What waits and who works; nothing of what the work is."""
    paged.jobs("viewer").start("test.work", {"word": "riêng"})
    told = viewer.get("/metrics").text
    assert 'geoapp_jobs{state="waiting"} 1.0' in told
    assert "geoapp_job_workers 0.0" in told
    assert re.search(r"geoapp_job_oldest_waiting_seconds \d", told)
    assert "test.work" not in told


def test_a_visitor_is_asked_to_sign_in_before_work_is_started(pages_app: Flask) -> None:
    """With the token of the public page, which visitors have too."""
    visitor = pages_app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get("/login").text)
    assert token
    answer = visitor.post("/jobs/layers", data={"csrf_token": token[1], "form": "gpkg"})
    assert 401 == answer.status_code
