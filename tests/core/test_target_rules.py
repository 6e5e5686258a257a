"""The rules by which targets are judged, with figures that can be checked on paper."""

from datetime import date

import pytest

from geoapp.core.plan_kinds import TargetStanding
from geoapp.core.series import Point
from geoapp.core.target_model import DueBasis, TargetForecast, TargetPeriod
from geoapp.core.target_rules import expect, is_late, months_between, pace_needed, quarters_between, standing_of

DUE = date(2026, 12, 31)
NOW = date(2026, 9, 30)


def ahead(low: float, high: float, day: date = DUE) -> TargetForecast:
    """A forecast with this interval."""
    return TargetForecast(day, (low + high) / 2, low, high, 1, 12, None)


@pytest.mark.parametrize(
    ("held", "forecast", "standing"),
    [
        (100.0, None, TargetStanding.REACHED),
        (120.0, ahead(0, 1), TargetStanding.REACHED),
        (80.0, ahead(100, 110), TargetStanding.ON_TRACK),
        (80.0, ahead(90, 101), TargetStanding.AT_RISK),
        (80.0, ahead(90, 99), TargetStanding.BEHIND),
        (80.0, None, TargetStanding.UNKNOWN),
        (None, ahead(200, 300), TargetStanding.UNKNOWN),
    ],
)
def test_a_target_stands_by_its_figure_and_its_forecast(
    held: float | None, forecast: TargetForecast | None, standing: TargetStanding
) -> None:
    """Reached, on track by the low end, behind by the high end, at risk between; nothing is judged without figures."""
    assert standing is standing_of(held, 100, DUE, NOW, forecast)


def test_above_the_upper_end_of_a_range_is_no_failure() -> None:
    """95 per cent against the upper end 90 is reached."""
    assert TargetStanding.REACHED is standing_of(95, 90, None, NOW, None)


def test_without_a_year_nothing_is_judged() -> None:
    """A forecast a year ahead says nothing of a target whose year nobody states."""
    assert TargetStanding.UNKNOWN is standing_of(50, 80, None, NOW, ahead(90, 95, date(2027, 9, 30)))


def test_after_the_last_day_a_target_that_was_missed_is_behind() -> None:
    """Whatever a forecast would say."""
    assert TargetStanding.BEHIND is standing_of(99, 100, DUE, date(2027, 1, 1), ahead(100, 110))


def test_pace_needed_is_what_lacks_over_the_months_left() -> None:
    """380 of 500 at the end of September, due at the end of December: 40 in each of three months."""
    found = pace_needed(380, 500, NOW, DUE)
    assert found is not None
    assert (40.0, 3.0, DUE) == (found.per_month, found.months_left, found.until)


@pytest.mark.parametrize(("held", "until"), [(500.0, DUE), (380.0, None), (380.0, NOW)])
def test_no_pace_is_needed_where_it_is_reached_over_or_undated(held: float, until: date | None) -> None:
    """Reached; no year; the last day is here."""
    assert pace_needed(held, 500, NOW, until) is None


def test_a_sum_that_grows_by_ten_is_expected_thirty_higher_in_three_months() -> None:
    """Twelve months of 10 each: 120 in September is 150 in December, with no width."""
    days = [date(2025, month, 28) for month in (10, 11, 12)] + [date(2026, month, 28) for month in range(1, 10)]
    points = [Point(day, 10.0 * place) for place, day in enumerate(days, start=1)]
    found = expect(points, 150, TargetPeriod(date(2026, 1, 1), DUE, DueBasis.STATED), upper=None)
    assert found is not None
    assert found.value == pytest.approx(150, abs=1.5)


def test_a_forecast_without_a_year_is_for_a_year_ahead() -> None:
    """The last figure is of the end of September 2026."""
    points = [Point(date(2026, month, 28), month) for month in range(1, 10)]
    found = expect(points, 80, TargetPeriod(None, None, DueBasis.UNKNOWN), upper=100)
    assert found is not None
    assert date(2027, 9, 30) == found.day


def test_months_between_ends_of_months_are_whole() -> None:
    """February counts as one month, like any other."""
    assert 3.0 == months_between(date(2026, 1, 31), date(2026, 4, 30))
    assert 17.0 == quarters_between(date(2026, 9, 30), date(2030, 12, 31))


@pytest.mark.parametrize(("day", "late"), [(date(2026, 10, 9), False), (date(2026, 10, 10), True)])
def test_figures_due_before_the_tenth_are_late_on_the_tenth(day: date, *, late: bool) -> None:
    """September is due before 10 October."""
    assert late is is_late(date(2026, 9, 1), 10, day)
