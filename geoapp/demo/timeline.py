"""Histories: what was the case from which day on."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

S = TypeVar("S")


@dataclass(frozen=True)
class History(Generic[S]):
    """States from their first days on, in order of time; ``before`` holds before the first."""

    before: S
    events: tuple[tuple[date, S], ...]

    def at(self, day: date) -> S:
        """The state on a day."""
        position = bisect_right(self.events, day, key=lambda event: event[0])
        return self.events[position - 1][1] if position else self.before

    def versions(self, first: date, last: date) -> list[tuple[date, S]]:
        """One version for each state in force from ``first`` to ``last``; of several on one day the last counts."""
        by_day = {first: self.at(first)}
        by_day.update({day: state for day, state in self.events if first < day <= last})
        kept: list[tuple[date, S]] = []
        for day, state in by_day.items():
            if not kept or kept[-1][1] != state:
                kept.append((day, state))
        return kept


def month_ends(first: date, last: date) -> list[date]:
    """The last days of all months that end between two days."""
    ends: list[date] = []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end > last:
            return ends
        ends.append(end)


def quarter_starts(first: date, last: date) -> list[date]:
    """The first days of all quarters between two days."""
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    return [day for day in days if first <= day <= last]


def between(start: date, end: date, share: float) -> date:
    """The day at a share of the way from one day to another."""
    return start + timedelta(days=round((end - start).days * share))
