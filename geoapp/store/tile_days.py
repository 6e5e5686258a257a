"""Vector tiles of all days at once: features with the days on which they hold, to pick the tile of a day from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from sqlalchemy import TextClause, text

from geoapp.store.single import read_prepared
from geoapp.store.tiles import DRAWN, EXTENT, TILE_BOX, Asker, Place, Tile, in_tile

# The features of a tile stand in it in the order of its rows, so the days can be told beside them.
_STATEMENT = """
WITH drawn AS MATERIALIZED (
    SELECT {drawn} AS geom, {columns}, layer.valid
    FROM (\n{sql}\n) AS layer
    WHERE layer.geom_3857 && {box} AND NOT isempty(layer.valid) ORDER BY layer.id COLLATE "C", layer.valid
)
SELECT (SELECT stamp FROM data_version) AS version,
       (SELECT ST_AsMVT(feature, :name, {extent}, 'geom')
        FROM (SELECT geom, {names} FROM drawn WHERE geom IS NOT NULL) AS feature) AS body,
       (SELECT array_agg(CASE WHEN isfinite(lower(valid)) THEN lower(valid) - {first_day} ELSE {before} END)
        FROM drawn WHERE geom IS NOT NULL) AS since,
       (SELECT array_agg(CASE WHEN isfinite(upper(valid)) THEN upper(valid) - {first_day} ELSE {after} END)
        FROM drawn WHERE geom IS NOT NULL) AS until
"""
Whole = np.ndarray[tuple[int], np.dtype[np.int32]]
_FIRST_DAY = date(1970, 1, 1)
_BEFORE, _AFTER = -(10**7), 10**7
# Keys of a vector tile (Mapbox Vector Tile Specification 2.1, protobuf): its layer, and in the layer each feature.
_LAYER_KEY, _FEATURE_KEY = b"\x1a", 0x12
_WITH_LENGTH = 2


@dataclass(frozen=True)
class TileOfDays:
    """The layer of a tile with all its features, one for each stretch of days.

    ``body``: the layer as it stands in the tile, without the key and the length before it; ``edges``: where in it each
    feature begins, and the last one ends; ``since``, ``until``: the first day of each feature and the day after its
    last, in days since 1970-01-01. What stands before and behind the features belongs to every day.
    """

    version: str
    body: bytes
    edges: Whole
    since: Whole
    until: Whole

    @property
    def newest_from(self) -> int:
        """The day, in days since 1970-01-01, from which on all days have the same tile."""
        bounds = np.concatenate((self.since, self.until))
        bounds = bounds[(bounds > _BEFORE) & (bounds < _AFTER)]
        return int(bounds.max()) if bounds.size else _BEFORE

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return len(self.body) + self.edges.nbytes + self.since.nbytes + self.until.nbytes + 700

    def on(self, day: date) -> Tile:
        """The tile of a day; empty where nothing holds on it."""
        return self.on_number(day_number(day))

    def on_number(self, number: int) -> Tile:
        """The same, by days since 1970-01-01."""
        body, edges = self.body, self.edges
        held = np.flatnonzero((self.since <= number) & (number < self.until))
        if not held.size:
            return Tile(b"", 0, self.version)
        features = map(slice, edges[held].tolist(), edges[held + 1].tolist())
        layer = b"".join((body[: edges[0]], *map(body.__getitem__, features), body[edges[-1] :]))
        return Tile(_LAYER_KEY + _varint(len(layer)) + layer, held.size, self.version)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _FIRST_DAY).days


def read_tile_of_days(
    asker: Asker, name: str, sql: str, columns: Sequence[str], place: Place, parameters: Mapping[str, object]
) -> TileOfDays:
    """All days of one tile, of a SELECT with the columns ``id``, ``geom_3857`` and ``valid``.

    Args: name - of the layer inside the tile; sql - from a checked declaration; columns - what features carry.
    """
    statement, fixed = days_statement(sql, tuple(columns)), {**parameters, "name": name}
    ((version, body, since, until),) = read_prepared(asker.engine, statement, fixed, vars(place), asker.actor)
    layer, edges = _split(bytes(body))
    if len(edges) != len(since or ()) + 1:
        raise RuntimeError(f"{len(edges) - 1} features of a tile came with {len(since or ())} stretches of days.")
    first, after = (np.array(days or (), dtype=np.int32) for days in (since, until))
    return TileOfDays(version, layer, np.array(edges, dtype=np.int32), first, after)


@cache
def days_statement(sql: str, columns: tuple[str, ...]) -> TextClause:
    """The statement of all days of a tile; it binds ``name``, ``z``, ``x``, ``y`` and what the layer binds."""
    written = _STATEMENT.format(
        sql=in_tile(sql),
        drawn=DRAWN,
        columns=", ".join(f'layer."{name}"' for name in columns),
        names=", ".join(f'"{name}"' for name in columns),
        extent=EXTENT,
        box=TILE_BOX,
        before=_BEFORE,
        after=_AFTER,
        first_day=f"date '{_FIRST_DAY}'",
    )
    return text(written)


def _split(tile: bytes) -> tuple[bytes, list[int]]:
    """The one layer of a tile, and where in it each feature begins, with its key, and the last one ends."""
    edges: list[int] = []
    if not tile:
        return b"", [0]
    size, at = _read_varint(tile, 1)
    layer = tile[at:]
    if tile[:1] != _LAYER_KEY or size != len(layer):
        raise RuntimeError("Expected a vector tile of one layer.")
    at = 0
    while at < len(layer):
        begin = at
        key, at = _read_varint(layer, at)
        number, at = _read_varint(layer, at)
        at += number if key & 7 == _WITH_LENGTH else 0
        if key == _FEATURE_KEY:
            if not edges:
                edges.append(begin)
            edges.append(at)
        elif edges:
            break
    return layer, edges or [0]


def _read_varint(body: bytes, at: int) -> tuple[int, int]:
    """A number in seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = body[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def _varint(number: int) -> bytes:
    """A number in seven bits a byte, the lowest first."""
    written = bytearray()
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
