"""What cannot be answered is refused in words, on every route: never a 500, never a traceback."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.app import create_app
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine, reading

FEATURES = "/api/layers/park_status/features"
_VALUES = {
    "layer_id": "plot_state",
    "feature_id": "khanh-phu",
    "slug": "khanh-phu",
    "z": "12",
    "x": "3254",
    "y": "1810",
}

REFUSED = [
    ("?as_of=2026-02-30", "as_of"),
    ("?as_of=31/10/2026", "as_of"),
    ("?as_of=0000-00-00", "as_of"),
    ("?as_of=99999-01-01", "as_of"),
    ("?as_of=1900-01-01", "as_of"),
    ("?as_of=%00", "as_of"),
    ("?as_of=%FF%FE", "as_of"),
    ("?as_of=٢٠٢٦-١٠-٣١", "as_of"),
    ("?as_of=2026-10-31&as_of=2026-09-30", "as_of"),
    ("?as_of=2026-10-31&as_of=2026-10-31", "as_of"),
    ("?known_at=2026-13-01", "known_at"),
    ("?known_at=2000-01-01", "known_at"),
    ("?known_at=now", "known_at"),
    ("?lang=fr", "lang"),
    ("?lang=vi&lang=en", "lang"),
    ("?park=Kh%C3%A1nh", "park"),
    ("?park=%00", "park"),
    ("?park=" + "a" * 200, "park"),
    ("?limit=0", "limit"),
    ("?limit=1001", "limit"),
    ("?limit=-1", "limit"),
    ("?limit=1e3", "limit"),
    ("?limit=ten", "limit"),
    ("?limit=99999999999999999999", "limit"),
    ("?after=x", "after"),
    ("?after=AAAAAAAAAAAAAAAA", "after"),
    ("?after=%00%00%00%00%00%00%00%00", "after"),
    ("?f=shp", "f"),
    ("?bbox=20.1,106.0,20.4,106.3", "bbox"),
    ("?bbox=1_06,20,107,21", "bbox"),
    ("?bbox=105,20,106,%D9%A2%D9%A1", "bbox"),
    ("?bbox=inf,20,106,21", "bbox"),
    ("?asof=2026-10-31", "asof"),
    ("?%00=1", "\0"),
    ("?as_of%5B%5D=2026-10-31", "as_of[]"),
]


@pytest.mark.parametrize(("query", "parameter"), REFUSED)
def test_a_parameter_that_cannot_be_used_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    """400 as problem+json with its name."""
    answer = client.get(FEATURES + query)
    assert (400, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert parameter == (answer.json or {})["parameter"]


def test_a_day_before_the_data_is_told_from_when_there_are_some(client: FlaskClient) -> None:
    """With the first and the last day."""
    detail = (client.get(f"{FEATURES}?as_of=2020-01-01&lang=en").json or {})["detail"]
    assert "There are no figures before 31 Jan 2024. Choose a day from 31 Jan 2024 to 31 Oct 2026." == detail


@pytest.mark.parametrize("address", ["/", "/parks/khanh-phu", "/zones/ninh-co", "/search", "/api/search"])
@pytest.mark.parametrize(
    "query", ["as_of=2026-10-31&as_of=2026-09-30", "lang=vi&lang=en", "as_of=2026-02-30", "sort=name&sort=name"]
)
def test_pages_refuse_likewise(client: FlaskClient, address: str, query: str) -> None:
    """A day given twice has no meaning, nor has one that is not in the calendar."""
    assert 400 == client.get(f"{address}?{query}").status_code


def test_only_parks_to_compare_may_be_named_one_by_one(client: FlaskClient) -> None:
    """As the boxes of its form send them."""
    assert 302 == client.get("/compare?parks=khanh-phu&parks=bao-minh").status_code
    assert 400 == client.get("/?parks=khanh-phu&parks=bao-minh").status_code


def test_an_unknown_theme_is_refused(client: FlaskClient) -> None:
    """With those that there are."""
    assert 400 == client.get("/?theme=weather").status_code


def filled(app: Flask) -> list[str]:
    """An address for every route that answers to GET."""
    found = {
        re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda name: _VALUES.get(name[1], "khanh-phu"), rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    }
    return sorted(found)


NONSENSE = [
    "%00",
    "%ff%fe=%c0%af",
    "q=%00&as_of=%00",
    "a=" + "b" * 100_000,
    "&".join(f"x{i}=1" for i in range(900)),
    "bbox=NaN,NaN,NaN,NaN",
    "q=%F0%9F%A6%84'%22%3B--",
    "as_of=2026-10-31%0d%0aX-Evil:1",
    "%",
    "lang=%25%28x%29s",
]


@pytest.mark.parametrize("query", NONSENSE, ids=range(len(NONSENSE)))
def test_no_route_breaks(app: Flask, client: FlaskClient, query: str) -> None:
    """Nonsense of every kind, on every route that there is."""
    for address in filled(app):
        answer = client.get(f"{address}?{query}", buffered=True)
        assert answer.status_code < 500, f"{address}: {answer.text[:200]}"
        assert b"Traceback" not in answer.data
        assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_is_not_served_is_told_with_those_that_are(client: FlaskClient, method: str) -> None:
    """405 with Allow, as problem+json."""
    answer = client.open("/api/layers", method=method)
    assert (405, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert {"GET", "HEAD", "OPTIONS"} == {name.strip() for name in answer.headers["Allow"].split(",")}


def test_head_and_options_are_answered(client: FlaskClient) -> None:
    """HEAD with the headers of GET and no body; OPTIONS with what is served."""
    full, head = client.get(FEATURES), client.head(FEATURES)
    assert (200, b"", full.headers["ETag"]) == (head.status_code, head.data, head.headers["ETag"])
    assert "GET" in client.options(FEATURES).headers["Allow"]


def test_a_long_address_is_refused(client: FlaskClient) -> None:
    """414 as problem+json."""
    answer = client.get(f"{FEATURES}?park={'a' * 5000}")
    assert (414, "application/problem+json") == (answer.status_code, answer.mimetype)


def test_a_slow_statement_is_cut_off(loaded_database_url: str) -> None:
    """503 in the form of all problems; the next request is answered."""
    engine = make_engine(loaded_database_url, role=Role.MAP, statement_timeout_ms=100)
    app = create_app(Settings(), engine=engine)

    def wait() -> str:
        with reading(engine) as connection:
            connection.execute(text("SELECT pg_sleep(2)"))
        return "done"

    app.add_url_rule("/api/slow", "slow", wait)
    client = app.test_client()
    answer = client.get("/api/slow")
    assert (503, "application/problem+json", "5") == (
        answer.status_code,
        answer.mimetype,
        answer.headers["Retry-After"],
    )
    assert 200 == client.get("/ready").status_code
    engine.dispose()
