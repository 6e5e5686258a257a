"""The ground that all stand on: one throw-away cluster, and a database for each number of plots."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg2
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from benchmarks import synthetic
from benchmarks.peers import FEATURES, SCHEMA, TILES
from benchmarks.servers import FOLDER, Server, ours
from geoapp.resources import data_dir
from geoapp.store.cluster import PrivateCluster
from geoapp.store.migrate import migrate

AS_OF = date.fromisoformat(synthetic.LAST_DAY)
_EMPTY = '[bundle]\ndataset = "registry"\ntitle = "empty"\nquality = "published"\nsource = "osm_land_2024"\n'
_PEER_TABLES = Path(__file__).with_name("peer_tables.sql")


class Ground:
    """A cluster that is removed at the end, however it comes, with databases that are made when they are asked for."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="geoapp-bench-"))
        self._cluster = PrivateCluster(self._folder, throwaway=True)
        self._data_folder = FOLDER / "data"
        self._urls: dict[str, str] = {}

    def __enter__(self) -> Self:
        # Every program reads its settings from the environment: those of this shell must not change what is measured.
        for name in [name for name in os.environ if name.startswith("GEOAPP_") or name == "DATABASE_URL"]:
            del os.environ[name]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cluster.stop()
        # A cluster that was never started does not remove its folder.
        for folder in (self._data_folder, self._folder):
            shutil.rmtree(folder, ignore_errors=True)

    def database(self, plots: int, parks: int = synthetic.PARKS) -> str:
        """The database with so many plots over 34 months, and the tables of the peers in it; its address."""
        name = f"plots_{plots}_{parks}"
        if name not in self._urls:
            began = time.monotonic()
            url = self._new_database(name)
            migrate(url)
            synthetic.fill(url, plots, parks=parks)
            self._make_peer_tables(url)
            self._urls[name] = url
            took = time.monotonic() - began
            print(f"made {plots:,} plots in {parks} parks over {synthetic.MONTHS} months: {took:.0f} s", flush=True)
        return self._urls[name]

    def migrated(self, name: str) -> str:
        """A database with the schema and no rows; its address. It is made once for each name."""
        if name not in self._urls:
            self._urls[name] = self._new_database(name)
            migrate(self._urls[name])
        return self._urls[name]

    def serve(self, plots: int, parks: int = synthetic.PARKS) -> Server:
        """The application on the database with so many plots, by its own command."""
        return ours(self.database(plots, parks), env=self._environment())

    def make_tiles(self, plots: int) -> tuple[int, float, float]:
        """Have all tiles made ahead, by the command for it: how many there are, seconds, megabytes in the database."""
        env = {**os.environ, **self._environment(), "DATABASE_URL": self.database(plots)}
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "geoapp", "tiles", "prepare"], env=env, check=True, capture_output=True)
        seconds = time.monotonic() - began
        told = "SELECT count(*), pg_total_relation_size('kept_tiles') FROM kept_tiles"
        ((tiles, size),) = self.rows(plots, told)
        return int(str(tiles)), seconds, float(str(size)) / 1_000_000

    def empty_tiles(self, plots: int) -> None:
        """Throw away what was made ahead."""
        self._change(plots, "TRUNCATE geoapp.kept_tiles")

    def rows(self, plots: int, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Rows of a statement on one of the databases."""
        url = make_url(self.database(plots))
        connection = psycopg2.connect(host=str(url.query["host"]), user=url.username, dbname=url.database)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET search_path = geoapp, public")
                cursor.execute(sql, parameters)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def renew(self, plots: int) -> None:
        """Tell the application that data have changed: nothing that it has kept holds any longer."""
        self._change(plots, "UPDATE geoapp.data_version SET stamp = left(md5(gen_random_uuid()::text), 12)")

    def _change(self, plots: int, statement: str) -> None:
        url = make_url(self.database(plots))
        connection = psycopg2.connect(host=str(url.query["host"]), user=url.username, dbname=url.database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def bounds(self, plots: int) -> list[float]:
        """West, south, east, north of all plots, in degrees."""
        box = "SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b) FROM (SELECT ST_Extent(geom) FROM {}) AS e (b)"
        ((west, south, east, north),) = self.rows(plots, box.format(f"{SCHEMA}.{FEATURES}"))
        return [float(str(degree)) for degree in (west, south, east, north)]

    def _new_database(self, name: str) -> str:
        server = make_url(self._cluster.start())
        engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        return server.set(database=name).render_as_string(hide_password=False)

    @staticmethod
    def _make_peer_tables(url: str) -> None:
        statements = _PEER_TABLES.read_text(encoding="utf-8")
        filled = {":schema": SCHEMA, ":tiles": TILES, ":features": FEATURES, ":as_of": f"'{AS_OF}'"}
        for name, value in filled.items():
            statements = statements.replace(name, value)
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statements.replace("%", "%%"))
            connection.execute(text("VACUUM ANALYZE"))

    def _environment(self) -> dict[str, str]:
        """Tiles are made ahead when it is told here, not while something else is measured."""
        return {"GEOAPP_DATA_DIR": str(self._data()), "GEOAPP_DEMO": "false", "GEOAPP_TILES_AHEAD": "false"}

    def _data(self) -> Path:
        """The data that come with the program, but for parks and projects: those are made up and there already."""
        folder = self._data_folder
        if not (folder / "registry").exists():
            (folder / "registry").mkdir(parents=True)
            (folder / "context").symlink_to(data_dir() / "context")
            (folder / "registry" / "bundle.toml").write_text(_EMPTY, encoding="utf-8")
        return folder


def month_ends() -> list[str]:
    """Last days of the months with figures, newest first."""
    days = []
    day = AS_OF
    for _ in range(synthetic.MONTHS):
        days.append(day.isoformat())
        day = day.replace(day=1) - timedelta(days=1)
    return days
