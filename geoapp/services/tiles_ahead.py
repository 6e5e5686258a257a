"""Vector tiles with all their days, made before anybody asks, and again where the data have changed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine

from geoapp.catalog.model import Catalogue, Delivery
from geoapp.errors import StoreUnavailable
from geoapp.services.tile_days import MOST_OF_ONE, OF_ALL, DaysRequest, read_all_days
from geoapp.services.tiles import days_request, tile_steps
from geoapp.store.engine import reading, writing
from geoapp.store.kept_tiles import (
    begin_keeping,
    end_keeping,
    find_places,
    forget_others,
    keep,
    keeps_any,
    known_places,
)
from geoapp.store.tiles import Place
from geoapp.store.versions import find_version

DEEPEST_AHEAD = 15
"""Zoom of tiles up to which they are made ahead; deeper ones hold little and are quickly read."""
# A tile covers 512 pixels of the map, so its zoom is one less than that of the map.
_ZOOM_OF_MAP = 1


@dataclass(frozen=True)
class _Drawing:
    """What is drawn at some zooms; ``sample`` is a request for it at any place."""

    level: str
    zooms: tuple[int, ...]
    sample: DaysRequest

    def at(self, place: Place) -> DaysRequest:
        """The request for a place."""
        return DaysRequest(self.level, self.sample.sql, self.sample.columns, place, self.sample.bound)


class TilesAhead:
    """Lays tiles ready in the database.

    Args: engine - of the map role, which reads what is drawn; owner - which keeps it; catalogue - the layers.
    """

    def __init__(self, engine: Engine, owner: Engine, catalogue: Catalogue) -> None:
        self._engine, self._owner = engine, owner
        self._drawings = list(_drawings(catalogue))
        self._ready: str | None = None
        self._seen: str | None = None
        self._has_any = False

    def look(self, is_ending: Callable[[], bool]) -> int:
        """Lay ready what is missing, where the data have changed and are at rest since the last look; how many.

        Half of the time is left to others. Args: is_ending - asked before each tile.
        """
        version = find_version(self._engine)
        is_at_rest, self._seen = version == self._seen, version
        # After a crash of the server the data are the same, and what lay ready is gone.
        if not is_at_rest or (version == self._ready and self._has_any == self._keeps_any()):
            return 0
        made, is_whole = self.prepare(is_ending, rest=time.sleep)
        if is_whole:
            self._ready, self._has_any = version, self._keeps_any()
        return made

    def _keeps_any(self) -> bool:
        with reading(self._engine) as connection:
            return keeps_any(connection)

    def prepare(
        self, is_ending: Callable[[], bool] = lambda: False, rest: Callable[[float], None] = lambda _: None
    ) -> tuple[int, bool]:
        """Lay ready what is missing; how many tiles, and whether all is ready now.

        Where the data change meanwhile, or somebody else is at it, the rest is left. Args: is_ending - asked before
        each tile; rest - called with the seconds that each took.
        """
        with self._owner.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            if not begin_keeping(alone):
                return 0, False
            try:
                return self._prepare(is_ending, rest)
            finally:
                end_keeping(alone)

    def _prepare(self, is_ending: Callable[[], bool], rest: Callable[[float], None]) -> tuple[int, bool]:
        made = 0
        with writing(self._owner) as connection:
            forget_others(connection, [drawing.sample.drawing for drawing in self._drawings])
        for drawing in self._drawings:
            for place in self._missing(drawing):
                if is_ending():
                    return made, False
                began = time.perf_counter()
                if not self._make(drawing, place):
                    return made, False
                made += 1
                rest(time.perf_counter() - began)
        return made, True

    def _missing(self, drawing: _Drawing) -> list[Place]:
        """Where something is drawn and nothing lies ready; from afar to near."""
        deepest = drawing.zooms[-1]
        with reading(self._engine) as connection:
            known = known_places(connection, drawing.sample.drawing)
            deep = find_places(connection, drawing.sample.sql, dict(drawing.sample.bound), deepest)
        places = {(z, x >> (deepest - z), y >> (deepest - z)) for z in drawing.zooms for x, y in deep}
        return [Place(*place) for place in sorted(places - known)]

    def _make(self, drawing: _Drawing, place: Place) -> bool:
        """Whether the tile lies ready now."""
        request = drawing.at(place)
        try:
            days = read_all_days(self._engine, request)
            kept, version = days if days.size <= MOST_OF_ONE else None, days.version
        except StoreUnavailable:
            # Too much for the time of a statement. A server that is away fails here again.
            kept, version = None, find_version(self._engine)
        with writing(self._owner) as connection:
            return keep(connection, request.drawing, drawing.level, place, kept, version)


def _drawings(catalogue: Catalogue) -> Iterator[_Drawing]:
    """What is made ahead: of every layer with all days what the first level of each zoom draws."""
    nowhere = Place(0, 0, 0)
    for layer in catalogue.layers.values():
        if layer.delivery is not Delivery.TILES:
            continue
        zooms: dict[DaysRequest, list[int]] = {}
        for z in range(max(layer.min_zoom - _ZOOM_OF_MAP, 0), DEEPEST_AHEAD + 1):
            asked = days_request(layer, tile_steps(layer, z)[0], nowhere, OF_ALL)
            if asked:
                zooms.setdefault(asked, []).append(z)
        for asked, found in zooms.items():
            yield _Drawing(asked.name, tuple(found), asked)
