"""Counting in months: their last days, and the same day some months before."""

from calendar import monthrange
from datetime import date


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from one day to another, oldest first; the last one no later than ``last``."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [min(end_of_month(date(m // 12, m % 12 + 1, 1)), last) for m in months]


def months_before(day: date, months: int) -> date:
    """The same day some months before, or the last of a month that is too short: as the database counts.

    Example: one month before 31/03/2026 is 28/02/2026.
    """
    position = day.year * 12 + day.month - 1 - months
    end = end_of_month(date(position // 12, position % 12 + 1, 1))
    return end.replace(day=min(day.day, end.day))
