"""The work list over 1,000 and 100,000 open cases: its time does not grow with the cases."""

import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from benchmarks.ground import Ground
from benchmarks.report import BenchError, Finding, Section, interleave, percentile
from geoapp.app import create_app
from geoapp.core.passwords import hash_password, make_password
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.permissions import TOKEN

TITLE = "Work list over 1,000 and 100,000 open cases"
SIZES = (1_000, 100_000)
PLOTS = 1_000
MOST = 2
PAGES = {
    "work list": "/cases",
    "work list, mine": "/cases?tab=mine",
    "work list, nobody's": "/cases?tab=unassigned",
    "work list, one park": "/cases?park={park}",
    "work list by area": "/cases?sort=area",
    "work list, the last change first": "/cases?sort=newest",
    "API, 50 cases": "/api/cases",
}
_STATEMENTS = Path(__file__).with_name("cases.sql")
_ROUNDS = 5
_TIMES = 6
_NOTE = "p50 of the whole answer, asked of the application itself by somebody who is signed in, one after another."


def run(ground: Ground) -> Section:
    """Every list at both sizes in turn."""
    clients = {size: _client(_filled(ground, size)) for size in SIZES}
    park = str(ground.rows(PLOTS, "SELECT slug FROM parks ORDER BY id LIMIT 1")[0][0])
    findings = []
    for name, address in PAGES.items():
        asked = {str(size): _asking(client, address.format(park=park)) for size, client in clients.items()}
        found = interleave(asked, _ROUNDS)
        few, many = (found[str(size)] for size in SIZES)
        findings.append(
            Finding(
                f"{name} at {SIZES[1]:,} cases",
                "ms",
                many,
                f"at {SIZES[0]:,}",
                few,
                growth=True,
                target=MOST,
                note=_NOTE,
            )
        )
    return Section(TITLE, findings, [])


def _asking(client: FlaskClient, address: str) -> Callable[[], float]:
    def ask() -> float:
        seconds = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            answer = client.get(address)
            seconds.append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise BenchError(f"{address} answered {answer.status_code}")
        return percentile(seconds, 0.5) * 1000

    return ask


def _filled(ground: Ground, size: int) -> tuple[str, str]:
    """Address of a copy of the small database with so many cases, and the password of who works there."""
    base = make_url(ground.database(PLOTS))
    name = f"cases_{size}"
    admin = create_engine(base.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{base.database}"'))
    url = base.set(database=name).render_as_string(hide_password=False)
    password = make_password()
    engine = make_engine(url, role=Role.OWNER)
    began = time.monotonic()
    with engine.begin() as connection:
        bound = {"kept": hash_password(password), "cases": size}
        for statement in _STATEMENTS.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(text(statement), {key: bound[key] for key in bound if f":{key}" in statement})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
    print(f"made {size:,} cases: {time.monotonic() - began:.0f} s", flush=True)
    return url, password


def _client(made: tuple[str, str]) -> FlaskClient:
    """A browser of somebody who is signed in and sees all parks."""
    url, password = made
    app = create_app(Settings(database_url=url, log_level="error"))
    token = app.extensions["accounts"].sign_in("bench", password, "127.0.0.1")
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    return client
