"""What is told of every request, in the log and for Prometheus."""

import json
import logging
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from geoapp.app import create_app
from geoapp.settings import Settings


def test_a_line_tells_what_a_request_took(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Time, statements and their time, bytes, and the number that the answer carries too."""
    with caplog.at_level(logging.INFO, "geoapp.request"):
        answer = client.get("/parks/khanh-phu", headers={"X-Request-ID": "so-7"})
    assert "so-7" == answer.headers["X-Request-ID"]
    assert re.search(r"GET /parks/khanh-phu 200 [\d.]+ ms, [1-9]\d* sql [\d.]+ ms, [1-9]\d* bytes, so-7", caplog.text)


def test_a_line_does_not_tell_what_was_looked_for(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """It may be the name of a person."""
    with caplog.at_level(logging.INFO, "geoapp.request"):
        client.get("/search?q=nguyen+van+a")
    assert "GET /search 200" in caplog.text
    assert "nguyen" not in caplog.text


def test_a_line_can_be_read_by_programs(map_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """JSON with the same figures."""
    client = create_app(Settings(log_format="json"), engine=map_engine).test_client()
    with caplog.at_level(logging.INFO, "geoapp.request"):
        client.get("/health")
    told = json.loads(caplog.records[-1].getMessage())
    assert ("GET", "/health", 200, 0) == (told["method"], told["path"], told["status"], told["sql"])


def test_a_line_of_the_log_stays_one_line(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is asked, and whatever number is given."""
    with caplog.at_level(logging.INFO, "geoapp.request"):
        client.get("/nothing%0aGET%20/forged", headers={"X-Request-ID": "a b"})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "geoapp.request"]
    assert "\n" not in line
    assert "a b" not in line


def test_prometheus_reads_figures_by_view(client: FlaskClient) -> None:
    """By the name of the view, so that they stay few."""
    client.get("/parks/khanh-phu")
    text = client.get("/metrics").text
    assert 'geoapp_requests_total{status="200",view="pages.park"}' in text
    assert 'geoapp_request_seconds_bucket{le="0.1",view="pages.park"}' in text
    assert 'geoapp_statements_total{view="pages.park"}' in text
    assert "khanh-phu" not in text


@pytest.mark.parametrize(
    ("who", "headers", "status"),
    [
        ("local", {}, 200),
        ("local", {"X-Forwarded-For": "10.0.0.7"}, 404),
        ("local", {"Forwarded": "for=10.0.0.7"}, 404),
        ("local", {"X-Real-IP": "10.0.0.7"}, 404),
        ("local", {"X-Forwarded-For": ""}, 404),
        ("off", {}, 404),
        ("all", {"X-Forwarded-For": "1.2.3.4"}, 200),
    ],
)
def test_figures_are_for_those_who_may_see_them(
    map_engine: Engine, who: str, headers: dict[str, str], status: int
) -> None:
    """By default for programs on the same machine, and not for what a proxy on it hands on."""
    client = create_app(Settings(metrics=who), engine=map_engine).test_client()  # type: ignore[arg-type]
    assert status == client.get("/metrics", headers=headers).status_code
