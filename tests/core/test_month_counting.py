"""Counting in months."""

from datetime import date

import pytest
from sqlalchemy import Engine

from geoapp.core.months import end_of_month, month_ends, months_before


def test_the_last_month_ends_with_the_last_day() -> None:
    """A month that is not over ends where we stand; leap years are known."""
    assert [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 15)] == month_ends(date(2024, 2, 10), date(2024, 4, 15))


def test_months_before_the_first_there_are_none() -> None:
    """The other way round is nothing."""
    assert [] == month_ends(date(2024, 4, 1), date(2024, 3, 31))


def test_the_end_of_a_month() -> None:
    """Of February too."""
    assert date(2026, 2, 28) == end_of_month(date(2026, 2, 1))


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 3, 31), 1), (date(2026, 1, 15), 13), (date(2024, 2, 29), 12), (date(2026, 12, 31), 0)],
)
def test_months_are_counted_as_the_database_does(map_engine: Engine, day: date, months: int) -> None:
    """What is stale in one is stale in the other."""
    with map_engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT (%s::date - make_interval(months => %s))::date", (day, months))
        assert said.scalar_one() == months_before(day, months)
