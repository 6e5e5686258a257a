"""From errors to answers."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from geoapp import errors
from geoapp.app import create_app
from geoapp.errors import GeoAppError, InvalidRequest, StoreError
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.errors import STATUS, status_of

TREE = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GeoAppError)]


@pytest.fixture
def away() -> Flask:
    """The application while no database answers."""
    engine = make_engine("postgresql://nobody@/nothing?host=/nonexistent", role=Role.MAP)
    return create_app(Settings(), engine=engine)


@pytest.fixture
def broken() -> FlaskClient:
    """An application with views that fail in several ways."""
    app = create_app(Settings(), engine=create_engine("postgresql+psycopg2://"))
    app.add_url_rule("/crash", "crash", lambda: 1 // 0)
    app.add_url_rule("/crash/<path:_>", "crash_at", lambda _: 1 // 0)
    app.add_url_rule("/api/crash", "api_crash", lambda: 1 // 0)

    def refuse() -> str:
        raise StoreError("The database refused: %(reason)s", reason='relation "secret_table" does not exist')

    app.add_url_rule("/refuse", "refuse", refuse)
    return app.test_client()


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status(kind: type[GeoAppError]) -> None:
    """A new class of errors must be put into the table."""
    assert kind in STATUS


def test_a_subclass_answers_like_its_parent() -> None:
    """The nearest class in the table counts."""

    class Worse(InvalidRequest):
        """An error that the table does not know."""

    assert 400 == status_of(Worse("wrong", parameter="x"))


def test_the_api_tells_of_problems_in_one_form(client: FlaskClient) -> None:
    """application/problem+json with type, title, status, detail and the parameter."""
    answer = client.get("/api/layers/park_status/features?as_of=soon&lang=en")
    assert (400, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert {
        "type": "urn:geoapp:bad-request",
        "title": "This request cannot be answered",
        "status": 400,
        "detail": "as_of: expected a day such as 2026-10-31, found “soon”.",
        "parameter": "as_of",
    } == answer.json


@pytest.mark.parametrize(
    "address", ["/api/nothing", "/api/layers/nothing/features", "/api/layers/park_status/features?park=x"]
)
def test_the_api_says_404_in_the_same_form(client: FlaskClient, address: str) -> None:
    """Also where Flask itself finds nothing."""
    answer = client.get(address)
    assert (404, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert {"type", "title", "status", "detail"} == set(answer.json or {})


def test_a_method_that_is_not_served_is_told(client: FlaskClient) -> None:
    """Maps are read; nothing can be posted."""
    assert 405 == client.post("/").status_code


@pytest.mark.parametrize("address", ["/crash", "/api/crash", "/refuse"])
def test_what_nobody_expected_stays_in_the_log(
    broken: FlaskClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The reader gets a sentence, the log the cause; no word of code or database goes out."""
    with caplog.at_level(logging.ERROR):
        answer = broken.get(address)
    assert 500 == answer.status_code
    assert not re.search(r"Traceback|ZeroDivision|division|secret_table", answer.text)
    assert re.search(r"ZeroDivision|secret_table", caplog.text)


@pytest.mark.parametrize("rest", ["%0aERROR+forged", "%0dERROR forged", "%e2%80%a8ERROR forged"])
def test_no_line_of_the_log_can_be_forged(
    broken: FlaskClient, away: Flask, rest: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An address with line breaks in it stays on one line, in what is told of faults too."""
    with caplog.at_level(logging.WARNING):
        assert 500 == broken.get(f"/crash/{rest}").status_code
        assert 503 == away.test_client().get(f"/parks/{rest}").status_code
    told = [record.getMessage() for record in caplog.records if "forged" in record.getMessage()]
    assert 2 == len(told)
    assert [1, 1] == [len(line.splitlines()) for line in told]


@pytest.mark.parametrize("address", ["/", "/parks/khanh-phu", "/zones/ninh-co"])
def test_a_page_without_database_comes_back_by_itself(away: Flask, address: str) -> None:
    """503 with Retry-After, a script that looks out, and a refresh where scripts are off."""
    answer = away.test_client().get(address)
    assert (503, "5") == (answer.status_code, answer.headers["Retry-After"])
    assert 'data-wait="/ready"' in answer.text
    assert re.search(r'<noscript><meta http-equiv="refresh"', answer.text)
    assert "Mất kết nối cơ sở dữ liệu" in answer.text


def test_the_api_without_database_says_when_to_ask_again(away: Flask) -> None:
    """503 in the form of all problems."""
    answer = away.test_client().get("/api/layers/park_status/features")
    assert (503, "5", "application/problem+json") == (
        answer.status_code,
        answer.headers["Retry-After"],
        answer.mimetype,
    )


def test_the_process_is_alive_without_database(away: Flask) -> None:
    """/health does not ask the database, /ready does."""
    client = away.test_client()
    assert (200, 503) == (client.get("/health").status_code, client.get("/ready").status_code)


def test_it_is_ready_with_the_database(client: FlaskClient) -> None:
    """The map role may see the revision, and it is the newest one."""
    assert (200, {"status": "ready"}) == (client.get("/ready").status_code, client.get("/ready").json)


def test_a_database_of_another_schema_is_not_ready(server_url: str) -> None:
    """An empty database answers, but cannot be worked with: 503 with the command to run."""
    engine = create_engine(server_url)
    answer = create_app(Settings(), engine=engine).test_client().get("/ready?lang=en")
    engine.dispose()
    assert 503 == answer.status_code
    assert "geoapp db migrate" in (answer.json or {})["detail"]


def test_a_lost_connection_is_not_the_end(map_engine: Engine, loaded_database_url: str) -> None:
    """The server ends all our connections; the next request makes a new one."""
    engine = make_engine(loaded_database_url, role=Role.MAP)
    client = create_app(Settings(), engine=engine).test_client()
    assert 200 == client.get("/").status_code
    owner = make_engine(loaded_database_url, role=Role.OWNER)
    with owner.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'geoapp map'"
        )
    owner.dispose()
    answer = client.get("/")
    engine.dispose()
    map_engine.dispose()
    assert 200 == answer.status_code
