"""Monthly figures of the demonstration set: marked, with gaps, one department late, estimates apart."""

from datetime import date

from geoapp.demo.department_figures import department_figure_rows, task_update_rows
from geoapp.demo.recipe import read_recipe
from geoapp.resources import data_dir

RECIPE = read_recipe(data_dir())
ROWS = list(department_figure_rows(RECIPE))
MONTHS = {date(2024 + place // 12, place % 12 + 1, 1) for place in range(34)}


def months_of(indicator: str, kind: str = "actual") -> set[object]:
    """Months of which there is a figure."""
    return {row["month"] for row in ROWS if (row["indicator"], row["kind"]) == (indicator, kind)}


def test_34_months_are_there_but_for_those_that_are_missing() -> None:
    """November 2024 of the revenue was never reported."""
    assert {date(2024, 11, 1)} == MONTHS - months_of("revenue")


def test_one_department_is_late() -> None:
    """The last two months of the waste are not there."""
    assert {date(2026, 9, 1), date(2026, 10, 1)} <= MONTHS - months_of("waste_treated")


def test_the_last_month_waits_for_approval_and_has_an_estimate_beside_it() -> None:
    """Which is no actual figure."""
    last = date(2026, 10, 1)
    states = {row["state"] for row in ROWS if row["month"] == last and row["kind"] == "actual"}
    assert ({"submitted"}, {last}) == (states, months_of("revenue", "estimate"))


def test_a_share_is_what_its_parts_give() -> None:
    """To two decimals."""
    shares = [row for row in ROWS if row["denominator"] is not None]
    assert all(abs(100 * row["numerator"] / row["denominator"] - row["value"]) < 0.006 for row in shares)  # type: ignore[operator]
    assert shares


def test_what_is_told_of_tasks_says_that_it_is_made_up() -> None:
    """In every note."""
    assert all("minh họa" in str(row["note"]) for row in task_update_rows(RECIPE))
