"""The figures of one subject over time, with what is expected at today's pace; no web framework, no language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.months import month_ends, months_before
from geoapp.core.series import Forecast, Goal, Point, forecast, goal
from geoapp.errors import N_, NotFound
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.themes import TARGETS, WASTEWATER_TARGET, Target
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]
PROVINCE = "ninh-binh"
WASTEWATER = "wastewater_standard"
"""The share of operating parks whose plant meets the standard: counted, so no indicator of the database."""
_AHEAD_MONTHS = 12
_WHOLE = 100.0


@dataclass(frozen=True)
class Subject:
    """What a figure is about. ``name_vi`` is None for the province."""

    kind: str
    name: str
    id: int
    name_vi: str | None
    name_en: str | None
    park: str | None


@dataclass(frozen=True)
class FigureRequest:
    """One indicator of one subject, as of a day."""

    kind: str
    name: str
    indicator: str
    asked: Asked


@dataclass(frozen=True)
class Mark:
    """A figure of a source on a day. ``is_main``: it belongs to the series that the current figure is of."""

    value: float
    numerator: float | None
    denominator: float | None
    valid_on: date | None
    date_precision: str
    quality: str
    source_key: str | None
    source_title: str | None
    method_vi: str | None
    method_en: str | None
    is_main: bool


@dataclass(frozen=True)
class Series:
    """All figures of one indicator of one subject by all sources up to a day, oldest first, undated last.

    ``goal``: when the target of the plan, else the whole, is reached at today's pace; None without a forecast.
    ``is_total``: added up over the parks, not entered. ``capacity``: of a plant, in the unit of its flow.
    """

    subject: Subject
    indicator: Any
    moment: Moment
    marks: Sequence[Mark]
    target: Target | None
    forecast: Forecast | None
    goal: Goal | None
    is_total: bool = False
    capacity: float | None = None


def build_series(engine: Engine, request: FigureRequest) -> Series:
    """The series of a figure. Raises: NotFound - no such subject or indicator; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, request.asked)
        subject = get_subject(connection, request, moment)
        return read_series(connection, subject, get_indicator(connection, request), moment)


def get_subject(connection: Connection, request: FigureRequest, moment: Moment) -> Subject:
    """The subject of a request. Raises: NotFound."""
    row: Any = find_row(connection, "figure_subject", {**moment.parameters, "kind": request.kind, "name": request.name})
    if row is None:
        raise NotFound(
            N_("There is no %(kind)s %(name)s with figures on this day."), kind=request.kind, name=request.name
        )
    return Subject(request.kind, request.name, row.subject_id, row.name_vi, row.name_en, row.park_slug)


def get_indicator(connection: Connection, request: FigureRequest) -> Any:
    """The row of an indicator, or None for the share that is counted over plants. Raises: NotFound."""
    if request.indicator == WASTEWATER and request.kind == "province":
        return None
    row: Any = find_row(connection, "indicator", {"indicator": request.indicator})
    # A share of parks is added up over the province, whether or not anybody enters one for it.
    is_total = row is not None and request.kind == "province" and row.is_share and "park" in row.subject_kinds
    if row is None or not (is_total or request.kind in row.subject_kinds):
        raise NotFound(
            N_("A %(kind)s has no figure %(indicator)s. Look for the figure on the page of its subject."),
            kind=request.kind,
            indicator=request.indicator,
        )
    return row


def read_series(connection: Connection, subject: Subject, indicator: Any, moment: Moment) -> Series:
    """The series of one figure as of a moment."""
    is_total = subject.kind == "province" and (indicator is None or indicator.is_share)
    told = _totals(connection, indicator, moment) if is_total else []
    entered = () if indicator is None else _entered(connection, subject, indicator, moment)
    marks = sorted([*told, *entered], key=lambda mark: (mark.valid_on is None, mark.valid_on or date.max))
    target = WASTEWATER_TARGET if indicator is None else TARGETS.get(indicator.code)
    upper = _WHOLE if indicator is None or indicator.is_share else None
    ahead = _forecast(marks, moment, upper, None if indicator is None else indicator.stale_after_months)
    aim = target.lower if target else upper
    reached = goal(ahead.last, ahead.pace.per_month, aim) if ahead and aim is not None else None
    capacity = _capacity(connection, subject, moment) if subject.kind == "plant" else None
    return Series(subject, indicator, moment, marks, target, ahead, reached, is_total, capacity)


def _entered(connection: Connection, subject: Subject, indicator: Any, moment: Moment) -> list[Mark]:
    at = {**moment.parameters, "subject_kind": subject.kind, "subject_id": subject.id}
    rows: Rows = [
        row
        for row in read_rows(connection, "figure_rows", {**at, "indicator": indicator.code})
        if row.known_until is None
    ]
    # Newest first, of one day the surest first: the first with a day is the current figure.
    current = next((row for row in rows if row.valid_on is not None), None)
    # The total of the province is our own series; what others publish of it stands beside it.
    is_ours = subject.kind == "province" and indicator.is_share
    main = None if current is None or is_ours else (current.source_key, current.method)
    return [_mark(row, is_main=(row.source_key, row.method) == main) for row in rows]


def _mark(row: Any, *, is_main: bool) -> Mark:
    return Mark(
        row.value,
        row.numerator,
        row.denominator,
        row.valid_on,
        row.date_precision,
        row.quality,
        row.source_key,
        row.source_title,
        row.method_vi,
        row.method_en,
        is_main and row.valid_on is not None,
    )


def _totals(connection: Connection, indicator: Any, moment: Moment) -> list[Mark]:
    """The share over all parks at the ends of months up to the day that is shown, and on that day."""
    if moment.first is None or moment.last is None:
        return []
    until = min(moment.as_of, moment.last)
    days = month_ends(moment.first, until)
    at = {**moment.parameters, "days": days}
    if indicator is None:
        rows: Rows = read_rows(connection, "wastewater_history", at)
    else:
        rows = read_rows(connection, "totals_history", {**at, "indicators": [indicator.code]})
    names = (None, None, None, None)
    return [Mark(float(row.value), None, None, row.day, "day", row.quality, *names, is_main=True) for row in rows]


def _forecast(marks: Sequence[Mark], moment: Moment, upper: float | None, stale_after: int | None) -> Forecast | None:
    """None also where the newest figure is too old to speak for the day that is shown."""
    points = [Point(mark.valid_on, mark.value) for mark in marks if mark.is_main and mark.valid_on]
    if not points or (stale_after and points[-1].day < months_before(moment.as_of, stale_after)):
        return None
    until = date(moment.as_of.year + 1, moment.as_of.month, 1)
    return forecast(points, month_ends(points[-1].day, until)[1 : _AHEAD_MONTHS + 1], upper=upper)


def _capacity(connection: Connection, subject: Subject, moment: Moment) -> float | None:
    rows: Rows = read_rows(connection, "plants", {**moment.parameters, "park": subject.park})
    return next((row.capacity_m3_day for row in rows if f"{subject.park}/{row.code}" == subject.name), None)
