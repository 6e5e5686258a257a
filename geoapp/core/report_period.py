"""The periods of reports: months, quarters and years, the one before, and the same one last year."""

from dataclasses import dataclass
from datetime import date, timedelta

from geoapp.core.months import end_of_month, months_before
from geoapp.core.report_model import ReportKind

_MONTHS = {ReportKind.MONTH: 1, ReportKind.QUARTER: 3, ReportKind.YEAR: 12}
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """A whole month, quarter or year. ``first``, ``last``: its days."""

    kind: ReportKind
    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The period before this one."""
        return period_of(self.kind, self.first - timedelta(days=1))

    @property
    def year_before(self) -> "Period":
        """The same period last year."""
        return period_of(self.kind, self.first.replace(year=self.first.year - 1))

    @property
    def after(self) -> "Period":
        """The period after this one."""
        return period_of(self.kind, self.last + timedelta(days=1))

    @property
    def number(self) -> str:
        """Which of its year: 10 for October, IV for the fourth quarter; nothing for a year."""
        if self.kind is ReportKind.MONTH:
            return f"{self.first.month:02d}" if self.first.month < 3 else str(self.first.month)
        return _QUARTERS[self.first.month // 3] if self.kind is ReportKind.QUARTER else ""


def period_of(kind: ReportKind, day: date) -> Period:
    """The period that a day lies in. Example: the quarter of 20/08/2026 goes from 01/07 to 30/09/2026."""
    months = _MONTHS[kind]
    month = (day.month - 1) // months * months + 1
    first = day.replace(month=month, day=1)
    return Period(kind, first, end_of_month(date(first.year, month + months - 1, 1)))


def year_earlier(day: date) -> date:
    """The same day last year; the last day of a month stays the last one.

    Example: one year before 28/02/2025 is 29/02/2024.
    """
    earlier = months_before(day, 12)
    return end_of_month(earlier) if day == end_of_month(day) else earlier
