"""When reports are due next, by both readings of "before"."""

from datetime import date

import pytest

from geoapp.core.plan_kinds import ReportEvery
from geoapp.core.report_calendar import due_dates

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("every", "month", "before_day", "told"),
    [
        (ReportEvery.QUARTER, None, 15, (date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 15), date(2027, 1, 14))),
        (ReportEvery.YEAR, 4, 10, (date(2026, 1, 1), date(2026, 12, 31), date(2027, 4, 10), date(2027, 4, 9))),
        (ReportEvery.HALF_YEAR, 12, 5, (date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 5), date(2026, 12, 4))),
        (ReportEvery.HALF_YEAR, 6, 5, (date(2027, 1, 1), date(2027, 6, 30), date(2027, 6, 5), date(2027, 6, 4))),
        (ReportEvery.MONTH, None, 31, (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 30), date(2026, 11, 29))),
    ],
)
def test_the_next_report_has_its_period_and_both_days(
    every: ReportEvery, month: int | None, before_day: int, told: tuple[date, date, date, date]
) -> None:
    """First and last day of the period, the day of the text, and the day before it."""
    found = next(due_dates(every, month, before_day, TODAY))
    assert told == (found.first, found.last, found.before, found.latest)


def test_on_the_day_of_the_text_the_report_is_still_the_next_one() -> None:
    """By the wider reading it may be handed in on that day."""
    assert date(2026, 10, 15) == next(due_dates(ReportEvery.QUARTER, None, 15, date(2026, 10, 15))).before


def test_a_report_on_a_day_is_due_on_that_day() -> None:
    """20 January means 20 January."""
    found = next(due_dates(ReportEvery.YEAR, 1, 20, TODAY, on_day=True))
    assert date(2027, 1, 20) == found.before == found.latest
