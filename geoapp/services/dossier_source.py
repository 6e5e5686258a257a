"""What a dossier is made of, as it lies in the database: a case up to an event, on a day, as known at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.photo_strength import PhotoFit, Weakness, weaknesses_of
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.clock_stored import StoredWorking, read_working
from geoapp.services.land_file import DayCount, count_days
from geoapp.store.evidence import read_photos
from geoapp.store.frames import read_frame
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]
PLOT_LAYER = "plot_state"
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class DossierAsked:
    """Which dossier: up to an event (None: the last), on a day and as known at a moment (None: those of the event)."""

    case: int
    event: int | None = None
    as_of: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class ClockSource(StoredWorking):
    """The clock of the land of a case, with the events of its land file and the day that is counted."""

    events: Rows
    days: DayCount | None


@dataclass(frozen=True)
class DossierSource:
    """All rows of a dossier. ``photos``: row and why it proves less; ``clock``: None where there is none."""

    case: Any
    events: Rows
    plots: Rows
    photos: Sequence[tuple[Any, tuple[Weakness, ...]]]
    clock: ClockSource | None
    as_of: date
    known_at: datetime

    @property
    def event(self) -> int:
        """Number of the last event that counts."""
        return int(self.events[-1].number)

    @property
    def is_demo(self) -> bool:
        """Whether any of the data are a demonstration."""
        rows = [*self.plots, *(self.clock.events if self.clock else ())]
        return self.case.project_quality == "demo" or any(row.quality == "demo" for row in rows)

    @property
    def land(self) -> BaseGeometry | None:
        """The land that the case is about, EPSG:4326: what was drawn, else its plots."""
        if self.case.drawn is not None:
            return shapely.from_wkb(bytes(self.case.drawn))
        shapes = [shapely.from_wkb(bytes(plot.geom)) for plot in self.plots]
        return shapely.union_all(shapes) if shapes else None


def read_source(connection: Connection, asked: DossierAsked) -> DossierSource:
    """Gather a dossier. Raises: NotFound - no such case, or event of it; InvalidRequest - a moment before the event."""
    events = read_rows(connection, "dossier_events", {"case_id": asked.case, "event": asked.event})
    if not events or (asked.event and len(events) < asked.event):
        raise NotFound(
            N_("There is no event %(event)s of case %(case)s. The case page lists its events."),
            case=asked.case,
            event=asked.event or 1,
        )
    last: Any = events[-1]
    as_of = asked.as_of or last.at.astimezone(_VIETNAM).date()
    known_at = asked.known_at or last.at
    if known_at < last.at:
        raise InvalidRequest(
            N_("Event %(event)s of the case was not known on %(known)s yet. Choose an earlier event or a later day."),
            parameter="known_at",
            event=last.number,
            known=known_at.date(),
        )
    about: dict[str, object] = {"case_id": asked.case, "as_of": as_of, "known_at": known_at}
    case: Any = find_row(connection, "dossier_case", about)
    if case is None:
        raise NotFound(N_("There is no case %(case)s."), case=asked.case)
    plots = read_rows(connection, "dossier_plots", about)
    added = {event.details["report"] for event in events if event.step == "evidence"}
    photos = [
        (row, weaknesses_of(_fit(row)))
        for row in read_photos(connection, case_id=asked.case)
        if (str(row.report_id) in added if row.adds_to else row.arrived_at <= known_at)
    ]
    return DossierSource(case, events, plots, photos, _read_clock(connection, case, as_of, known_at), as_of, known_at)


def read_neighbours(connection: Connection, source: DossierSource, catalogue: Catalogue) -> tuple[Layer, Any]:
    """The layer of plots, and its rows in the park of the case, as a GeoDataFrame in EPSG:4326."""
    layer = catalogue.layers[PLOT_LAYER]
    parameters = {
        "as_of": source.as_of, "known_at": source.known_at, "park_id": source.case.park_id, "zone_id": None,
    }  # fmt: skip
    frame = read_frame(connection, layer.sql, {name: parameters[name] for name in layer.parameters})
    return layer, frame


def _fit(row: Any) -> PhotoFit:
    return PhotoFit(row.distance_m, row.heading_deg, row.heading_off_deg, row.taken_at, row.observed_on, row.arrived_at)


def _read_clock(connection: Connection, case: Any, as_of: date, known_at: datetime) -> ClockSource | None:
    """The clock of the unit of a case; None where the case is of no unit, or the unit is gone on the day."""
    about = {"as_of": as_of, "known_at": known_at, "project_id": case.project_id, "unit": case.unit}
    if not (case.project_id and case.unit):
        return None
    stored: Any = next((row for row in read_rows(connection, "land_clocks", about) if row.unit == case.unit), None)
    working = read_working(connection, about, case.since or case.rules_on) if stored is not None else None
    if working is None:
        return None
    events = [row for row in read_rows(connection, "land_events", about) if case.unit in row.units]
    return ClockSource(**vars(working), events=events, days=count_days(stored, events, as_of))
