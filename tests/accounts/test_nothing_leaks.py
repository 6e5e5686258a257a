"""Everything fetched as a visitor, with words planted in what is confidential."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from geoapp.catalog.model import Delivery
from geoapp.store.engine import Role, make_engine
from tests.accounts.places import QUERIES, routes
from tests.staff import MARK, SECRET_LAYERS

# What the database keeps to itself, whatever a statement of the map asks.
CONFIDENTIAL = [
    "people", "person_parks", "credentials", "sessions", "login_attempts", "audit_log", "role_permissions",
    "secret_places",
]  # fmt: skip


def addresses(app: Flask) -> list[str]:
    """Every route, every layer in every form, and questions for the very words."""
    found = [path + QUERIES.get(route, "") for _, method, route, path in routes(app) if method == "GET"]
    for layer in app.extensions["atlas"].catalogue.layers.values():
        base = f"/api/layers/{layer.id}"
        found += [f"{base}/features?f=csv&limit=3"]
        if layer.id in SECRET_LAYERS:
            found += [f"{base}/{form}" for form in ("summary", "features", "features?limit=3", "features/1")]
        if layer.delivery is Delivery.TILES:
            found += [f"{base}/tiles/{place}.mvt" for place in ("7/101/56", "9/406/226")]
    found += [f"/{where}?q={MARK}" for where in ("search", "api/search", "compare")]
    found += [f"/people/{MARK}", f"/projects/{MARK}", f"/parks/{MARK}", "/parks/khanh-phu/projects.csv"]
    return found


def test_no_confidential_word_reaches_a_visitor(site: Flask, visitor: FlaskClient) -> None:
    """Not in a page, a tile, data, a file, an error, or a head of an answer; what a visitor asked himself aside."""
    leaks, answered = [], 0
    for address in addresses(site):
        answer = visitor.get(address, buffered=True)
        told = answer.get_data() + str(answer.headers).encode()
        answered += answer.status_code == 200
        for asked in (MARK, "B%C3%8D-M%E1%BA%ACT-7391"):
            if asked in address:
                told = told.replace(MARK.encode(), b"")
        if MARK.encode() in told or any(name.encode() in told for name in SECRET_LAYERS if name not in address):
            leaks.append(address)
    assert [] == leaks
    assert answered > 50


def test_the_same_words_reach_whom_they_are_for(browsers: dict[str, FlaskClient]) -> None:
    """The test above can fail: the words are there."""
    seen = {
        who: MARK in browsers[who].get(address).get_data(as_text=True)
        for who, address in (
            ("admin", "/people"), ("head", "/log"), ("viewer", "/api/layers/secret_internal/features"),
        )
    }  # fmt: skip
    assert {"admin": True, "head": True, "viewer": True} == seen


@pytest.mark.parametrize("table", CONFIDENTIAL)
def test_the_map_role_cannot_read_it(staffed_database_url: str, table: str) -> None:
    """The database itself refuses, whatever the program forgot to ask."""
    engine = make_engine(staffed_database_url, role=Role.MAP)
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(f"SELECT * FROM {table}"))
    engine.dispose()


def test_a_table_with_policies_is_none_of_the_map(staffed_database_url: str) -> None:
    """Whoever adds a confidential table takes it from the map role: see make_confidential()."""
    engine = create_engine(staffed_database_url)
    with engine.connect() as connection:
        open_ones = connection.execute(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace = 'geoapp'::regnamespace AND relrowsecurity"
                " AND has_table_privilege('geoapp_map', oid, 'SELECT')"
            )
        ).scalars()
        assert [] == list(open_ones)
    engine.dispose()
