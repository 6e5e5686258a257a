"""How a series of figures goes on at today's pace: a robust slope, an interval, and the day a goal would be reached.

The pace is the median of the slopes between every two points of the last twelve months (Theil 1950, Sen 1968): a month
that was entered wrongly, or a sudden handover, does not turn it. Its interval is Sen's, from the ranks of the slopes.
A forecast goes on in a straight line from the last figure and stays between the limits of the share; it knows nothing
of plans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, groupby
from math import sqrt
from statistics import NormalDist, median

MONTH_DAYS = 365.2425 / 12
LAST_MONTHS = 12
LEAST_POINTS = 6
CONFIDENCE = 0.9
FARTHEST_MONTHS = 120
"""A day farther away than this is not told: ten years at an even pace are no forecast."""


@dataclass(frozen=True)
class Point:
    """A figure of a day."""

    day: date
    value: float


@dataclass(frozen=True)
class Pace:
    """Change per month: the median slope, its interval, and of how many points it is made."""

    per_month: float
    low: float
    high: float
    points: int


@dataclass(frozen=True)
class Ahead:
    """What is expected on a day: the middle, and the interval of the pace."""

    day: date
    value: float
    low: float
    high: float


class Reach(StrEnum):
    """Whether a goal is reached at today's pace."""

    REACHED = "reached"
    AHEAD = "ahead"
    FAR = "far"
    NEVER = "never"


@dataclass(frozen=True)
class Goal:
    """When a value is reached at today's pace; ``day`` where it lies ahead, and the last day where it is reached."""

    value: float
    reach: Reach
    day: date | None


@dataclass(frozen=True)
class Forecast:
    """The pace, and the days to come from the last figure on."""

    pace: Pace
    last: Point
    ahead: Sequence[Ahead]


def latest(points: Sequence[Point], months: int = LAST_MONTHS) -> list[Point]:
    """The points of the last months, oldest first; that of just so many months before the newest is left out."""
    if not points:
        return []
    ordered = sorted(points, key=lambda point: point.day)
    # Half a day of grace: months are not all of one length.
    first = ordered[-1].day - timedelta(days=months * MONTH_DAYS - 0.5)
    return [point for point in ordered if point.day > first]


def pace_of(points: Sequence[Point]) -> Pace | None:
    """The Theil-Sen slope of some points with Sen's interval; None for fewer than two days.

    Source: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968).
    Example: values 0, 1, 2, 3 at even steps have the slope 1 in every pair, so low = high = 1 per step.
    """
    ordered = sorted(points, key=lambda point: point.day)
    slopes = sorted(
        (b.value - a.value) / (b.day - a.day).days * MONTH_DAYS for a, b in combinations(ordered, 2) if b.day > a.day
    )
    if not slopes:
        return None
    half = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * sqrt(_variance([point.value for point in ordered]))
    low = max(round((len(slopes) - half) / 2) - 1, 0)
    high = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    return Pace(median(slopes), slopes[low], slopes[high], len(ordered))


def _variance(values: Sequence[float]) -> float:
    """The variance of Kendall's S for so many points; values that are equal lower it."""
    n = len(values)
    ties = (len(list(group)) for _, group in groupby(sorted(values)))
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


def forecast(
    points: Sequence[Point], days: Sequence[date], *, lower: float = 0, upper: float | None = 100
) -> Forecast | None:
    """The series gone on with to some days; None where the last twelve months hold fewer than six points.

    Args: days - after the last point; lower, upper - where the values end (upper None: nowhere).
    """
    recent = latest(points)
    pace = pace_of(recent) if len(recent) >= LEAST_POINTS else None
    if pace is None:
        return None
    last = recent[-1]

    def at(day: date, per_month: float) -> float:
        value = max(last.value + per_month * (day - last.day).days / MONTH_DAYS, lower)
        return value if upper is None else min(value, upper)

    ahead = [
        Ahead(day, at(day, pace.per_month), at(day, pace.low), at(day, pace.high)) for day in days if day > last.day
    ]
    return Forecast(pace, last, ahead)


def goal(last: Point, per_month: float, value: float) -> Goal:
    """When a rising series reaches a value at a pace."""
    if last.value >= value:
        return Goal(value, Reach.REACHED, last.day)
    if per_month <= 0:
        return Goal(value, Reach.NEVER, None)
    months = (value - last.value) / per_month
    if months > FARTHEST_MONTHS:
        return Goal(value, Reach.FAR, None)
    return Goal(value, Reach.AHEAD, last.day + timedelta(days=round(months * MONTH_DAYS)))
