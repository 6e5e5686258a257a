"""Vector tiles for the map: the level of detail that fits the zoom, never too large, kept as long as the data stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Connection, Engine

from geoapp.catalog.model import LEVEL_COLUMNS, Catalogue, Delivery, Layer
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.features import get_layer
from geoapp.services.moment import Asked, choose_moment
from geoapp.store.engine import reading
from geoapp.store.subjects import get_park_id, get_zone_id
from geoapp.store.tiles import Place, Tile, read_tile
from geoapp.store.versions import read_version

MOST_BYTES = 500_000
"""No tile is larger: where one would be, the next coarser level stands for it, and the tile names that level."""
DEEPEST = 22
# A tile covers 512 pixels of the map, so its zoom is one less than that of the map.
_ZOOM_OF_MAP = 1
_NEAREST = "features"


@dataclass(frozen=True)
class TileRequest:
    """One tile of a layer: zoom, column from the west, row from the north.

    ``version``: the data that the caller knows the address by, if any.
    """

    layer: str
    z: int
    x: int
    y: int
    asked: Asked
    park: str | None = None
    zone: str | None = None
    version: str | None = None

    @property
    def place(self) -> Place:
        """Where on the web grid."""
        return Place(self.z, self.x, self.y)


class TileMaker:
    """Makes tiles and keeps them, by the version of the data. Safe among threads.

    Args: most_kept - bytes of tiles that are kept.
    """

    def __init__(self, engine: Engine, catalogue: Catalogue, most_kept: int) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._kept: LRUCache[TileRequest, Tile] = LRUCache(most_kept, getsizeof=lambda tile: len(tile.body) + 500)
        self._lock = Lock()
        self._moments: LRUCache[object, bool] = LRUCache(1024)

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
        if kept is not None and kept.version == request.version:
            return kept
        with reading(self._engine) as connection:
            if kept is not None and kept.version == read_version(connection):
                return kept
            tile = self._make(connection, layer, key)
        with self._lock:
            self._kept[key] = tile
        return tile

    def _layer(self, request: TileRequest) -> Layer:
        layer = get_layer(self._catalogue, request.layer)
        if layer.delivery is not Delivery.TILES:
            raise NotFound(
                N_("The layer %(layer)s has no tiles. Its features are at /api/layers/%(layer)s/features."),
                layer=layer.id,
            )
        return layer

    def _find(self, key: TileRequest) -> Tile | None:
        with self._lock:
            return self._kept.get(key)

    def _make(self, connection: Connection, layer: Layer, request: TileRequest) -> Tile:
        """The finest level for the zoom that is not too large; the coarsest there is at worst."""
        at = self._parameters(connection, request)
        for name, sql, columns, used in _steps(layer, request.place.z + _ZOOM_OF_MAP):
            bound = {parameter: at[parameter] for parameter in used if parameter != "box"}
            tile = read_tile(connection, name, sql, columns, request.place, bound)
            self._check_moment(connection, request.asked, tile.version)
            if len(tile.body) <= MOST_BYTES:
                return tile
        raise InvalidRequest(
            N_("The tile %(z)s/%(x)s/%(y)s of %(layer)s would be larger than %(most)s bytes. Zoom in."),
            parameter="z",
            layer=layer.id,
            most=MOST_BYTES,
            **vars(request.place),
        )

    def _parameters(self, connection: Connection, request: TileRequest) -> Mapping[str, object]:
        """The clocks and the numbers of park and zone. A day that is asked for is checked with the first tile of it."""
        asked = request.asked
        as_of = asked.as_of or choose_moment(connection, asked).as_of
        return {
            "as_of": as_of,
            "known_at": asked.known_at or "infinity",
            "park_id": get_park_id(connection, request.park) if request.park else None,
            "zone_id": get_zone_id(connection, request.zone) if request.zone else None,
        }

    def _check_moment(self, connection: Connection, asked: Asked, version: str) -> None:
        """Raises: InvalidRequest - there are no data at that moment. Asked of the database once for each version."""
        key = (version, asked.as_of, asked.known_at)
        with self._lock:
            if key in self._moments:
                return
        choose_moment(connection, asked)
        with self._lock:
            self._moments[key] = True


Step = tuple[str, str, Sequence[str], frozenset[str]]


def _steps(layer: Layer, zoom: int) -> list[Step]:
    """What is tried for a zoom of the map, the finest first: name, SQL, columns, parameters."""
    drawn = layer.style.field
    own = ("id", "park_slug", "quality", "approximate")
    fields = [layer.fields[name] for name in dict.fromkeys((layer.label, *layer.tooltip, *([drawn] if drawn else [])))]
    finest: Step = (_NEAREST, layer.sql, [*own, *(c for field in fields for c in field.columns)], layer.parameters)
    levels: list[Step] = [
        (level.name, level.sql, [*LEVEL_COLUMNS, *([drawn] if drawn else [])], level.parameters)
        for level in reversed(layer.levels)
    ]
    first = next((i for i, level in enumerate(layer.levels) if zoom <= level.max_zoom), None)
    return [finest, *levels] if first is None else levels[len(levels) - 1 - first :]


def find_version(engine: Engine) -> str:
    """The version of the data as they stand now."""
    with reading(engine) as connection:
        return read_version(connection)


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
