"""Targets as of a day and as known at a moment: what the plan wants, what was reached, what is expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from geoapp.core.plan_kinds import TargetMeasure
from geoapp.core.series import Point
from geoapp.core.target_model import DueBasis, TargetPeriod, TargetState
from geoapp.core.target_rules import expect, pace_needed, standing_of
from geoapp.services.moment import Moment
from geoapp.services.target_measures import LandFigures, Measured, measure_land
from geoapp.services.target_reported import Reported, measure_reported, reported_of
from geoapp.store.pages import read_rows

__all__ = ["TargetState", "Targets", "read_targets"]
Rows = Sequence[Any]


@dataclass(frozen=True)
class Targets:
    """All targets of a day with the rows they were made from.

    ``points``: code -> history of the figure held against the target; ``named``: code -> parks that it names.
    """

    states: tuple[TargetState, ...]
    land: LandFigures
    reported: Mapping[str, Reported]
    points: Mapping[str, Sequence[Point]]
    named: Mapping[str, Rows]


def read_targets(connection: Connection, moment: Moment) -> tuple[TargetState, ...]:
    """Every target in force on the day, in the order of the plan; none before the first decision.

    Args: connection - of somebody who may read reports (``store/acting.py``): others see no figures of departments.
    """
    return read_all_targets(connection, moment).states


def read_all_targets(connection: Connection, moment: Moment, only: str | None = None) -> Targets:
    """As ``read_targets``, with what pages show beside them. Args: only - the code of the one target that is wanted."""
    told: Rows = read_rows(connection, "targets", moment.parameters)
    rows = [row for row in told if only is None or row.code == only]
    named = _named(connection, moment)
    # The plan lists its new parks once; targets on "new parks" count those.
    new_parks = sorted({row.park_id for rows_of in named.values() for row in rows_of})
    land = LandFigures(connection, moment, new_parks)
    reported = read_reported(connection, moment)
    measured = {row.code: _measure(row, land, reported) for row in rows}
    states = tuple(_state(row, measured[row.code], moment) for row in rows)
    points = {code: _shown(one) for code, one in measured.items()}
    return Targets(states, land, reported, points, named)


def read_reported(connection: Connection, moment: Moment) -> Mapping[str, Reported]:
    """Every reported indicator with its approved figures up to the day."""
    figures = read_rows(connection, "target_figures", moment.parameters)
    indicators: Rows = read_rows(connection, "reported_indicators", moment.parameters)
    return {row.code: reported_of(row, figures) for row in indicators}


def period_of(row: Any) -> TargetPeriod:
    """The days of a target: as stated, else as we read them, else unknown."""
    if row.period_to is not None:
        return TargetPeriod(row.period_from, row.period_to, DueBasis.STATED)
    if row.reading_to is not None:
        return TargetPeriod(row.reading_from, row.reading_to, DueBasis.READING, row.reading_vi, row.reading_en)
    return TargetPeriod(None, None, DueBasis.UNKNOWN)


def _shown(measured: Measured) -> Sequence[Point]:
    """The history as a chart shows it: figures that add up from the first day of their period on."""
    first = measured.cumulative.first if measured.cumulative and measured.rises else None
    return [point for point in measured.points if first is None or point.day >= first - timedelta(days=1)]


def _named(connection: Connection, moment: Moment) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    rows: Rows = read_rows(connection, "target_parks", moment.parameters)
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return found


def _measure(row: Any, land: LandFigures, reported: Mapping[str, Reported]) -> Measured:
    if row.measure == TargetMeasure.REPORTED:
        return measure_reported(reported[row.indicator], period_of(row))
    return measure_land(land, row.measure, row.value)


def _state(row: Any, measured: Measured, moment: Moment) -> TargetState:
    period, held = period_of(row), measured.held
    value = held.value if held else None
    ahead = expect(measured.points, row.value, period, upper=measured.upper, rises=measured.rises)
    return TargetState(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        unit=row.unit,
        direction=row.direction,
        wording=row.wording,
        value=row.value,
        period=period,
        section=row.section,
        department=row.department,
        department_basis=row.department_basis,
        scope_vi=row.scope_vi,
        scope_en=row.scope_en,
        measure=row.measure,
        indicator=row.indicator,
        decided_from=row.valid_from,
        quality=row.quality,
        source=row.source_title,
        actual=measured.actual,
        missing=measured.missing,
        cumulative=measured.cumulative,
        previous=measured.previous,
        same_period_last_year=measured.last_year,
        estimate=measured.estimate,
        per_cent=100 * value / row.value if value is not None and row.value else None,
        pace_needed=pace_needed(value, row.value, held.day if held else None, period.last),
        forecast=ahead,
        standing=standing_of(value, row.value, period.last, moment.as_of, ahead),
        parks=measured.parks,
        note=row.note,
    )
