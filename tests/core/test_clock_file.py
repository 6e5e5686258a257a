"""Files of the legal clock: what is refused, with which field; what a portion takes from its project."""

import json
from typing import Any

import pytest

from geoapp.core.clock_file import parse_line


def fields_at_fault(line: str) -> list[str]:
    """The names of the fields that cannot be used."""
    file, faults = parse_line(line)
    assert (file is None) == bool(faults)
    return [fault.field for fault in faults]


@pytest.mark.parametrize(
    ("project", "field"),
    [
        ({"id": "a", "handover": "2025-01-01"}, "handover"),
        ({"id": "a", "handover_date": "2025-02-30"}, "handover_date"),
        ({"id": "a", "handover_date": "01/02/2025"}, "handover_date"),
        ({"id": "a", "handover_date": "2025-01-01T00:00"}, "handover_date"),
        ({"id": "a", "handover_date": "0025-01-01"}, "handover_date"),
        ({"id": "a", "handover_date": 20250101}, "handover_date"),
        ({"id": "a", "no_handover": True, "handover_date": "2025-01-01"}, "no_handover"),
        ({"id": "a", "construction_start_date": "2025-02-01", "all_items_complete_date": "2025-01-31"},
         "all_items_complete_date"),
        ({"id": "a", "progress_form": "year"}, "progress_form"),
        ({"id": "a", "progress_quarter": "2027-Q5"}, "progress_quarter"),
        ({"id": "a", "progress_months": 1.5}, "progress_months"),
        ({"id": "a", "progress_months": True}, "progress_months"),
        ({"id": "a", "no_handover": "yes"}, "no_handover"),
        ({"id": "a", "area_ha": -1}, "area_ha"),
        ({"id": "a", "area_ha": "12"}, "area_ha"),
        ({"id": "a", "special_regime": 3}, "special_regime"),
        ({"id": "a", "special_regime": "a\u0000b"}, "special_regime"),
        ({"id": "a", "fm_intervals": {}}, "fm_intervals"),
        ({"id": "a", "fm_intervals": [{"from": "2025-02-01", "to": "2025-01-01"}]}, "fm_intervals[0].to"),
        ({"id": "a", "delay_intervals": [{"from": "2025-02-01", "until": "2025-03-01"}]}, "delay_intervals[0].until"),
        ({"id": "a", "extension": [{}, {"ground": "36m"}]}, "extension[1].ground"),
        ({"id": "a", "extension": [{"months": 0}]}, "extension[0].months"),
        ({"id": "a", "extension": [{"start": "2026-02-01", "end": "2026-01-31"}]}, "extension[0].end"),
        ({"id": "a", "inspection": {"report": "2026-01-01"}}, "inspection.report"),
        ({"id": "a", "progress_adjustments": [{"decided": "soon"}]}, "progress_adjustments[0].decided"),
        ({"id": "a", "portions": [{"id": "A", "portions": []}]}, "portions[0].portions"),
        ({"id": "a", "portions": [{"id": "A"}, {"id": "A"}]}, "portions[1].id"),
        ({"id": "a", "portions": [{"area_ha": 1}]}, "portions[0].id"),
        ({"id": "a", "portions": [{"id": "project"}]}, "portions[0].id"),
        ({"id": ""}, "id"),
        ({"id": True}, "id"),
        ({}, "id"),
        ([], ""),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(project: Any, field: str) -> None:
    """A fault has the name of its field, down to the place in a list."""
    assert [field] == fields_at_fault(json.dumps(project))


@pytest.mark.parametrize("line", ["{", "nothing", '{"id": "a", "area_ha": NaN}', "[" * 100_000])
def test_what_is_no_json(line: str) -> None:
    """It is refused as a whole."""
    assert [""] == fields_at_fault(line)


def test_a_field_stated_twice_is_refused() -> None:
    """Nobody can tell which of the two is meant."""
    assert ["area_ha"] == fields_at_fault('{"id": "a", "area_ha": 1, "area_ha": 2}')


def test_all_faults_are_told() -> None:
    """One round of mending is enough."""
    project = {"handover_date": "x", "area_ha": "y", "portions": [{"id": "A", "area_ha": "z"}], "unknown": 1}
    assert ["id", "handover_date", "area_ha", "unknown", "portions[0].area_ha"] == fields_at_fault(json.dumps(project))


def unit(project: dict[str, Any], portion: dict[str, Any]) -> dict[str, Any]:
    """What is known of the only portion of a project."""
    file, faults = parse_line(json.dumps({"id": "p", **project, "portions": [{"id": "A", **portion}]}))
    assert file, faults
    return dict(file.units[0].fields)


def test_a_portion_takes_what_it_does_not_state() -> None:
    """Field by field, areas excepted."""
    project = {"special_regime": "biển", "land_basis": "lease", "area_ha": 5, "handover_area_ha": 4}
    assert {"special_regime": "biển", "land_basis": "transfer"} == unit(project, {"land_basis": "transfer"})


def test_null_in_a_portion_means_unknown() -> None:
    """It does not take the field of the project."""
    assert {} == unit({"special_regime": "biển"}, {"special_regime": None})


@pytest.mark.parametrize(
    ("project", "portion", "known"),
    [
        ({"handover_date": "2025-01-01", "handover_record_no": "1"}, {"no_handover": True}, {"no_handover": True}),
        ({"progress_form": "quarter", "progress_quarter": "2027-Q1", "progress_adjustments": [{"decided": None}]},
         {"progress_end_date": "2026-01-01"}, {"progress_end_date": "2026-01-01"}),
        ({"construction_start_date": "2025-01-01", "construction_start_evidence": "a"},
         {"construction_start_date": None}, {}),
        ({"all_items_complete_date": "2025-01-01", "all_items_complete_evidence": "a"},
         {"all_items_complete_evidence": "b"}, {"all_items_complete_evidence": "b"}),
    ],
)  # fmt: skip
def test_fields_that_belong_together_are_taken_together(
    project: dict[str, Any], portion: dict[str, Any], known: dict[str, Any]
) -> None:
    """A portion that states one of them takes none of the others."""
    assert known == unit(project, portion)
