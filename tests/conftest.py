"""Fixtures shared by all rooms: a real PostGIS, a migrated database, a loaded one."""

import os
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from geoapp.ingest.default import load_default
from geoapp.resources import data_dir
from geoapp.store.cluster import PrivateCluster
from geoapp.store.engine import Role, make_engine, sqlalchemy_url
from geoapp.store.migrate import migrate
from tests.case_land import gap, late, make_place, unused
from tests.field_work import add_held
from tests.job_work import Office
from tests.staff import add_staff, plant_secrets

# A shell that starts the tests in the background has them and all that they start ignore Ctrl-C; some send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A server to make databases on: the one that DATABASE_URL names, else a throw-away cluster of our own."""
    named = os.environ.get("DATABASE_URL")
    if named:
        yield sqlalchemy_url(named)
        return
    # Not below pytest's own folder: as root, PostgreSQL runs as another user, who may not enter that one.
    cluster = PrivateCluster(Path(tempfile.mkdtemp(prefix="geoapp-test-")), throwaway=True)
    yield sqlalchemy_url(cluster.start())
    cluster.stop()


class Databases:
    """Databases of this test run, each with a name of its own; all are dropped at the end."""

    def __init__(self, server_url: str) -> None:
        self._server = make_url(server_url)
        self._admin = create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._names: list[str] = []

    def make(self, template: str | None = None) -> str:
        """A new database, empty or a copy; its address."""
        name = f"geoapp_test_{uuid.uuid4().hex[:12]}"
        copy = f' TEMPLATE "{make_url(template).database}"' if template else " TEMPLATE template0"
        with self._admin.connect() as connection:
            if template:
                # PostgreSQL copies only what nobody is connected to; a pool makes new connections by itself.
                connection.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                    {"name": make_url(template).database},
                )
            connection.execute(text(f'CREATE DATABASE "{name}"{copy}'))
        self._names.append(name)
        return self._server.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop one database, whoever is connected."""
        name = make_url(url).database
        with self._admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))

    def drop_all(self) -> None:
        """Drop all that this run made."""
        for name in self._names:
            self.drop(self._server.set(database=name).render_as_string(hide_password=False))


@pytest.fixture(scope="session")
def databases(server_url: str) -> Iterator[Databases]:
    """Makes and drops databases on the test server."""
    made = Databases(server_url)
    yield made
    made.drop_all()


@pytest.fixture(scope="session")
def migrated_template(databases: Databases) -> str:
    """A migrated database without rows; copy it, do not write to it."""
    url = databases.make()
    migrate(url)
    return url


@pytest.fixture
def database_url(databases: Databases, migrated_template: str) -> Iterator[str]:
    """A migrated database without rows, for one test."""
    url = databases.make(migrated_template)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def loaded_database_url(databases: Databases, migrated_template: str) -> str:
    """The data of ``data/`` and the demonstration set, loaded; tests only read it."""
    url = databases.make(migrated_template)
    load_default(url, data_dir(), report=lambda _: None)
    return url


@pytest.fixture
def loaded_copy_url(databases: Databases, loaded_database_url: str) -> Iterator[str]:
    """A copy of the loaded database that a test may change."""
    url = databases.make(loaded_database_url)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def case_template(databases: Databases, migrated_template: str) -> str:
    """People of every role; land that is unused in park mot, late in park hai, and has a gap; no cases yet."""
    url = databases.make(migrated_template)
    engine = create_engine(
        sqlalchemy_url(url), connect_args={"options": "-c search_path=geoapp,public"}, poolclass=NullPool
    )
    with engine.begin() as connection:
        make_place(connection)
        unused(connection)
        late(connection)
        gap(connection)
    return url


@pytest.fixture(scope="session")
def staffed_database_url(databases: Databases, loaded_database_url: str) -> str:
    """The loaded database with a person for each role (see ``staff``) and secrets planted; tests only read the data."""
    url = databases.make(loaded_database_url)
    add_staff(url)
    plant_secrets(url)
    return url


@pytest.fixture(scope="session")
def field_url(databases: Databases, staffed_database_url: str) -> str:
    """The loaded database with people, to which tests send reports from the field; none takes anything away."""
    url = databases.make(staffed_database_url)
    add_held(url)
    return url


@pytest.fixture(scope="session")
def staff_template(databases: Databases, migrated_template: str) -> str:
    """A person for each role (see ``staff``) and nothing else; copy it, do not write to it."""
    url = databases.make(migrated_template)
    add_staff(url)
    return url


@pytest.fixture
def office(databases: Databases, staff_template: str) -> Iterator[Office]:
    """A database with a person for each role and no data, and long work in it: ``office.jobs("viewer").start(...)``."""
    made = Office(databases.make(staff_template))
    yield made
    made.close()
    databases.drop(made.url)


EngineMaker = Callable[[str, Role], Engine]


@pytest.fixture
def engine_for() -> Iterator[EngineMaker]:
    """Makes engines that are closed after the test."""
    made: list[Engine] = []

    def make(url: str, role: Role = Role.OWNER) -> Engine:
        made.append(make_engine(url, role=role))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture(scope="session")
def map_engine(loaded_database_url: str) -> Iterator[Engine]:
    """The loaded database as the map role sees it."""
    engine = make_engine(loaded_database_url, role=Role.MAP, statement_timeout_ms=20000)
    yield engine
    engine.dispose()


@pytest.fixture
def repository() -> Path:
    """The checkout that the tests belong to."""
    return Path(__file__).parents[1]
