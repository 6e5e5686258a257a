"""The periods of reports."""

from datetime import date

import pytest

from geoapp.core.report_model import ReportKind
from geoapp.core.report_period import period_of, year_earlier


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "number"),
    [
        (ReportKind.MONTH, date(2024, 2, 10), date(2024, 2, 1), date(2024, 2, 29), "02"),
        (ReportKind.MONTH, date(2026, 10, 31), date(2026, 10, 1), date(2026, 10, 31), "10"),
        (ReportKind.QUARTER, date(2026, 8, 20), date(2026, 7, 1), date(2026, 9, 30), "III"),
        (ReportKind.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31), "IV"),
        (ReportKind.YEAR, date(2026, 5, 5), date(2026, 1, 1), date(2026, 12, 31), ""),
    ],
)
def test_a_period_holds_whole_months(kind: ReportKind, day: date, first: date, last: date, number: str) -> None:
    """From its first to its last day, with the number it goes by."""
    period = period_of(kind, day)
    assert (first, last, number) == (period.first, period.last, period.number)


def test_the_period_before_and_the_same_one_last_year_are_whole_too() -> None:
    """Before the first quarter of 2026 is the fourth of 2025."""
    period = period_of(ReportKind.QUARTER, date(2026, 2, 1))
    assert date(2025, 10, 1) == period.before.first
    assert (date(2025, 1, 1), date(2025, 3, 31)) == (period.year_before.first, period.year_before.last)


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2026, 11, 27), date(2025, 11, 27)),
    ],
)
def test_a_year_earlier_the_end_of_a_month_stays_the_end(day: date, earlier: date) -> None:
    """The last day of February is the last day of February."""
    assert earlier == year_earlier(day)
