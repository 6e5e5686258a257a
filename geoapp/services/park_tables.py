"""Plots and projects as tables, some rows at a time, with exact counts over all that match; no web framework."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.errors import N_, NotFound
from geoapp.kinds import PlotState, ProjectState
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Bounds, Rows
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows
from geoapp.store.subjects import get_park_id, get_zone_id

SORTS: Mapping[str, Sequence[str]] = {
    "plots": ("code", "block", "use", "state", "area", "project", "since"),
    "projects": ("name", "investor", "sector", "land", "capital", "capital_usd", "state", "plots"),
}
STATES: Mapping[str, Sequence[str]] = {
    "plots": [str(state) for state in PlotState],
    "projects": [str(state) for state in ProjectState],
}


@dataclass(frozen=True)
class Place:
    """A park or a zone."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Filters:
    """What a table shows. ``text``: already without accents; ``box``: what the map shows; ``only``: one code."""

    text: str | None = None
    state: str | None = None
    box: Bounds | None = None
    only: str | None = None


@dataclass(frozen=True)
class Order:
    """By which column, and the highest first."""

    sort: str
    down: bool = False


@dataclass(frozen=True)
class TableRequest:
    """Some rows of one table. ``what``: plots or projects; ``most`` None: all from ``start`` on."""

    what: str
    place: Place
    asked: Asked
    filters: Filters
    order: Order
    start: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """The rows that were asked for; how many match and how many hectares they have (None: nothing is known)."""

    request: TableRequest
    moment: Moment
    rows: Rows
    matched: int
    matched_ha: float | None
    has_demo: bool

    @property
    def is_last(self) -> bool:
        """Nothing comes after these rows."""
        return self.request.start + len(self.rows) >= self.matched


def build_table(engine: Engine, request: TableRequest) -> Table:
    """Rows of plots or projects of a place. Raises: NotFound - no such place; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, request.asked)
        rows: Rows = read_rows(connection, f"{request.what}_table", _parameters(connection, request, moment))
    first = rows[0]
    found = [row for row in rows if row.code is not None]
    return Table(request, moment, found, first.matched, first.matched_ha, bool(first.has_demo))


def _parameters(connection: Connection, request: TableRequest, moment: Moment) -> dict[str, object]:
    filters, order = request.filters, request.order
    box: Sequence[float | None] = filters.box or (None,) * 4
    return {
        **moment.parameters,
        "parks": parks_of(connection, request.place, moment),
        "zone": request.place.slug if request.place.kind == "zone" else None,
        "states": list(STATES[request.what]),
        "sort": order.sort,
        "down": order.down,
        "text": filters.text,
        "state": filters.state,
        "only": filters.only,
        **dict(zip(("west", "south", "east", "north"), box, strict=True)),
        "start": request.start,
        "most": request.most,
    }


def parks_of(connection: Connection, place: Place, moment: Moment) -> list[int]:
    """The numbers of the parks of a place: itself, or those registered with a zone on the day. Raises: NotFound."""
    if place.kind == "park":
        return [get_park_id(connection, place.slug)]
    get_zone_id(connection, place.slug)
    rows: Rows = read_rows(connection, "parks", {**moment.parameters, "zone": place.slug})
    return [row.park_id for row in rows]


@dataclass(frozen=True)
class OneOutline:
    """Where one plot or project is, as GeoJSON text; None where no place is known."""

    geometry: str | None
    approximate: bool


def find_outline(engine: Engine, what: str, code: str, park: str | None, asked: Asked) -> OneOutline:
    """The outline of a plot of a park, or of all plots of a project. Raises: NotFound."""
    with reading(engine) as connection:
        moment = choose_moment(connection, asked)
        row: Any = find_row(connection, f"{what}_geometry", {**moment.parameters, "park": park, "code": code})
    if row is None:
        raise NotFound(N_("There is no %(what)s %(code)s on this day."), what=what, code=code)
    return OneOutline(row.geometry, bool(row.approximate))
