"""What a map on paper or in a file is made of, read in one snapshot of the database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.catalog.model import Label, Layer, View
from geoapp.core.permissions import Reader
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.kinds import AccessClass
from geoapp.services.moment import Moment, choose_moment
from geoapp.services.pages import Frame, frame_around
from geoapp.services.readers import Engines
from geoapp.services.snapshot.layers import ChosenLayers, highest
from geoapp.services.snapshot.own import OwnTold
from geoapp.services.snapshot.request import SheetPlace, SnapshotRequest
from geoapp.store.acting import acting_reading
from geoapp.store.engine import reading
from geoapp.store.pages import find_row
from geoapp.store.subjects import get_park_id, get_zone_id

PROVINCE = Label("Khu kinh tế và các khu công nghiệp tỉnh Ninh Bình", "Economic zone and industrial parks of Ninh Bình")


@dataclass(frozen=True)
class PlaceRead:
    """What a map is about, on a day: its row (None: the province), its name, and what the page shows at first.

    ``own``: what else is told of a map with a layer of its own.
    """

    row: Any
    name: Label
    frame: Frame
    own: OwnTold | None = None


@dataclass(frozen=True)
class SnapshotReading:
    """What a map is read with: one snapshot of the database, and what was found out of the request in it.

    ``most``: rows of a layer on one map.
    """

    connection: Connection
    request: SnapshotRequest
    chosen: ChosenLayers
    moment: Moment
    place: PlaceRead
    most: int

    @property
    def access(self) -> AccessClass:
        """The class of the sheet: that of its layers; of a map with a layer of its own at least that layer's."""
        own = self.request.own
        return highest(self.chosen.access, own.page.layer.access) if own else self.chosen.access

    def parameters(self) -> Mapping[str, object]:
        """What the statements of layers bind. Raises: NotFound - no such park or zone."""
        place = self.request.place
        return {
            **self.moment.parameters,
            "park_id": get_park_id(self.connection, place.park) if place.park else None,
            "zone_id": get_zone_id(self.connection, place.zone) if place.zone else None,
        }


@contextmanager
def reading_for(engines: Engines, reader: Reader, access: AccessClass) -> Iterator[Connection]:
    """A connection in one snapshot: as a visitor where all is public, else as the person who reads."""
    if access is AccessClass.PUBLIC or reader.person_id is None:
        with reading(engines.map) as connection:
            yield connection
        return
    with acting_reading(engines.staff, reader.person_id) as connection:
        yield connection


def read_about(connection: Connection, request: SnapshotRequest) -> tuple[Moment, PlaceRead]:
    """The moment and the place of a map. Raises: InvalidRequest, NotFound."""
    if request.own:
        told = request.own.tell(connection, request.asked)
        return told.moment, PlaceRead(None, told.title, told.frame, told)
    moment = choose_moment(connection, request.asked)
    return moment, read_place(connection, request.place, moment)


def read_place(connection: Connection, place: SheetPlace, moment: Moment) -> PlaceRead:
    """The province, zone or park of a map. Raises: NotFound."""
    at = moment.parameters
    if place.view is View.PROVINCE:
        return PlaceRead(None, PROVINCE, frame_around(connection, find_row(connection, "extent", at)))
    row: Any = find_row(connection, str(place.view), {**at, "slug": place.slug})
    if row is None:
        if place.view is View.PARK:
            raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=place.slug)
        raise NotFound(N_("There is no economic zone %(slug)s. The zones are on the first page."), slug=place.slug)
    return PlaceRead(row, Label(row.name_vi, row.name_en or row.name_vi), frame_around(connection, row))


def bound(layer: Layer, parameters: Mapping[str, object]) -> dict[str, object]:
    """Those that the statement of a layer names."""
    return {name: parameters[name] for name in layer.parameters}


def check_count(layer: Layer, count: int, most: int) -> None:
    """Raises: InvalidRequest - more features than one sheet holds."""
    if count > most:
        raise InvalidRequest(
            N_("%(parameter)s: the layer %(layer)s has more than %(most)s features here. Export the map of one park."),
            parameter="layers",
            layer=layer.id,
            most=most,
        )
