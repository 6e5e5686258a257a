"""Tiles with all their days that lie ready in the database, and the tile of the newest days as it is sent.

A tile that is there shows the data as they are: see migrations/sql/0038_kept_tiles.sql for what takes it away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Engine, text

from geoapp.store.single import read_prepared
from geoapp.store.tile_days import TileOfDays, Whole
from geoapp.store.tiles import TILE_BOX, Place, Tile, in_tile

_FIND = text("""
SELECT data_version.stamp AS version, kept.x IS NOT NULL AS is_there, kept.newest_features,
       CASE WHEN :day >= kept.newest_from THEN kept.newest END AS newest,
       CASE WHEN :day < kept.newest_from THEN kept.body END AS body,
       CASE WHEN :day < kept.newest_from THEN kept.edges END AS edges,
       CASE WHEN :day < kept.newest_from THEN kept.since END AS since,
       CASE WHEN :day < kept.newest_from THEN kept.until END AS until
FROM data_version
LEFT JOIN kept_tiles AS kept ON kept.drawing = :drawing AND kept.z = :z AND kept.x = :x AND kept.y = :y
""")
# See the migration for why the row of the stamp is held.
_KEEP = text(f"""
INSERT INTO kept_tiles (drawing, z, x, y, level, place, newest_from, newest_features, newest, body, edges, since, until)
SELECT :drawing, :z, :x, :y, :level, {TILE_BOX}, CAST(:newest_from AS integer), CAST(:newest_features AS integer),
       CAST(:newest AS bytea), CAST(:body AS bytea), CAST(:edges AS bytea), CAST(:since AS bytea), CAST(:until AS bytea)
FROM data_version WHERE stamp = :version FOR SHARE
ON CONFLICT (drawing, z, x, y) DO NOTHING
""")  # noqa: S608 - the box is a constant
_KNOWN = text("SELECT z, x, y FROM kept_tiles WHERE drawing = :drawing")
_ANY = text("SELECT EXISTS (SELECT FROM kept_tiles)")
_FORGET = text("DELETE FROM kept_tiles WHERE drawing <> ALL (:drawings)")
# The web grid reaches 20037508.342789244 m to each side; a box that goes over its edge is cut there.
_PLACES = """
SELECT DISTINCT x, y
FROM (SELECT greatest(floor((ST_XMin(layer.geom_3857) + reach) / size), 0)::integer AS west,
             least(floor((ST_XMax(layer.geom_3857) + reach) / size), 2 ^ :z - 1)::integer AS east,
             greatest(floor((reach - ST_YMax(layer.geom_3857)) / size), 0)::integer AS north,
             least(floor((reach - ST_YMin(layer.geom_3857)) / size), 2 ^ :z - 1)::integer AS south
      FROM (\n{sql}\n) AS layer,
           (SELECT 20037508.342789244 AS reach, 2 * 20037508.342789244 / 2 ^ :z AS size) AS grid
      WHERE layer.geom_3857 IS NOT NULL) AS box,
     generate_series(west, east) AS x, generate_series(north, south) AS y
"""
_WORLD = "ST_TileEnvelope(0, 0, 0)"
_NUMBERS = np.dtype("<i4")
_PARTS = ("body", "edges", "since", "until")
_LOCK = text("SELECT pg_try_advisory_lock(hashtext('geoapp.kept_tiles'))")
_UNLOCK = text("SELECT pg_advisory_unlock(hashtext('geoapp.kept_tiles'))")


@dataclass(frozen=True)
class Found:
    """What lies ready for a day of a place, at one version of the data.

    ``is_there``: whether anything was kept; then ``newest`` is the tile of the day, or ``days`` what it is picked from,
    or neither is, because all days together were too much to keep.
    """

    version: str
    is_there: bool
    newest: Tile | None = None
    days: TileOfDays | None = None


def find_kept(engine: Engine, drawing: str, place: Place, day: int) -> Found:
    """One way to the database. Args: drawing - digest of what is drawn; day - in days since 1970-01-01."""
    ((version, is_there, features, newest, *parts),) = read_prepared(
        engine, _FIND, {"drawing": drawing}, {**vars(place), "day": day}
    )
    if newest is not None:
        return Found(version, is_there, newest=Tile(bytes(newest), features, version))
    if parts[0] is None:
        return Found(version, is_there)
    body, edges, since, until = parts
    return Found(version, is_there, days=TileOfDays(version, bytes(body), *map(_numbers, (edges, since, until))))


def keep(connection: Connection, drawing: str, level: str, place: Place, days: TileOfDays | None, version: str) -> bool:
    """Lay a tile ready, unless the data have changed since it was made; whether they had not.

    Args: level - name of the layer in the tile; days - None: all days together are too much to keep; version - of the
    data that the tile shows.
    """
    kept: dict[str, object] = dict.fromkeys(("newest_from", "newest_features", "newest", *_PARTS))
    if days:
        newest = days.on_number(days.newest_from)
        kept = {"newest_from": days.newest_from, "newest_features": newest.features, "newest": newest.body}
        kept |= {"body": days.body} | {name: getattr(days, name).astype(_NUMBERS).tobytes() for name in _PARTS[1:]}
    written = connection.execute(_KEEP, {"drawing": drawing, "level": level, "version": version, **vars(place), **kept})
    if written.rowcount:
        return True
    return connection.execute(text("SELECT stamp = :v FROM data_version"), {"v": version}).scalar_one() is True


def find_places(connection: Connection, sql: str, parameters: Mapping[str, object], z: int) -> set[tuple[int, int]]:
    """Column and row of all tiles of a zoom in which the rows of a SELECT lie on any day, by the boxes around them."""
    statement = _PLACES.format(sql=in_tile(sql, _WORLD))
    return {(row.x, row.y) for row in connection.execute(text(statement), {**parameters, "z": z})}


def known_places(connection: Connection, drawing: str) -> set[tuple[int, int, int]]:
    """Zoom, column and row of all tiles that lie ready."""
    return {(row.z, row.x, row.y) for row in connection.execute(_KNOWN, {"drawing": drawing})}


def keeps_any(connection: Connection) -> bool:
    """Whether any tile lies ready; after a crash of the server none does."""
    return connection.execute(_ANY).scalar_one() is True


def forget_others(connection: Connection, drawings: Sequence[str]) -> int:
    """Throw away what no declaration draws any longer; how many tiles."""
    return connection.execute(_FORGET, {"drawings": list(drawings)}).rowcount


def begin_keeping(connection: Connection) -> bool:
    """Whether nobody else lays tiles ready now; until ``end_keeping`` or the end of the connection nobody else will."""
    return connection.execute(_LOCK).scalar_one() is True


def end_keeping(connection: Connection) -> None:
    """Let others lay tiles ready."""
    connection.execute(_UNLOCK)


def _numbers(body: bytes) -> Whole:
    return np.frombuffer(body, dtype=_NUMBERS)
