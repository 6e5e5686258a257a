"""What changed between two moments: the difference of a figure, part by part. The formula: docs/changes.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import geopandas
from sqlalchemy import Connection, Engine

from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.changes_figures import FIGURES, REASONS, Figure
from geoapp.services.changes_moments import AskedPair, Pair, choose_pair
from geoapp.services.kept import Kept
from geoapp.services.pages import Frame, Rows, frame_around
from geoapp.store.changes import (
    Group,
    read_changed,
    read_changed_frame,
    read_deltas,
    read_level,
    read_parts,
    read_scope,
)
from geoapp.store.engine import reading
from geoapp.store.features import Features
from geoapp.store.pages import find_row, read_rows

ROWS_OF_A_PAGE = 200
Parts = tuple[list[Group], Rows, tuple[Decimal, int], tuple[Decimal, int]]
"""All parts by park and reason, some rows, and the figure at both ends with the number of things without a value."""
KeptParts = Kept[Parts]
STEPS = ("correction", "change")


@dataclass(frozen=True)
class RowKey:
    """The place of a row in the list: what comes after it is the next page."""

    park: str
    code: str
    place: int


@dataclass(frozen=True)
class ChangesRequest:
    """What is to be explained: a figure, two moments, of all parks, those of a zone, or one."""

    figure: str
    pair: AskedPair
    park: str | None = None
    zone: str | None = None
    step: str | None = None
    reason: str | None = None
    after: RowKey | None = None


@dataclass(frozen=True)
class Place:
    """What a comparison is about: a park or a zone (None: the province), and the numbers of its parks (None: all)."""

    park: Any
    zone: Any
    parks: Sequence[int] | None


@dataclass(frozen=True)
class ReasonTotal:
    """All parts with one reason."""

    step: str
    reason: str
    rows: int
    things: int
    delta: Decimal


@dataclass(frozen=True)
class Changes:
    """A difference with its parts. ``groups`` are by park and reason, ``reasons`` over all parks."""

    figure: Figure
    pair: Pair
    place: Place
    level_from: Decimal
    level_to: Decimal
    without_value: int
    groups: Sequence[Group]
    reasons: Sequence[ReasonTotal]
    rows: Rows
    following: RowKey | None

    @property
    def delta(self) -> Decimal:
        """The difference: the sum of all parts."""
        return sum((one.delta for one in self.reasons), Decimal(0))

    @property
    def has_demo(self) -> bool:
        """Whether any part is demonstration."""
        return any(group.has_demo for group in self.groups)

    @property
    def is_approximate(self) -> bool:
        """Whether any part is of a thing that was not surveyed."""
        return any(group.is_approximate for group in self.groups)


@dataclass(frozen=True)
class ChangesPage:
    """The page: a difference, its map, and what can be chosen."""

    changes: Changes
    frame: Frame
    zones: Rows
    parks: Rows


def get_figure(code: str) -> Figure:
    """A figure by its code. Raises: InvalidRequest."""
    figure = FIGURES.get(code)
    if figure is None:
        raise InvalidRequest(
            N_("%(parameter)s: expected one of %(choices)s, found “%(found)s”."),
            parameter="figure",
            choices=", ".join(FIGURES),
            found=code[:40],
        )
    return figure


def build_changes_page(engine: Engine, request: ChangesRequest, kept: KeptParts | None = None) -> ChangesPage:
    """A difference with the first rows of it. Args: kept - parts from before. Raises: InvalidRequest, NotFound."""
    with reading(engine) as connection:
        pair = choose_pair(connection, request.pair)
        place = find_place(connection, request, pair)
        changes = explain(connection, request, pair, place, most=ROWS_OF_A_PAGE, kept=kept)
        return ChangesPage(changes, *surroundings(connection, pair, place))


def surroundings(connection: Connection, pair: Pair, place: Place) -> tuple[Frame, Rows, Rows]:
    """The frame of the map, and the zones and parks that can be chosen instead."""
    at = pair.moment.parameters
    extent = place.park or place.zone or find_row(connection, "extent", at)
    parks = read_rows(connection, "parks", {**at, "zone": None})
    return frame_around(connection, extent), read_rows(connection, "zones", at), parks


def read_changes(engine: Engine, request: ChangesRequest) -> Changes:
    """A difference with all rows of it, for a file. Raises: InvalidRequest, NotFound."""
    with reading(engine) as connection:
        pair = choose_pair(connection, request.pair)
        return explain(connection, request, pair, find_place(connection, request, pair), most=None)


def find_changed(engine: Engine, request: ChangesRequest, *, most: int) -> Features:
    """What changed, for the map. Raises: InvalidRequest - also where more than ``most`` things changed; NotFound."""
    figure = get_figure(request.figure)
    with reading(engine) as connection:
        pair = choose_pair(connection, request.pair)
        place = find_place(connection, request, pair)
        features = read_changed(connection, figure.things, _parameters(figure, pair, place), most)
    if features.count > most:
        raise InvalidRequest(
            N_("More than %(most)s things changed between these days. Choose one park, or days closer together."),
            parameter="park",
            most=most,
        )
    return features


def read_changed_land(connection: Connection, request: ChangesRequest, most: int) -> geopandas.GeoDataFrame:
    """What changed with its land, at most ``most`` + 1 things, in EPSG:4326. Raises: InvalidRequest, NotFound."""
    figure = get_figure(request.figure)
    pair = choose_pair(connection, request.pair)
    place = find_place(connection, request, pair)
    return read_changed_frame(connection, figure.things, _parameters(figure, pair, place), most)


def find_place(connection: Connection, request: ChangesRequest, pair: Pair) -> Place:
    """What is asked about, as it is at the second moment. Raises: NotFound."""
    at = pair.moment.parameters
    if request.park:
        park: Any = find_row(connection, "park", {**at, "slug": request.park})
        if park is None:
            raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=request.park)
        return Place(park, None, [park.park_id])
    if request.zone:
        zone: Any = find_row(connection, "zone", {**at, "slug": request.zone})
        if zone is None:
            raise NotFound(
                N_("There is no economic zone %(slug)s. The zones are on the first page."), slug=request.zone
            )
        return Place(
            None, zone, read_scope(connection, {"day": at["as_of"], "known": at["known_at"], "zone": zone.slug})
        )
    return Place(None, None, None)


def explain(
    connection: Connection,
    request: ChangesRequest,
    pair: Pair,
    place: Place,
    *,
    most: int | None,
    kept: KeptParts | None = None,
) -> Changes:
    """The parts of a difference. Args: most - most rows that are listed one by one; None: all; kept - from before."""
    figure = get_figure(request.figure)
    asked = _parameters(figure, pair, place)
    start = request.after
    page = {
        "step": request.step,
        "reason": request.reason,
        "after_park": start.park if start else None,
        "after_code": start.code if start else None,
        "after_place": start.place if start else None,
        "most": most + 1 if most else None,
    }
    read = partial(_read_parts, connection, figure, pair, {**asked, **page})
    question = (figure.code, *(f"{name}={value}" for name, value in {**asked, **page}.items()))
    groups, rows, (level_from, _), (level_to, without) = kept.answer(connection, question, read) if kept else read()
    more = most is not None and len(rows) > most
    rows = rows[:most]
    following = RowKey(rows[-1].park_slug, rows[-1].code, rows[-1].place) if more else None
    return Changes(figure, pair, place, level_from, level_to, without, groups, _by_reason(groups), rows, following)


def _read_parts(connection: Connection, figure: Figure, pair: Pair, parameters: dict[str, object]) -> Parts:
    begin, _, end = pair.points
    groups, rows = read_parts(connection, figure.things, parameters)
    level_from = read_level(connection, figure.things, {**parameters, **begin})
    return groups, rows, level_from, read_level(connection, figure.things, {**parameters, **end})


def delta_by_park(
    connection: Connection, figure: Figure, pair: Pair, place: Place
) -> Mapping[tuple[int, str], Decimal]:
    """The difference of a figure by park and step; where there is none, it is missing."""
    return read_deltas(connection, figure.things, _parameters(figure, pair, place))


def _parameters(figure: Figure, pair: Pair, place: Place) -> dict[str, object]:
    parks = None if place.parks is None else list(place.parks)
    return {**pair.parameters, **figure.parameters, "parks": parks, "decimals": figure.decimals}


def _by_reason(groups: Sequence[Group]) -> list[ReasonTotal]:
    totals = []
    for step in STEPS:
        for reason in REASONS:
            found = [g for g in groups if (g.step, g.reason) == (step, reason)]
            if found:
                counts = (sum(g.rows for g in found), sum(g.things for g in found))
                totals.append(ReasonTotal(step, reason, *counts, sum((g.delta for g in found), Decimal(0))))
    return totals
