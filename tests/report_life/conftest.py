"""Reports over a small place: two parks with a figure each, land with a sign, people of every role."""

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
from geoapp.store import reports as store
from geoapp.store.acting import acting
from geoapp.store.engine import Role, make_engine
from geoapp.store.reports import NewContent, ReportStep
from geoapp.web.permissions import TOKEN
from tests.case_land import person
from tests.conftest import Databases
from tests.staff import PASSWORD, signed_in

# Figures of the end of the last two months: area leased of the area to lease, hectares.
FIGURES = {"mot": ((40, 100), (50, 100)), "hai": ((10, 50), (20, 50))}
DAYS = (date(2026, 9, 30), date(2026, 10, 31))
_FIGURE = """
INSERT INTO observations (subject_kind, park_id, indicator, valid_on, date_precision, value, numerator, denominator,
                          method, quality, source_id, batch_id, recorded)
SELECT 'park', k.id, 'occupancy', :day, 'day', 100.0 * :part / :whole, :part, :whole,
       (SELECT min(code) FROM methods WHERE indicator = 'occupancy'), 'official', (SELECT max(id) FROM sources),
       (SELECT max(id) FROM batches), tstzrange(now() - interval '1 hour', NULL)
FROM parks AS k WHERE k.slug = :park
"""


@pytest.fixture(scope="session")
def report_template(databases: Databases, case_template: str) -> str:
    """The place of the cases with figures of two months; copy it, do not write to it."""
    url = databases.make(case_template)
    engine = make_engine(url, role=Role.OWNER)
    with engine.begin() as connection:
        for park, months in FIGURES.items():
            for day, (part, whole) in zip(DAYS, months, strict=True):
                connection.execute(text(_FIGURE), {"park": park, "day": day, "part": part, "whole": whole})
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def report_url(databases: Databases, report_template: str) -> Iterator[str]:
    """A copy for all tests of reports; nothing in it can be taken away, so every test makes reports of its own."""
    url = databases.make(report_template)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def owner(report_url: str) -> Iterator[Engine]:
    """The place as its owner."""
    engine = make_engine(report_url, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def report_app(report_url: str) -> Flask:
    """The application over it; nothing about it is made lighter for tests."""
    return create_app(Settings(database_url=report_url, log_level="error", statement_timeout_ms=60_000))


@dataclass
class Writer:
    """A browser with somebody signed in, who reads pages and sends forms as a person does."""

    client: FlaskClient

    def get(self, address: str, expected: int = 200) -> str:
        """A page."""
        answer = self.client.get(address)
        assert expected == answer.status_code, answer.text[:600]
        return str(answer.text)

    def send(self, address: str, status: int = 303, /, **fields: object) -> str:
        """A form with the token of a page; the page that comes back, or where it leads."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/account").text)
        assert found, "no token on the page"
        answer = self.client.post(address, data={**fields, "csrf_token": found[1]})
        assert status == answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))[:1500]
        return answer.headers.get("Location") or str(answer.text)


WriterMaker = Callable[[str], Writer]


@pytest.fixture(scope="session")
def report_tokens() -> dict[str, str]:
    """Login -> the token of a session that was begun."""
    return {}


@pytest.fixture
def writer(report_app: Flask, report_tokens: dict[str, str]) -> WriterMaker:
    """Signs somebody in: quy (planner), ha (head), an (inspector), binh (inspector of one park), xem, tri."""

    def sign_in(login: str) -> Writer:
        if login not in report_tokens:
            with signed_in(report_app, login, PASSWORD).session_transaction() as session:
                report_tokens[login] = session[TOKEN]
        client = report_app.test_client()
        with client.session_transaction() as session:
            session[TOKEN] = report_tokens[login]
        return Writer(client)

    return sign_in


def as_person(engine: Engine, login: str) -> tuple[Engine, int]:
    """What acting as somebody needs."""
    return engine, person(engine, login)


def draft(engine: Engine, login: str = "quy", first: date = date(2020, 1, 1)) -> int:
    """A version with a content of two words, made by somebody; its number."""
    with acting(*as_person(engine, login)) as connection:
        template = store.add_template(connection, "t", "vi", b"mau", is_builtin=True)
        number = store.open_version(connection, "month", first, _last(first), "vi")
        moment = store.read_moment(connection)
        store.add_content(connection, NewContent(number, 1, first, moment, template, "kin", "mo"))
        store.add_event(connection, ReportStep(number, 1, "make"))
    return number


def _last(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def take(engine: Engine, login: str, number: int, *steps: str, **fields: object) -> None:
    """Steps of a person one after the other, each in a transaction of its own."""
    for step in steps:
        with engine.connect() as connection:
            last = connection.execute(
                text("SELECT last_number FROM report_versions WHERE id = :id"), {"id": number}
            ).scalar_one()
        with acting(*as_person(engine, login)) as connection:
            store.add_event(connection, ReportStep(number, last + 1, step, **fields))  # type: ignore[arg-type]


def add_files(engine: Engine, number: int, login: str = "quy") -> None:
    """The three files of a version, as bytes that stand for them."""
    with acting(*as_person(engine, login)) as connection:
        made_of = store.find_version(connection, number).made_of
        for kind in ("docx", "pdf", "xlsx"):
            body = f"{kind} {number}".encode()
            store.add_file(connection, store.NewFile(number, kind, made_of, "", "test", body))


SIGNATURE = {"document_no": "05/BC-BQL", "signed_on": date(2026, 11, 2), "signer": "Người ký"}


def signed(engine: Engine, first: date) -> int:
    """A version that was approved and signed; its number."""
    number = draft(engine, "quy", first)
    take(engine, "quy", number, "submit")
    take(engine, "ha", number, "approve")
    add_files(engine, number)
    take(engine, "ha", number, "sign", **SIGNATURE)
    return number
