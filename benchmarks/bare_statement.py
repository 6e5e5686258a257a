"""The statement of a tile by the driver alone: what is left of a tile when nothing serves it.

Like ours it is prepared for each day, and the session has the same settings.
"""

import threading
import time

import psycopg2
from psycopg2.extensions import AsIs
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from benchmarks.client import Flow
from benchmarks.tile_places import TilePlace
from geoapp.catalog.load import load_catalogue
from geoapp.resources import layers_dir
from geoapp.services.tiles import tile_steps
from geoapp.store.tiles import tile_statement

# As the map role has them.
_OPTIONS = (
    "-c search_path=geoapp,public -c role=geoapp_map -c jit=off -c max_parallel_workers_per_gather=0"
    " -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"
)


class BareStatement:
    """The very statement of our tiles, on as many threads as there are connections, all of them connected already."""

    def __init__(self, url: str, layer: str, z: int, connections: int) -> None:
        step = tile_steps(load_catalogue(layers_dir()).layers[layer], z)[0]
        statement = tile_statement(step.sql, step.columns)
        self._sql = str(statement.compile(dialect=PGDialect_psycopg2()))  # type: ignore[no-untyped-call]
        self._name = step.name
        address = make_url(url)
        self._connections = []
        for _ in range(connections):
            connection = psycopg2.connect(
                host=str(address.query["host"]), user=address.username, dbname=address.database, options=_OPTIONS
            )
            connection.autocommit = True
            self._connections.append(connection)
        self._prepared: dict[psycopg2.extensions.connection, dict[str, str]] = {c: {} for c in self._connections}

    def run(self, asked: list[tuple[TilePlace, str]]) -> Flow:
        """All of the tiles, shared among the threads."""
        waiting = list(reversed(asked))
        seconds: list[float] = []
        threads = [threading.Thread(target=self._work, args=(c, waiting, seconds)) for c in self._connections]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Flow(len(seconds), time.perf_counter() - began, seconds, 0)

    def close(self) -> None:
        """End all connections."""
        for connection in self._connections:
            connection.close()

    def _work(
        self, connection: "psycopg2.extensions.connection", waiting: list[tuple[TilePlace, str]], seconds: list[float]
    ) -> None:
        prepared = self._prepared[connection]
        with connection.cursor() as cursor:
            while waiting:
                try:
                    place, day = waiting.pop()
                except IndexError:
                    return
                began = time.perf_counter()
                if day not in prepared:
                    prepared[day] = self._prepare(cursor, day)
                cursor.execute(f"EXECUTE {prepared[day]} ({place.z}, {place.x}, {place.y})")
                cursor.fetchall()
                seconds.append(time.perf_counter() - began)

    def _prepare(self, cursor: "psycopg2.extensions.cursor", day: str) -> str:
        """The name of the statement for a day, on one connection."""
        at = {"name": self._name, "as_of": day, "known_at": "infinity", "park_id": None, "zone_id": None}
        places = {"z": AsIs("$1"), "x": AsIs("$2"), "y": AsIs("$3")}
        name = f"bare_{day.replace('-', '_')}"
        body = cursor.mogrify(self._sql, {**at, **places})
        cursor.execute(f"PREPARE {name} (integer, integer, integer) AS ".encode() + body)
        return name
