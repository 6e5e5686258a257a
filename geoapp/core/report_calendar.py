"""When reports are due: the days before which, one period after the other. Working days are added by who knows them.

"Before the 15th" is read as: at the latest on the 14th (*reading*); both days are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from geoapp.core.months import end_of_month
from geoapp.core.plan_kinds import ReportEvery

_MONTHS = {ReportEvery.MONTH: 1, ReportEvery.QUARTER: 3}
_LAST_MONTH_OF_LAST_YEAR = 4
"""Yearly reports due until April are of the year before; later ones of the running year."""


@dataclass(frozen=True)
class Due:
    """A period and the day of its report. ``before``: as the text has it; ``latest``: the last day by our reading."""

    first: date
    last: date
    before: date
    latest: date


def due_dates(
    every: ReportEvery, before_month: int | None, before_day: int, start: date, *, on_day: bool = False
) -> Iterator[Due]:
    """Reports from the one due on or after a day on, without end.

    Example: quarterly before the 15th, from 27/11/2026: the fourth quarter of 2026, before 15/01/2027, so 14/01/2027.
    """
    periods = _yearly(every, before_month or 1, start.year) if before_month else _after_period(every, start)
    for first, last, month in periods:
        before = month.replace(day=min(before_day, end_of_month(month).day))
        if before >= start:
            yield Due(first, last, before, before if on_day else before - timedelta(days=1))


def _after_period(every: ReportEvery, start: date) -> Iterator[tuple[date, date, date]]:
    """Periods of months with the month after each, from a few before the day on."""
    length = _MONTHS.get(every, 12)
    place = (start.year * 12 + start.month - 1) // length * length - length
    while True:
        first = _first(place)
        following = _first(place + length)
        yield first, following - timedelta(days=1), following
        place += length


def _yearly(every: ReportEvery, month: int, year: int) -> Iterator[tuple[date, date, date]]:
    while True:
        of = year - 1 if month <= _LAST_MONTH_OF_LAST_YEAR else year
        half = every is ReportEvery.HALF_YEAR and month <= 6
        yield date(of, 1, 1), date(of, 6, 30) if half else date(of, 12, 31), date(year, month, 1)
        year += 1


def _first(place: int) -> date:
    return date(place // 12, place % 12 + 1, 1)
