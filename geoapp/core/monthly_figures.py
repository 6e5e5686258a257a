"""Monthly figures put together: a year to date, the same months a year before, a running total for the forecast.

Only what was approved is put together. A month that nobody reported stays missing: it is named beside the sum,
nothing is put in its place, and the pace is taken from the months after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geoapp.core.months import end_of_month, months_before
from geoapp.core.series import Point
from geoapp.core.target_model import Actual, RowRef
from geoapp.kinds import Quality

SUM, LAST, MEAN, SHARE = "sum", "last", "mean", "share"


@dataclass(frozen=True)
class MonthFigure:
    """An approved figure of a month, given by its first day."""

    id: int
    month: date
    value: float
    numerator: float | None
    denominator: float | None
    quality: str
    source: str | None

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return end_of_month(self.month)


Months = Mapping[date, MonthFigure]
"""First day of a month -> its figure."""


def months_of(first: date, last: date) -> list[date]:
    """First days of the months from that of one day to that of another."""
    places = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def one_month(figure: MonthFigure) -> Actual:
    """A month by itself."""
    return Actual(
        figure.value,
        figure.month,
        figure.last_day,
        figure.quality,
        figure.source,
        (RowRef("target_figure", str(figure.id)),),
        figure.numerator,
        figure.denominator,
    )


def together(figures: Months, how: str, first: date, last: date) -> Actual | None:
    """The months of a span as one figure; None where none of them was reported.

    Args: how - sum, last, mean or share, see ``reported_indicators.accumulates``; first, last - any day of the first
    and of the last month.
    Example: sum of 40, 41 and nothing for the third month: 81, with the third month missing.
    """
    wanted = months_of(first, last)
    found = [figures[month] for month in wanted if month in figures]
    if not found:
        return None
    missing = tuple(month for month in wanted if month not in figures)
    if how == LAST:
        newest = one_month(found[-1])
        return newest if found[-1].month == wanted[-1] else None
    value, numerator, denominator = _put_together(found, how)
    rows = tuple(RowRef("target_figure", str(one.id)) for one in found)
    day = end_of_month(wanted[-1])
    return Actual(
        value, wanted[0], day, least_sure([one.quality for one in found]), _source(found), rows, numerator, denominator,
        missing,
    )  # fmt: skip


def _put_together(found: Sequence[MonthFigure], how: str) -> tuple[float, float | None, float | None]:
    if how == SHARE:
        numerator = sum(one.numerator or 0 for one in found)
        denominator = sum(one.denominator or 0 for one in found)
        return 100 * numerator / denominator, numerator, denominator
    total = sum(one.value for one in found)
    return (total, None, None) if how == SUM else (total / len(found), None, None)


def running_total(figures: Months, newest: MonthFigure, total: float) -> list[Point]:
    """The sum as it grew to ``total`` at the end of the newest month, back to the last month that is missing."""
    points = [Point(newest.last_day, total)]
    month = newest.month
    while month in figures:
        total -= figures[month].value
        month = months_before(month, 1)
        points.append(Point(end_of_month(month), total))
    return list(reversed(points))


def levels(figures: Months, first: date | None, last: date) -> list[Point]:
    """The figures of single months as points at their ends, from a day on."""
    return [
        Point(one.last_day, one.value)
        for month, one in sorted(figures.items())
        if month <= last and (first is None or month >= first.replace(day=1))
    ]


def least_sure(qualities: Sequence[str]) -> str:
    """A sum is as sure as the least sure of its parts."""
    order = list(Quality)
    return str(max((Quality(one) for one in qualities), key=order.index, default=Quality.ESTIMATED))


def _source(found: Sequence[MonthFigure]) -> str | None:
    """The one source of all months; None where there are several."""
    sources = {one.source for one in found}
    return sources.pop() if len(sources) == 1 else None
