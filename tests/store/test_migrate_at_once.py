"""Databases of one server that are made at the same moment, as the workers of a test run or two installations do."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from geoapp.store.cluster import PrivateCluster
from geoapp.store.engine import sqlalchemy_url

AT_ONCE = 4
MIGRATE = "import sys; from geoapp.store.migrate import migrate; migrate(sys.argv[1])"


@pytest.fixture
def fresh_urls() -> Iterator[list[str]]:
    """Empty databases of a server that knows no role of ours yet."""
    cluster = PrivateCluster(Path(tempfile.mkdtemp(prefix="geoapp-test-")), throwaway=True)
    server = make_url(sqlalchemy_url(cluster.start()))
    names = [f"at_once_{i}" for i in range(AT_ONCE)]
    admin = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    yield [server.set(database=name).render_as_string(hide_password=False) for name in names]
    cluster.stop()


def test_databases_of_one_server_may_be_made_at_once(fresh_urls: list[str], repository: Path) -> None:
    """Roles are of the whole server: whoever comes second finds the role of the first one."""

    def run(url: str) -> tuple[int, str]:
        command = [sys.executable, "-c", MIGRATE, url]
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert [(0, "")] * AT_ONCE == list(threads.map(run, fresh_urls))
