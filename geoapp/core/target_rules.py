"""The rules by which a target is judged; pure, so that they can be checked on paper.

Reached: the figure is at or above the value; "about", a bare figure and both ends of a range too, for the upper end of
a range is no ceiling (domain reference, 7.1, notes 2 and 3; *own*). Else, where the last day is known and lies ahead:
on track - even the low end of the forecast reaches the value; behind - not even the high end does; at risk - between.
After the last day a target that was not reached is behind. Without a last day, or without a forecast, nothing is
judged.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from geoapp.core.months import end_of_month, months_before
from geoapp.core.plan_kinds import TargetStanding
from geoapp.core.series import MONTH_DAYS, Point, forecast, goal
from geoapp.core.target_model import PaceNeeded, TargetForecast, TargetPeriod

_AHEAD_MONTHS = 12
_TOLERANCE = 1e-9


def standing_of(
    held: float | None, value: float, until: date | None, as_of: date, ahead: TargetForecast | None
) -> TargetStanding:
    """How a target stands. Args: held - the figure that is held against the value; until - its last day."""
    if held is not None and held >= value - _TOLERANCE:
        return TargetStanding.REACHED
    if held is None or until is None:
        return TargetStanding.UNKNOWN
    if as_of > until:
        return TargetStanding.BEHIND
    return _expected(value, until, ahead)


def _expected(value: float, until: date, ahead: TargetForecast | None) -> TargetStanding:
    if ahead is None or ahead.day != until:
        return TargetStanding.UNKNOWN
    if ahead.low >= value:
        return TargetStanding.ON_TRACK
    return TargetStanding.BEHIND if ahead.high < value else TargetStanding.AT_RISK


def pace_needed(held: float | None, value: float, day: date | None, until: date | None) -> PaceNeeded | None:
    """What each month from ``day`` to ``until`` must bring; None where it is reached, over, or without a last day.

    Example: 380 of 500 reached on 30/09, due on 31/12: 3 months left, 40 a month.
    """
    if held is None or day is None or until is None or until <= day or held >= value:
        return None
    months = months_between(day, until)
    return PaceNeeded((value - held) / months, months, until)


def months_between(first: date, last: date) -> float:
    """Months from one day to another; whole ones between the ends of months, else by the mean length of a month."""
    if first == end_of_month(first) and last == end_of_month(last):
        return float((last.year - first.year) * 12 + last.month - first.month)
    return (last - first).days / MONTH_DAYS


def expect(
    points: Sequence[Point], value: float, period: TargetPeriod, *, upper: float | None, rises: bool = True
) -> TargetForecast | None:
    """What is expected on the last day of a period, without one a year after the last figure; None without a pace.

    Args: points - oldest first; upper - where values end; rises - figures that add up never fall: then neither does
    the forecast.
    """
    if not points:
        return None
    last = points[-1]
    day = period.last if period.last is not None else end_of_month(months_before(last.day, -_AHEAD_MONTHS))
    if day <= last.day:
        return None
    told = forecast(points, [day], lower=last.value if rises else 0, upper=upper)
    if told is None:
        return None
    ahead, pace = told.ahead[0], told.pace
    reach = goal(last, pace.per_month, value)
    return TargetForecast(day, ahead.value, ahead.low, ahead.high, pace.per_month, pace.points, reach)


def quarters_between(first: date, last: date) -> float:
    """Quarters from one day to another."""
    return months_between(first, last) / 3


def is_late(month: date, due_day: int, as_of: date) -> bool:
    """Whether the figures of a month are late: they are due before a day of the month after, so late from it on."""
    following = end_of_month(month) + timedelta(days=1)
    return as_of >= following.replace(day=min(due_day, end_of_month(following).day))
