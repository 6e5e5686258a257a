"""Tiles with all their days, kept as long as the data stand: from month to month no outline is read again."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Engine

from geoapp.errors import StoreUnavailable
from geoapp.store.kept_tiles import find_kept
from geoapp.store.tile_days import TileOfDays, day_number, days_statement, read_tile_of_days
from geoapp.store.tiles import Asker, Place, Tile
from geoapp.store.versions import PresentVersion, find_version

MOST_OF_ONE = 4_000_000
"""Bytes. Where all days of a tile are more together, each day is read by itself."""
OF_ALL: dict[str, object] = {"known_at": "infinity", "park_id": None, "zone_id": None}
"""What is bound in a tile of all parks that shows what is known now: only such tiles are made ahead."""
_PLACES = 20_000


@dataclass(frozen=True)
class DaysRequest:
    """One tile with all its days: the name of its layer, the SQL, what features carry, the place, what is bound."""

    name: str
    sql: str
    columns: tuple[str, ...]
    place: Place
    bound: tuple[tuple[str, object], ...]

    @property
    def drawing(self) -> str:
        """A digest of what is drawn, wherever."""
        return _drawing(self.name, self.sql, self.columns, self.bound)


@cache
def _drawing(name: str, sql: str, columns: tuple[str, ...], bound: tuple[tuple[str, object], ...]) -> str:
    written = repr((str(days_statement(sql, columns)), name, bound))
    return hashlib.blake2b(written.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class _TooLarge:
    """Stands for what is not kept, so that it is not read again in vain."""

    version: str
    size = 500


class DayTiles:
    """Picks tiles of days from tiles of all days, from the second day on that is asked for. Safe among threads.

    What lies ready in the database is taken from there. Else who looks at one day only waits for that day; all days
    together take two to five times as long to read.

    Args: engine - of the map role; most_kept - bytes; present - what tells whether it still holds; most_of_one - bytes
    of all days of one tile.
    """

    def __init__(self, engine: Engine, most_kept: int, present: PresentVersion, most_of_one: int = MOST_OF_ONE) -> None:
        self._engine, self._present = engine, present
        self._most_of_one = most_of_one
        self._kept: LRUCache[DaysRequest, TileOfDays | _TooLarge] = LRUCache(most_kept, getsizeof=lambda one: one.size)
        self._first_days: LRUCache[DaysRequest, date] = LRUCache(_PLACES)
        self._lock = Lock()

    def pick(self, request: DaysRequest, day: date, version: str | None) -> Tile | None:
        """The tile of a day, of the present version of the data or of the one asked for; None where it must be read."""
        with self._lock:
            kept, first = self._kept.get(request), self._first_days.setdefault(request, day)
        if kept is None or (kept.version != version and not self._present.is_it(kept.version)):
            kept = None
            if all(OF_ALL[name] == value for name, value in request.bound):
                found = find_kept(self._engine, request.drawing, request.place, day_number(day))
                if found.newest:
                    return found.newest
                kept = self._keep(request, found.days or _TooLarge(found.version)) if found.is_there else None
            if kept is None and first != day:
                kept = self._read(request)
        return kept.on(day) if isinstance(kept, TileOfDays) else None

    def _read(self, request: DaysRequest) -> TileOfDays | _TooLarge:
        try:
            found = read_all_days(self._engine, request)
        except StoreUnavailable:
            # Too much for the time of a statement, though one day may not be. A server that is away fails here again.
            return self._keep(request, _TooLarge(find_version(self._engine)))
        self._keep(request, found if found.size <= self._most_of_one else _TooLarge(found.version))
        return found

    def _keep(self, request: DaysRequest, kept: TileOfDays | _TooLarge) -> TileOfDays | _TooLarge:
        # What is larger than all the room there is cannot be kept.
        with self._lock, suppress(ValueError):
            self._kept[request] = kept
        return kept


def read_all_days(engine: Engine, request: DaysRequest) -> TileOfDays:
    """All days of one tile, from the data. Args: engine - of the map role."""
    asker, bound = Asker(engine), dict(request.bound)
    return read_tile_of_days(asker, request.name, request.sql, request.columns, request.place, bound)
