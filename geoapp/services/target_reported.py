"""What was reached of targets that departments report: approved months, put together over the period of the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geoapp.core.monthly_figures import (
    LAST,
    SUM,
    MonthFigure,
    Months,
    levels,
    months_of,
    one_month,
    running_total,
    together,
)
from geoapp.core.months import end_of_month, months_before
from geoapp.core.plan_kinds import FigureKind
from geoapp.core.series import Point
from geoapp.core.target_model import Actual, DecidingPark, Missing, TargetPeriod
from geoapp.services.target_measures import WHOLE, Measured

Rows = Sequence[Any]


@dataclass(frozen=True)
class Reported:
    """One indicator as approved up to a day: months of the whole, estimates, and the newest month by park."""

    indicator: Any
    months: Months
    estimates: Months
    by_park: Rows


def reported_of(indicator: Any, rows: Rows) -> Reported:
    """The rows of one indicator. Args: rows - of target_figures.sql."""
    own = [row for row in rows if row.indicator == indicator.code]
    whole = [row for row in own if row.slug is None]
    parks = [row for row in own if row.slug is not None and row.kind == FigureKind.ACTUAL]
    newest = max((row.month for row in parks), default=None)
    return Reported(
        indicator,
        {row.month: _figure(row) for row in whole if row.kind == FigureKind.ACTUAL},
        {row.month: _figure(row) for row in whole if row.kind == FigureKind.ESTIMATE},
        [row for row in parks if row.month == newest],
    )


def measure_reported(reported: Reported, period: TargetPeriod) -> Measured:
    """What a target on reported figures comes to."""
    months = [month for month in reported.months if period.last is None or month <= period.last]
    upper = WHOLE if reported.indicator.is_share else None
    if not months or (_starts(reported, period) and max(months) < _month(period.first)):
        return Measured(missing=Missing.NO_FIGURES, upper=upper)
    newest = reported.months[max(months)]
    how = str(reported.indicator.accumulates)
    first = _first_of(period, newest, how)
    cumulative = together(reported.months, how, first, newest.month) if how != LAST else None
    return Measured(
        actual=one_month(newest),
        cumulative=cumulative,
        previous=_one(reported.months, months_before(newest.month, 1)),
        last_year=_year_before(reported, how, first, newest),
        estimate=_estimate(reported, newest),
        points=_points(reported, how, first, newest, cumulative),
        upper=upper,
        rises=how == SUM or (how == LAST and reported.indicator.is_share),
        parks=_parks(reported),
    )


def _figure(row: Any) -> MonthFigure:
    return MonthFigure(
        row.id, row.month, row.value, row.numerator, row.denominator, row.quality, row.source_title or row.department
    )


def _starts(reported: Reported, period: TargetPeriod) -> bool:
    """Whether months before the period are of no account: they add up from its first day on."""
    return period.first is not None and reported.indicator.accumulates == SUM


def _month(day: date | None) -> date:
    return (day or date.min).replace(day=1)


def _first_of(period: TargetPeriod, newest: MonthFigure, how: str) -> date:
    """From when figures are put together: sums from the beginning of their period, all else from that of the year."""
    year = newest.month.replace(month=1)
    return period.first if period.first is not None and how == SUM else year


def _year_before(reported: Reported, how: str, first: date, newest: MonthFigure) -> Actual | None:
    """The same span a year earlier; of a span of more than a year there is none to set beside it."""
    if first.year != newest.month.year:
        return None
    return together(reported.months, how, months_before(first, 12), months_before(newest.month, 12))


def _one(months: Months, month: date) -> Actual | None:
    return one_month(months[month]) if month in months else None


def _estimate(reported: Reported, newest: MonthFigure) -> Actual | None:
    """The estimate of a month of which there is no actual figure yet."""
    later = [month for month in reported.estimates if month > newest.month]
    return one_month(reported.estimates[max(later)]) if later else None


def _points(
    reported: Reported, how: str, first: date, newest: MonthFigure, cumulative: Actual | None
) -> Sequence[Point]:
    if how == SUM and cumulative is not None:
        return running_total(reported.months, newest, cumulative.value)
    # What begins anew each year has no pace over the turn of the year.
    begins_anew = how == LAST and reported.indicator.is_share
    return levels(reported.months, first if begins_anew else None, newest.month)


def _parks(reported: Reported) -> tuple[DecidingPark, ...]:
    """Parks that were reported one by one, the largest first."""
    total = sum(row.value for row in reported.by_park)
    ordered = sorted(reported.by_park, key=lambda row: (-row.value, row.slug))
    unit = str(reported.indicator.unit)
    return tuple(
        DecidingPark(row.slug, row.name_vi, row.name_en, row.value, unit, 100 * row.value / total if total else 0.0)
        for row in ordered
    )


def missing_months(reported: Reported, as_of: date) -> list[date]:
    """Months of the last year that are over and of which no approved figure is there."""
    last = (as_of + timedelta(days=1)).replace(day=1)
    over = [
        month for month in months_of(months_before(last, 12), months_before(last, 1)) if end_of_month(month) <= as_of
    ]
    return [month for month in over if month not in reported.months]
