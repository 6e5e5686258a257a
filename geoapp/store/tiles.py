"""Vector tiles of a layer, made in one statement inside PostGIS together with the version of the data they show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Engine, TextClause, text

from geoapp.store.single import Actor, read_once, read_prepared

EXTENT = 4096
"""Units of a tile's own grid on each side."""
_MARGIN = 64
# The tile is transformed, never the column: the index of geom_3857 stays in use.
TILE_BOX = f"ST_TileEnvelope(:z, :x, :y, margin => {_MARGIN / EXTENT})"
_BOX_NAME = re.compile(r"(?<![:\w\\]):box\b")
# What is too small for the grid of the tile would fall out of it: it comes as a point.
DRAWN = (
    f"coalesce(ST_AsMVTGeom(layer.geom_3857, ST_TileEnvelope(:z, :x, :y), {EXTENT}, {_MARGIN}, true),"
    f" ST_AsMVTGeom(ST_PointOnSurface(layer.geom_3857), ST_TileEnvelope(:z, :x, :y), {EXTENT}, {_MARGIN}))"
)
"""The outline of a row of ``layer`` on the grid of the tile."""
# In one order always: the same rows give the same bytes.
_STATEMENT = """
SELECT (SELECT stamp FROM data_version) AS version, ST_AsMVT(tile, :name, {extent}, 'geom') AS body,
       count(*) AS features
FROM (SELECT {drawn} AS geom, {columns}
      FROM (\n{sql}\n) AS layer
      WHERE layer.geom_3857 && {box} ORDER BY layer.id COLLATE "C") AS tile
"""
# Square cells in place of features: how many have their middle in each, and the value of most of them. A feature counts
# in one tile and one cell.
_CELLS = """
SELECT (SELECT stamp FROM data_version) AS version, ST_AsMVT(cell, :name, {extent}, 'geom') AS body,
       CAST(coalesce(sum(cell.things), 0) AS bigint) AS features
FROM (SELECT ST_Reverse(ST_MakeEnvelope(east * {side}, {extent} - (north + 1) * {side},
                                        (east + 1) * {side}, {extent} - north * {side})) AS geom,
             {things} AS things, {common} bool_or(approximate) AS approximate,
             (array_agg(quality ORDER BY quality_rank(quality) DESC))[1] AS quality
      FROM (SELECT layer.*,
                   CAST(floor((ST_X(middle) - ST_XMin(box)) / (ST_XMax(box) - ST_XMin(box)) * {along}) AS integer)
                       AS east,
                   CAST(floor((ST_Y(middle) - ST_YMin(box)) / (ST_YMax(box) - ST_YMin(box)) * {along}) AS integer)
                       AS north
            FROM (\n{sql}\n) AS layer, ST_TileEnvelope(:z, :x, :y) AS box, ST_Centroid(layer.geom_3857) AS middle
            WHERE layer.geom_3857 && box) AS placed
      WHERE east BETWEEN 0 AND {along} - 1 AND north BETWEEN 0 AND {along} - 1
      GROUP BY east, north ORDER BY east, north) AS cell
"""
_ALONG = 32


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


@dataclass(frozen=True)
class Asker:
    """For whom a tile is made: the engine, and as whom (None: as the role of the engine)."""

    engine: Engine
    actor: Actor | None = None


def in_tile(sql: str, box: str = TILE_BOX) -> str:
    """The SQL of a level with the tile in place of ``:box``; it binds ``z``, ``x`` and ``y`` instead."""
    return _BOX_NAME.sub(box, sql)


def read_tile(
    asker: Asker, name: str, sql: str, columns: Sequence[str], place: Place, parameters: Mapping[str, object]
) -> Tile:
    """One tile of a SELECT with the columns ``id`` and ``geom_3857``, in one way to the database and back.

    Args: name - of the layer inside the tile; sql - from a checked declaration; columns - what features carry.
    """
    statement, fixed = tile_statement(sql, tuple(columns)), {**parameters, "name": name}
    ((version, body, features),) = read_prepared(asker.engine, statement, fixed, vars(place), asker.actor)
    return Tile(bytes(body), features, version)


def read_cells(asker: Asker, name: str, counted: "Counted", place: Place, parameters: Mapping[str, object]) -> Tile:
    """The same as square cells, 32 along each side of the tile: never large, however much there is.

    Args: name - of the layer inside the tile; counted - what is counted.
    """
    bound = {**parameters, "name": name, **vars(place)}
    ((version, body, features),) = read_once(asker.engine, _cells_statement(counted), bound, asker.actor)
    return Tile(bytes(body), features, version)


@dataclass(frozen=True)
class Counted:
    """Rows that cells count.

    ``value`` is the column that gives them a class (None: all are alike), ``is_graded`` where it is a number;
    ``things`` the column that says how many things a row stands for (None: one).
    """

    sql: str
    value: str | None
    is_graded: bool
    things: str | None


@cache
def _cells_statement(counted: Counted) -> TextClause:
    most = "percentile_disc(0.5)" if counted.is_graded else "mode()"
    statement = _CELLS.format(
        sql=in_tile(counted.sql),
        extent=EXTENT,
        along=_ALONG,
        side=EXTENT // _ALONG,
        things=f'CAST(sum("{counted.things}") AS integer)' if counted.things else "CAST(count(*) AS integer)",
        common=f'{most} WITHIN GROUP (ORDER BY "{counted.value}") AS "{counted.value}",' if counted.value else "",
    )
    return text(statement)


@cache
def tile_statement(sql: str, columns: tuple[str, ...]) -> TextClause:
    """The statement of a tile; it binds ``name``, ``z``, ``x``, ``y`` and what the layer binds."""
    told = ", ".join(f'layer."{name}"' for name in columns)
    return text(_STATEMENT.format(sql=in_tile(sql), columns=told, drawn=DRAWN, extent=EXTENT, box=TILE_BOX))
