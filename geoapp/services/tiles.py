"""Vector tiles for the map: the level of detail that fits the zoom, never too large, kept as long as the data stand."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import cast

from cachetools import LRUCache

from geoapp.catalog.model import LEVEL_COLUMNS, Catalogue, Days, Delivery, Layer, StyleKind
from geoapp.core.permissions import VISITOR, Reader
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.kinds import AccessClass
from geoapp.services.moment import Asked, Limits, choose_moment, moment_within, read_limits
from geoapp.services.readers import Engines, get_layer
from geoapp.services.tile_days import DaysRequest, DayTiles
from geoapp.store.acting import STAFF
from geoapp.store.engine import reading
from geoapp.store.single import Actor
from geoapp.store.subjects import get_park_id, get_zone_id
from geoapp.store.tiles import Asker, Counted, Place, Tile, read_cells, read_tile
from geoapp.store.versions import PresentVersion

MOST_BYTES = 500_000
"""No tile is larger: where one would be, the next coarser level stands for it, and the tile names that level."""
CELLS = "cells"
"""What a tile names as its level where even the coarsest one would be too large."""
DEEPEST = 22
# A tile covers 512 pixels of the map, so its zoom is one less than that of the map.
_ZOOM_OF_MAP = 1
_NEAREST = "features"


@dataclass(frozen=True)
class TileRequest:
    """One tile of a layer: zoom, column from the west, row from the north.

    ``version``: the data that the caller knows the address by, if any; ``reader``: VISITOR for a public layer, so that
    all share what is kept.
    """

    layer: str
    z: int
    x: int
    y: int
    asked: Asked
    park: str | None = None
    zone: str | None = None
    version: str | None = None
    reader: Reader = VISITOR

    @property
    def place(self) -> Place:
        """Where on the web grid."""
        return Place(self.z, self.x, self.y)


class TileMaker:
    """Makes tiles and keeps them, by the version of the data. Safe among threads.

    Args: most_kept - bytes of tiles that are kept; most_bytes - of one tile.
    """

    def __init__(self, engines: Engines, catalogue: Catalogue, most_kept: int, *, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._engines = engines
        self._engine = engines.tiles
        self._catalogue = catalogue
        self._kept: LRUCache[TileRequest, Tile] = LRUCache(most_kept, getsizeof=lambda tile: len(tile.body) + 500)
        self._present = PresentVersion(engines.tiles)
        self._days = DayTiles(engines.tiles, most_kept, self._present)
        self._lock = Lock()
        self._limits: LRUCache[str, Limits] = LRUCache(4)
        self._limits_lock = Lock()

    def tile(self, request: TileRequest) -> Tile:
        """The tile as of the present version of the data, or of the version asked for where it is kept.

        Raises: NotFound - no such layer, park or zone, or a layer that has no tiles; InvalidRequest - a place outside
        of the grid, or a moment without data.
        """
        layer = self._layer(request)
        check_place(request.place)
        key = replace(request, version=None)
        kept = self._find(key)
        # An address that names the version of what is kept needs no look at the database: it stands for just that.
        if kept is not None and (kept.version == request.version or self._present.is_it(kept.version)):
            return kept
        tile = self._make(layer, request)
        self._present.see(tile.version)
        # What is larger than all the room there is cannot be kept.
        with self._lock, suppress(ValueError):
            self._kept[key] = tile
        return tile

    def _layer(self, request: TileRequest) -> Layer:
        layer = get_layer(self._catalogue, request.layer, request.reader)
        if layer.delivery is not Delivery.TILES:
            raise NotFound(
                N_("The layer %(layer)s has no tiles. Its features are at /api/layers/%(layer)s/features."),
                layer=layer.id,
            )
        return layer

    def _find(self, key: TileRequest) -> Tile | None:
        with self._lock:
            return self._kept.get(key)

    def _make(self, layer: Layer, request: TileRequest) -> Tile:
        """The finest level for the zoom that is not too large; square cells, where none is small enough."""
        at = self._parameters(request)
        steps = tile_steps(layer, request.place.z)
        for step in steps:
            tile = self._pick(layer, request, step, at) or self._read(layer, request, step, at)
            self._check_moment(request.asked, tile.version)
            if len(tile.body) <= self._most_bytes:
                return tile
        last = steps[-1]
        counted = Counted(
            last.sql,
            layer.style.field,
            is_graded=layer.style.kind is StyleKind.GRADUATED,
            things=None if last.name == _NEAREST else "things",
        )
        bound = {parameter: at[parameter] for parameter in last.parameters if parameter != "box"}
        return read_cells(self._asker(layer, request), CELLS, counted, request.place, bound)

    def _read(self, layer: Layer, request: TileRequest, step: "Step", at: Mapping[str, object]) -> Tile:
        """One level as a tile of its day."""
        bound = {parameter: at[parameter] for parameter in step.parameters if parameter != "box"}
        return read_tile(self._asker(layer, request), step.name, step.sql, step.columns, request.place, bound)

    def _pick(self, layer: Layer, request: TileRequest, step: "Step", at: Mapping[str, object]) -> Tile | None:
        """From all days; None for what only some may see, for a zone, whose parks change, and for too much at once."""
        asked = None if request.zone else days_request(layer, step, request.place, at)
        return self._days.pick(asked, cast("date", at["as_of"]), request.version) if asked else None

    def _asker(self, layer: Layer, request: TileRequest) -> Asker:
        """A public layer is read as the map, any other as who reads it; see ``readers.reading_layer``."""
        if layer.access is AccessClass.PUBLIC or request.reader.person_id is None:
            return Asker(self._engine)
        return Asker(self._engines.staff, Actor(STAFF, request.reader.person_id))

    def _parameters(self, request: TileRequest) -> Mapping[str, object]:
        """The clocks and the numbers of park and zone. A day that is asked for is checked with the first tile of it."""
        asked = request.asked
        at: dict[str, object] = {"as_of": asked.as_of, "known_at": asked.known_at or "infinity"}
        at |= {"park_id": None, "zone_id": None}
        if asked.as_of and not request.park and not request.zone:
            # A tile of all parks takes one statement and no more.
            return at
        with reading(self._engine) as connection:
            if request.park:
                at["park_id"] = get_park_id(connection, request.park)
            if request.zone:
                at["zone_id"] = get_zone_id(connection, request.zone)
            return at | {"as_of": asked.as_of or choose_moment(connection, asked).as_of}

    def _check_moment(self, asked: Asked, version: str) -> None:
        """Raises: InvalidRequest - there are no data at that moment. The database is asked once for each version."""
        # One asks, the others wait for what he learns.
        with self._limits_lock:
            limits = self._limits.get(version)
            if limits is None:
                with reading(self._engine) as connection:
                    limits = self._limits[version] = read_limits(connection)
        moment_within(limits, asked)


@dataclass(frozen=True)
class Step:
    """One level of detail: the name of the layer in its tiles, its SQL, what features carry, what the SQL binds."""

    name: str
    sql: str
    columns: tuple[str, ...]
    parameters: frozenset[str]
    days: Days | None = None


def days_request(layer: Layer, step: Step, place: Place, at: Mapping[str, object]) -> DaysRequest | None:
    """A level of a tile with all its days; None where it has to be read for its day.

    Args: at - what the SQL of all days may bind: ``known_at``, ``park_id``, ``zone_id``.
    """
    if layer.access is not AccessClass.PUBLIC or step.days is None:
        return None
    bound = tuple((name, at[name]) for name in sorted(step.days.parameters - {"box"}))
    return DaysRequest(step.name, step.days.sql, step.columns, place, bound)


def tile_steps(layer: Layer, z: int) -> list[Step]:
    """What is tried for a tile of this zoom, the finest level first."""
    drawn = [layer.style.field] if layer.style.field else []
    own = ("id", "park_slug", "quality", "approximate")
    fields = [layer.fields[name] for name in dict.fromkeys((layer.label, *layer.tooltip, *drawn))]
    finest = Step(_NEAREST, layer.sql, (*own, *(c for f in fields for c in f.columns)), layer.parameters, layer.days)
    levels = [
        Step(level.name, level.sql, (*LEVEL_COLUMNS, *drawn), level.parameters, level.days)
        for level in reversed(layer.levels)
    ]
    first = next((i for i, level in enumerate(layer.levels) if z + _ZOOM_OF_MAP <= level.max_zoom), None)
    return [finest, *levels] if first is None else levels[len(levels) - 1 - first :]


def check_place(place: Place) -> None:
    """Raises: InvalidRequest - outside of the grid."""
    if place.z > DEEPEST:
        raise InvalidRequest(
            N_("z: expected a zoom from 0 to %(most)s, found %(z)s."), parameter="z", most=DEEPEST, z=place.z
        )
    for name, value in (("x", place.x), ("y", place.y)):
        if value >= 2**place.z:
            raise InvalidRequest(
                N_("%(parameter)s: at zoom %(z)s expected 0 to %(most)s, found %(found)s."),
                parameter=name,
                z=place.z,
                most=2**place.z - 1,
                found=value,
            )
