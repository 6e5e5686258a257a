"""Months put together: sums, means, shares, and what is missing."""

from datetime import date

import pytest

from geoapp.core.monthly_figures import MonthFigure, running_total, together


def month(number: int, value: float, parts: tuple[float, float] | None = None, year: int = 2026) -> MonthFigure:
    """An approved figure."""
    numerator, denominator = parts or (None, None)
    return MonthFigure(number, date(year, number, 1), value, numerator, denominator, "official", "x")


def figures(*months: MonthFigure) -> dict[date, MonthFigure]:
    """By month."""
    return {one.month: one for one in months}


FIRST, LAST = date(2026, 1, 1), date(2026, 3, 1)


def test_a_month_that_nobody_reported_is_named_and_not_made_up() -> None:
    """40 + 41 without March is 81, with March missing."""
    found = together(figures(month(1, 40), month(2, 41)), "sum", FIRST, LAST)
    assert found is not None
    assert (81.0, (date(2026, 3, 1),), date(2026, 3, 31)) == (found.value, found.missing_months, found.day)


@pytest.mark.parametrize(("how", "value"), [("sum", 120.0), ("mean", 40.0), ("last", 41.0)])
def test_months_are_put_together_as_the_indicator_says(how: str, value: float) -> None:
    """39, 40 and 41."""
    found = together(figures(month(1, 39), month(2, 40), month(3, 41)), how, FIRST, LAST)
    assert found is not None
    assert value == found.value


def test_a_share_over_months_is_sum_over_sum() -> None:
    """1 of 2 and 9 of 10 are 10 of 12, not 70 per cent."""
    found = together(figures(month(1, 50, (1, 2)), month(2, 90, (9, 10))), "share", FIRST, date(2026, 2, 1))
    assert found is not None
    assert (pytest.approx(100 * 10 / 12), 10, 12) == (found.value, found.numerator, found.denominator)


def test_nothing_reported_is_no_figure() -> None:
    """Not nought."""
    assert together({}, "sum", FIRST, LAST) is None


def test_the_running_total_ends_at_the_last_missing_month() -> None:
    """December is missing: the total is known from the end of December on only."""
    known = figures(month(1, 10), month(2, 20), month(3, 30), month(11, 99, year=2025))
    assert [
        (date(2025, 12, 31), 0.0),
        (date(2026, 1, 31), 10.0),
        (date(2026, 2, 28), 30.0),
        (date(2026, 3, 31), 60.0),
    ] == [(point.day, point.value) for point in running_total(known, known[LAST], 60)]
