"""The targets of the registry against the table that the reference wrote down from the plan."""

import csv
from pathlib import Path


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    """Rows by code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_values_and_directions_are_those_of_the_reference(data_folder: Path) -> None:
    """Every code, its value, and whether it is a floor."""
    reference = rows_of(data_folder / "reference/targets.csv")
    told = {"at_least": ">=", "equal": "="}
    registry = rows_of(data_folder / "registry/targets.csv")
    assert {code: (float(row["value"]), row["direction"]) for code, row in reference.items()} == {
        code: (float(row["value"]), told[row["direction"]]) for code, row in registry.items()
    }


def test_a_year_that_the_reference_does_not_have_is_no_year_of_the_plan(data_folder: Path) -> None:
    """It may be a reading, with its reason; it never stands as stated."""
    reference = rows_of(data_folder / "reference/targets.csv")
    for code, row in rows_of(data_folder / "registry/targets.csv").items():
        if not reference[code]["due"]:
            assert row["period_to"] == "", code
        assert bool(row["reading_to"]) == bool(row["reading_vi"]), code


def test_a_department_that_the_plan_does_not_name_is_empty_or_a_reading(data_folder: Path) -> None:
    """As the reference has it."""
    reference = rows_of(data_folder / "reference/targets.csv")
    for code, row in rows_of(data_folder / "registry/targets.csv").items():
        assert row["department"] == reference[code]["responsible_dept"], code
        if "inferred" in reference[code]["scope"] and "department inferred" in reference[code]["scope"]:
            assert row["department_basis"] == "reading", code
