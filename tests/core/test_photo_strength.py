"""What makes a photo weaker is told by name."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geoapp.core.photo_strength import PhotoFit, weaknesses_of

WHOLE = PhotoFit(
    distance_m=12,
    heading_deg=90,
    heading_off_deg=10,
    taken_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
    observed_on=date(2026, 11, 20),
    arrived_at=datetime(2026, 11, 21, tzinfo=UTC),
)


def test_a_whole_photo_has_no_weakness() -> None:
    """Place, time and heading are there and fit."""
    assert () == weaknesses_of(WHOLE)


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ("no_position", {"distance_m": None}),
        ("far", {"distance_m": 200.1}),
        ("no_time", {"taken_at": None}),
        ("other_day", {"taken_at": datetime(2026, 11, 19, 16, 59, tzinfo=UTC)}),
        ("after_arrival", {"taken_at": datetime(2026, 11, 21, 0, 11, tzinfo=UTC)}),
        ("no_heading", {"heading_deg": None, "heading_off_deg": None}),
        ("turned_away", {"heading_off_deg": 35.1}),
    ],
)
def test_each_weakness_is_told(told: str, change: dict[str, object]) -> None:
    """One change, one word."""
    assert (told,) == weaknesses_of(replace(WHOLE, **change))  # type: ignore[arg-type]


def test_the_day_is_that_of_viet_nam() -> None:
    """17:00 UTC on the 19th is the 20th there."""
    assert () == weaknesses_of(replace(WHOLE, taken_at=datetime(2026, 11, 19, 17, tzinfo=UTC)))


def test_without_a_heading_nothing_is_said_of_where_it_looked() -> None:
    """A place without a heading is not turned away."""
    assert ("no_heading",) == weaknesses_of(replace(WHOLE, heading_deg=None, heading_off_deg=None))
