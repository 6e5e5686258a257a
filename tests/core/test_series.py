"""Pace and forecast on series that can be reckoned on paper."""

from datetime import date, timedelta

import pytest

from geoapp.core.series import MONTH_DAYS, Ahead, Goal, Pace, Point, Reach, forecast, goal, latest, pace_of

START = date(2026, 1, 1)


def series(*values: float, step: int = 30) -> list[Point]:
    """Values every so many days."""
    return [Point(START + timedelta(days=step * i), value) for i, value in enumerate(values)]


def per_month(per_step: float, step: int = 30) -> float:
    """A slope per step as one per month."""
    return pytest.approx(per_step / step * MONTH_DAYS)  # type: ignore[no-any-return]


def test_a_straight_line_has_its_own_slope() -> None:
    """Every pair has the slope 2 a step, so the interval is as narrow."""
    assert Pace(per_month(2), per_month(2), per_month(2), 6) == pace_of(series(0, 2, 4, 6, 8, 10))


def test_one_wrong_month_does_not_turn_the_pace() -> None:
    """0, 1, 2, 30, 4: of ten slopes six are 1, -26, 28, 14.5, 9.67; sorted, the two in the middle are 1 and 1."""
    found = pace_of(series(0, 1, 2, 30, 4))
    assert found is not None
    assert per_month(1) == found.per_month


def test_the_interval_is_that_of_the_ranks() -> None:
    """0, 1, 3: slopes 1, 1.5, 2; variance 3*2*11/18 = 3.67, half 1.645*1.915 = 3.15: from the first to the last."""
    assert Pace(per_month(1.5), per_month(1), per_month(2), 3) == pace_of(series(0, 1, 3))


def test_the_interval_leaves_out_the_outermost_slopes() -> None:
    """Squares 0 to 36: the slope of i and j is i + j, so 1, 2, 3, 3, 4, 4, 5 to 7 three times each, 8, 8, 9, 9, 10, 11.

    The middle is 6. Variance 7*6*19/18 = 44.33, half 1.645*6.658 = 10.95: ranks round(5.02) - 1 = 4, round(15.98) = 16.
    """
    found = pace_of(series(0, 1, 4, 9, 16, 25, 36))
    assert Pace(per_month(6), per_month(4), per_month(8), 7) == found


def test_equal_values_narrow_the_interval() -> None:
    """Nothing moved: slope 0 and no doubt about it."""
    assert Pace(0, 0, 0, 6) == pace_of(series(5, 5, 5, 5, 5, 5))


def test_two_figures_of_one_day_make_no_slope() -> None:
    """No pair has a distance in time, so there is no pace."""
    assert None is pace_of([Point(START, 1), Point(START, 2)])


def test_only_the_last_twelve_months_count() -> None:
    """Of 34 ends of months those of the last year, twelve."""
    ends = [date(2024 + m // 12, m % 12 + 1, 28) for m in range(34)]
    recent = latest([Point(day, 0) for day in ends])
    assert (12, date(2025, 11, 28), date(2026, 10, 28)) == (len(recent), recent[0].day, recent[-1].day)


def test_nothing_has_no_last_months() -> None:
    """An empty series stays empty."""
    assert [] == latest([])


@pytest.mark.parametrize("count", [0, 1, 5])
def test_under_six_points_there_is_no_forecast(count: int) -> None:
    """Too little is said to be too little."""
    assert None is forecast(series(*range(count)), [date(2027, 1, 1)])


def test_a_forecast_goes_on_from_the_last_figure() -> None:
    """10 a step from 50 at the fifth step: 60 one step later, 70 two later."""
    found = forecast(series(0, 10, 20, 30, 40, 50), [START + timedelta(days=180), START + timedelta(days=210)])
    assert found is not None
    assert [60, 70] == [pytest.approx(ahead.value) for ahead in found.ahead]


def test_a_forecast_stays_within_its_limits() -> None:
    """A share is never more than 100 nor less than 0, whichever way it goes."""
    far = START + timedelta(days=1000)
    rising = forecast(series(50, 60, 70, 80, 90, 99), [far])
    falling = forecast(series(60, 50, 40, 30, 20, 10), [far])
    assert rising is not None
    assert falling is not None
    assert [Ahead(far, 100, 100, 100), Ahead(far, 0, 0, 0)] == [rising.ahead[0], falling.ahead[0]]


def test_a_flow_has_no_upper_limit() -> None:
    """100 a step from 500, ten steps later: 1500."""
    found = forecast(series(0, 100, 200, 300, 400, 500), [START + timedelta(days=450)], upper=None)
    assert found is not None
    assert 1500 == pytest.approx(found.ahead[0].value)


def test_days_before_the_last_figure_are_not_forecast() -> None:
    """What is known is not foretold."""
    found = forecast(series(0, 1, 2, 3, 4, 5), [START, START + timedelta(days=150)])
    assert found is not None
    assert [] == found.ahead


@pytest.mark.parametrize(
    ("value", "pace", "expected"),
    [
        (80, 1.0, Goal(80, Reach.AHEAD, START + timedelta(days=round(20 * MONTH_DAYS)))),
        (60, 1.0, Goal(60, Reach.REACHED, START)),
        (80, 0.0, Goal(80, Reach.NEVER, None)),
        (80, -0.5, Goal(80, Reach.NEVER, None)),
        (80, 20 / 120, Goal(80, Reach.AHEAD, START + timedelta(days=round(120 * MONTH_DAYS)))),
        (80, 20 / 121, Goal(80, Reach.FAR, None)),
    ],
)
def test_when_a_goal_is_reached(value: float, pace: float, expected: Goal) -> None:
    """From 60 at one point a month, 80 is 20 months away; at no pace it is never; over ten years is not told."""
    assert expected == goal(Point(START, 60), pace, value)
