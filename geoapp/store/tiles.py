"""Vector tiles of a layer, made in one statement inside PostGIS together with the version of the data they show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Engine, TextClause, text

from geoapp.store.engine import read_once

EXTENT = 4096
"""Units of a tile's own grid on each side."""
_MARGIN = 64
# The tile is transformed, never the column: the index of geom_3857 stays in use.
_BOX = f"ST_TileEnvelope(:z, :x, :y, margin => {_MARGIN / EXTENT})"
_BOX_NAME = re.compile(r"(?<![:\w\\]):box\b")
# In one order always: the same rows give the same bytes.
_STATEMENT = """
SELECT (SELECT stamp FROM data_version) AS version, ST_AsMVT(tile, :name, {extent}, 'geom') AS body,
       count(*) AS features
FROM (SELECT ST_AsMVTGeom(layer.geom_3857, ST_TileEnvelope(:z, :x, :y), {extent}, {margin}, true) AS geom, {columns}
      FROM (\n{sql}\n) AS layer
      WHERE layer.geom_3857 && {box} ORDER BY layer.id) AS tile
"""


@dataclass(frozen=True)
class Place:
    """A tile of the web grid: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int


@dataclass(frozen=True)
class Tile:
    """A tile as Mapbox vector tile bytes, how many features it was made of, and the version of the data."""

    body: bytes
    features: int
    version: str


def in_tile(sql: str) -> str:
    """The SQL of a level with the tile in place of ``:box``; it binds ``z``, ``x`` and ``y`` instead."""
    return _BOX_NAME.sub(_BOX, sql)


def read_tile(
    engine: Engine, name: str, sql: str, columns: Sequence[str], place: Place, parameters: Mapping[str, object]
) -> Tile:
    """One tile of a SELECT with the columns ``id`` and ``geom_3857``, in one way to the database and back.

    Args: name - of the layer inside the tile; sql - from a checked declaration; columns - what features carry.
    """
    bound = {**parameters, "name": name, "z": place.z, "x": place.x, "y": place.y}
    ((version, body, features),) = read_once(engine, tile_statement(sql, tuple(columns)), bound)
    return Tile(bytes(body), features, version)


@cache
def tile_statement(sql: str, columns: tuple[str, ...]) -> TextClause:
    """The statement of a tile; it binds ``name``, ``z``, ``x``, ``y`` and what the layer binds."""
    told = ", ".join(f'layer."{name}"' for name in columns)
    return text(_STATEMENT.format(sql=in_tile(sql), columns=told, extent=EXTENT, margin=_MARGIN, box=_BOX))
