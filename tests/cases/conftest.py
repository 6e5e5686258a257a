"""The application over land with two signs and a gap, and people of every role who may see it or may not."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from geoapp.app import create_app
from geoapp.settings import Settings
from geoapp.store.cases import propose
from geoapp.store.engine import Role, make_engine, writing
from geoapp.web.permissions import TOKEN
from tests.case_land import forget_cases
from tests.conftest import Databases
from tests.staff import PASSWORD, signed_in

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def case_database(databases: Databases, case_template: str) -> Iterator[str]:
    """A copy of the place with land files, for all tests of cases one after the other."""
    url = databases.make(case_template)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def engine(case_database: str) -> Iterator[Engine]:
    """The place as its owner."""
    engine = make_engine(case_database, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture
def place(engine: Engine) -> Engine:
    """The place without cases."""
    with engine.begin() as connection:
        forget_cases(connection)
    return engine


@pytest.fixture
def owner(place: Engine) -> Engine:
    """The place with its proposals of the day: one in park mot (R9), one in park hai (R8)."""
    with writing(place) as connection:
        propose(connection, DAY)
    return place


@pytest.fixture(scope="session")
def case_app(case_database: str) -> Flask:
    """The application over it; nothing about it is made lighter for tests."""
    return create_app(Settings(database_url=case_database, log_level="error"))


@dataclass
class Clerk:
    """A browser with somebody signed in, who reads pages and sends forms as a person does."""

    client: FlaskClient

    def get(self, address: str, expected: int = 200) -> str:
        """A page."""
        answer = self.client.get(address)
        assert expected == answer.status_code, answer.text[:400]
        return str(answer.text)

    def send(self, address: str, expected: int = 303, **fields: object) -> str:
        """A form with the token of the page that it stands on; the page that comes back."""
        answer = self.client.post(address, data={**fields, "csrf_token": self.token()})
        assert expected == answer.status_code, answer.text[:1500]
        return str(answer.text)

    def token(self) -> str:
        """The token that forms of this person carry."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/account").text)
        assert found, "no token on the page"
        return found[1]


ClerkMaker = Callable[[str], Clerk]


@pytest.fixture(scope="session")
def tokens() -> dict[str, str]:
    """Login -> the token of a session that was begun."""
    return {}


@pytest.fixture
def clerk(case_app: Flask, owner: Engine, tokens: dict[str, str]) -> ClerkMaker:
    """Signs somebody in: an (inspector), binh (inspector of park hai), ha (head), quy (planner), xem, tri."""
    assert owner

    def sign_in(login: str) -> Clerk:
        # A password takes its time to be proved; the session of each person is begun once.
        if login not in tokens:
            with signed_in(case_app, login, PASSWORD).session_transaction() as session:
                tokens[login] = session[TOKEN]
        client = case_app.test_client()
        with client.session_transaction() as session:
            session[TOKEN] = tokens[login]
        return Clerk(client)

    return sign_in


def number(engine: Engine, rule: str) -> int:
    """The case of a rule."""
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT id FROM cases WHERE rule = :rule"), {"rule": rule}).scalar_one())
