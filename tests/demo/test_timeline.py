"""Histories: states from their first days on, and the versions they become."""

from datetime import date

import pytest

from geoapp.demo.timeline import History, between, month_ends, quarter_starts

HISTORY = History(
    "field",
    ((date(2023, 5, 1), "site"), (date(2024, 3, 1), "works"), (date(2024, 3, 1), "hall"), (date(2024, 9, 1), "hall")),
)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 4, 30), "field"),
        (date(2023, 5, 1), "site"),
        (date(2024, 2, 29), "site"),
        (date(2024, 3, 1), "hall"),
        (date(2030, 1, 1), "hall"),
    ],
)
def test_a_state_holds_from_its_day_on(day: date, state: str) -> None:
    """The day itself belongs to the new state."""
    assert state == HISTORY.at(day)


def test_versions_begin_with_what_holds_on_the_first_day() -> None:
    """What came before is told as of the first day; a state that stays the same is told once."""
    assert [(date(2024, 1, 1), "site"), (date(2024, 3, 1), "hall")] == HISTORY.versions(
        date(2024, 1, 1), date(2024, 12, 31)
    )


def test_versions_end_with_the_last_day() -> None:
    """What comes after the last day is not told."""
    assert [(date(2024, 1, 1), "site")] == HISTORY.versions(date(2024, 1, 1), date(2024, 2, 29))


def test_month_ends_know_leap_years_and_leave_an_unfinished_month_out() -> None:
    """29/02/2024 is a month's end; October is not told on the 30th."""
    assert [date(2024, 2, 29), date(2024, 3, 31)] == month_ends(date(2024, 2, 1), date(2024, 4, 29))
    assert date(2026, 9, 30) == month_ends(date(2024, 1, 1), date(2026, 10, 30))[-1]


def test_quarters_start_four_times_a_year() -> None:
    """Both ends count."""
    expected = [date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1), date(2025, 1, 1)]
    assert expected == quarter_starts(date(2024, 1, 2), date(2025, 1, 1))


def test_half_way_between_two_days() -> None:
    """Ten days apart: five days later."""
    assert date(2024, 1, 6) == between(date(2024, 1, 1), date(2024, 1, 11), 0.5)
