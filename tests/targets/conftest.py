"""The loaded data with people of the departments that report figures; shared, so each test has figures of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.app import create_app
from geoapp.core.passwords import hash_password
from geoapp.core.permissions import Person, PersonRole
from geoapp.services.target_board import TargetBoard
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from tests.conftest import Databases
from tests.staff import PASSWORD, signed_in

BUSINESS, ENVIRONMENT = "Phòng Doanh nghiệp và Lao động", "Phòng Tài nguyên và Môi trường"
PEOPLE = {
    "dn": (PersonRole.PLANNER, BUSINESS),
    "tn": (PersonRole.INSPECTOR, ENVIRONMENT),
    "truong": (PersonRole.HEAD, "Văn phòng Ban"),
    "pho": (PersonRole.HEAD, "Văn phòng Ban"),
    "xem": (PersonRole.VIEWER, BUSINESS),
}
_ADD = """
WITH added AS (
    INSERT INTO people (login, name, role, department) VALUES (:login, :login, :role, :department) RETURNING id
)
INSERT INTO credentials (person_id, password_hash, must_change) SELECT id, :kept, false FROM added
"""


@pytest.fixture(scope="session")
def figures_url(databases: Databases, loaded_database_url: str) -> str:
    """A copy of the loaded database with people."""
    url = databases.make(loaded_database_url)
    engine = make_engine(url, role=Role.OWNER)
    kept = hash_password(PASSWORD)
    with engine.begin() as connection:
        for login, (role, department) in PEOPLE.items():
            told = {"login": login, "role": role, "department": department, "kept": kept}
            connection.execute(text(_ADD), told)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def staff_engine(figures_url: str) -> Iterator[Engine]:
    """The staff role, which acts for people."""
    engine = make_engine(figures_url, role=Role.STAFF, statement_timeout_ms=20000)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def people(figures_url: str) -> dict[str, Person]:
    """Everybody by login."""
    engine = make_engine(figures_url, role=Role.OWNER)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, login, name, role, department FROM people")).all()
    engine.dispose()
    return {row.login: Person(row.id, row.login, row.name, PersonRole(row.role), row.department) for row in rows}


@pytest.fixture(scope="session")
def board(staff_engine: Engine) -> TargetBoard:
    """The board over that database."""
    return TargetBoard(staff_engine)


@pytest.fixture(scope="session")
def figures_app(figures_url: str) -> Flask:
    """The application over that database."""
    return create_app(Settings(database_url=figures_url, log_level="error"))


@pytest.fixture(scope="session")
def browsers(figures_app: Flask) -> dict[str, FlaskClient]:
    """A browser for everybody."""
    return {login: signed_in(figures_app, login) for login in PEOPLE}
