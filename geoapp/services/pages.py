"""What the pages show, put together from the store; no web framework, no language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.errors import N_, NotFound
from geoapp.services.history import TotalsHistory, Trend
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.place_parts import FunctionShare, read_trends, shares_by_function
from geoapp.services.themes import AREA_INDICATORS, PARK_INDICATORS, SHARES, Share
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4326."""

# The province, where the database holds no park yet.
_PROVINCE = (105.5, 19.85, 106.6, 20.75)
# A park without an outline is shown with this much around its point, in degrees.
_AROUND_POINT = 0.02


@dataclass(frozen=True)
class Total:
    """A share over the whole province in per cent with its parts, and how many parks of how many it counts.

    ``method``: the one method of all parts, with its names; None for wastewater plants and where nothing is counted.
    """

    share: Share
    value: float | None
    numerator: float | None
    denominator: float | None
    counted: int
    parks: int
    valid_on: date | None
    has_demo: bool
    method: str | None = None
    method_vi: str | None = None
    method_en: str | None = None


@dataclass(frozen=True)
class Frame:
    """What a map shows at first, and how far it can be moved: where the land behind it ends (None: anywhere).

    ``former_province``: in which it lies; its surveys have a zone of VN-2000 of their own.
    """

    bounds: Bounds
    limits: Bounds | None
    former_province: str | None = None


@dataclass(frozen=True)
class ProvincePage:
    """The first page."""

    moment: Moment
    frame: Frame
    zones: Rows
    parks: Rows
    totals: Sequence[Total]
    trends: Mapping[str, Trend]


@dataclass(frozen=True)
class ParkPage:
    """The page of one park. ``published`` is what sources other than the demonstration set say of its shares."""

    moment: Moment
    frame: Frame
    zones: Rows
    park: Any
    figures: Rows
    published: Rows
    areas: Rows
    plants: Rows
    counts: Any
    trends: Mapping[str, Sequence[float | None]]


@dataclass(frozen=True)
class ZonePage:
    """The page of one economic zone."""

    moment: Moment
    frame: Frame
    zones: Rows
    zone: Any
    areas: Rows
    functions: Sequence[FunctionShare]
    parks: Rows
    standings: Mapping[str, Rows]
    inside: Rows
    observations: Rows
    counts: Any


def build_province_page(engine: Engine, asked: Asked, history: TotalsHistory) -> ProvincePage:
    """Everything on the first page, in one snapshot of the database. Raises: InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        extent = find_row(connection, "extent", moment.parameters)
        return ProvincePage(
            moment,
            frame_of(connection, extent),
            read_rows(connection, "zones", moment.parameters),
            read_rows(connection, "parks", {**moment.parameters, "zone": None}),
            [read_total(connection, share, moment) for share in SHARES],
            history.trends(connection, moment),
        )


def build_park_page(engine: Engine, slug: str, asked: Asked) -> ParkPage:
    """Everything on the page of a park. Raises: NotFound - no such park; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        at = moment.parameters
        park: Any = find_row(connection, "park", {**at, "slug": slug})
        if park is None:
            raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=slug)
        about = {**at, "subject_kind": "park", "subject_id": park.park_id}
        shares, areas = list(PARK_INDICATORS), list(AREA_INDICATORS)
        return ParkPage(
            moment,
            frame_of(connection, park, pad=0 if park.outline else _AROUND_POINT),
            read_rows(connection, "zones", at),
            park,
            read_rows(connection, "figures", {**about, "indicators": shares}),
            read_rows(connection, "observations", {**about, "indicators": shares, "without_demo": True}),
            read_rows(connection, "latest_observations", {**about, "indicators": areas}),
            read_rows(connection, "plants", {**at, "park": slug}),
            find_row(connection, "place_counts", {**at, "parks": [park.park_id], "zone": None}),
            read_trends(connection, moment, park.park_id, shares),
        )


def build_zone_page(engine: Engine, slug: str, asked: Asked) -> ZonePage:
    """Everything on the page of a zone. Raises: NotFound - no such zone; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        at = moment.parameters
        zone: Any = find_row(connection, "zone", {**at, "slug": slug})
        if zone is None:
            raise NotFound(N_("There is no economic zone %(slug)s. The zones are on the first page."), slug=slug)
        about = {**at, "subject_kind": "zone", "subject_id": zone.zone_id}
        areas = read_rows(connection, "zone_areas", {**at, "zone": slug})
        parks: Rows = read_rows(connection, "parks", {**at, "zone": slug})
        numbers = [park.park_id for park in parks]
        standings: dict[str, list[Any]] = {}
        for row in read_rows(
            connection, "parks_figures", {**at, "parks": numbers, "indicators": list(PARK_INDICATORS)}
        ):
            standings.setdefault(row.slug, []).append(row)
        return ZonePage(
            moment,
            frame_of(connection, zone),
            read_rows(connection, "zones", at),
            zone,
            areas,
            shares_by_function(areas, zone.area_ha),
            parks,
            standings,
            read_rows(connection, "zone_inside", {**at, "slug": slug}),
            read_rows(connection, "latest_observations", {**about, "indicators": list(AREA_INDICATORS)}),
            find_row(connection, "place_counts", {**at, "parks": numbers, "zone": slug}),
        )


def read_zones(engine: Engine, asked: Asked) -> Rows:
    """All economic zones. Raises: InvalidRequest - see the moment."""
    with reading(engine) as connection:
        return read_rows(connection, "zones", choose_moment(connection, asked).parameters)


def read_parks(engine: Engine, asked: Asked) -> Rows:
    """All parks with their names. Raises: InvalidRequest - see the moment."""
    with reading(engine) as connection:
        return read_rows(connection, "parks", {**choose_moment(connection, asked).parameters, "zone": None})


def read_total(connection: Connection, share: Share, moment: Moment) -> Total:
    """A share over all parks with its parts."""
    if share.indicator is None:
        row: Any = find_row(connection, "wastewater_totals", moment.parameters)
        counted, parks, valid_on, method = row.operating - row.no_data, row.operating, moment.as_of, (None,) * 3
    else:
        row = find_row(connection, "totals", {**moment.parameters, "indicator": share.indicator})
        counted, parks, valid_on = row.parks_counted, row.parks_total, row.valid_on
        method = (row.method, row.method_vi, row.method_en)
    value = 100 * row.numerator / row.denominator if row.denominator else None
    return Total(share, value, row.numerator, row.denominator, counted, parks, valid_on, bool(row.has_demo), *method)


def frame_of(connection: Connection, row: Any, pad: float = 0) -> Frame:
    """The box of a row with west, south, east and north, with so many degrees around it, and the limits of the land."""
    limits = _bounds(find_row(connection, "land_extent", {}))
    return Frame(_bounds(row, pad) or _PROVINCE, limits, getattr(row, "former_province", None))


def _bounds(row: Any, pad: float = 0) -> Bounds | None:
    if row is None or row.west is None:
        return None
    return (row.west - pad, row.south - pad, row.east + pad, row.north + pad)


def frame_around(connection: Connection, row: Any) -> Frame:
    """What a map shows of a park, a zone or an extent; a park without an outline with some land around its point."""
    is_point = hasattr(row, "outline") and row.outline is None
    return frame_of(connection, row, pad=_AROUND_POINT if is_point else 0)
