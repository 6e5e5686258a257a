"""The fifteen worked cases of the reference, section 1.7."""

from collections.abc import Callable
from typing import Any

import pytest

Evaluate = Callable[[dict[str, Any], str], dict[str, Any]]
LATE = {
    "handover_date": "2023-01-10",
    "construction_start_date": "2023-03-01",
    "construction_start_evidence": "biên bản",
    "progress_end_date": "2024-06-30",
    "area_ha": 12.0,
    "handover_area_ha": 10.0,
}
FAR = {"progress_end_date": "2028-12-31"}
FOUND = {"handover_date": "2023-01-10", "progress_end_date": "2024-01-31", "inspection": {"report_date": "2026-08-20"}}


def told(unit: dict[str, Any], *names: str) -> list[Any]:
    """Some dates of an answer."""
    return [unit["dates"][name] for name in names]


@pytest.mark.parametrize(
    ("handover", "deadline", "last", "first"),
    [
        pytest.param("2025-03-10", "2026-03-10", "2026-03-10", "2026-03-11", id="1"),
        pytest.param("2024-02-29", "2025-02-28", "2025-02-28", "2025-03-01", id="2"),
        pytest.param("2025-03-31", "2026-03-31", "2026-03-31", "2026-04-01", id="3"),
        pytest.param("2025-11-21", "2026-11-21", "2026-11-23", "2026-11-24", id="4"),
    ],
)
def test_twelve_months_unused(evaluate: Evaluate, handover: str, deadline: str, last: str, first: str) -> None:
    """Cases 1-4: the deadline is shown without the shift, the violation opens on the day after the shifted one."""
    file = {"handover_date": handover, **FAR}
    before, after = evaluate(file, last), evaluate(file, first)
    assert [deadline, last] == told(after, "d12", "d12_shifted")
    assert ("ON_TRACK", "UNUSED_12M") == (before["state"], after["state"])
    assert [("UNUSED_12M", first, None)] == [(v["state"], v["from"], v["to"]) for v in after["violations"]]


@pytest.mark.parametrize(("months", "ends"), [(12, "2027-06-30"), (24, "2028-06-30")])
def test_extension_from_month_25(evaluate: Evaluate, months: int, ends: str) -> None:
    """Case 5: D24 is 30/06/2026, month 25 begins 01/07/2026, the extension ends 12 or 24 months on."""
    extension = {"no": "1", "date": "2026-07-15", "ground": "24m", "start": "2026-07-01", "months": months}
    unit = evaluate({**LATE, "extension": [extension]}, "2026-08-01")
    assert ["2026-06-30", "2026-07-01", ends] == told(unit, "d24", "month25", "extension_end")
    assert "EXT_RUNNING" == unit["state"]


def test_leap_day_of_the_progress(evaluate: Evaluate) -> None:
    """Case 6: D24 is Saturday 28/02/2026, shifted to Monday; 24 months of extension end on 29/02/2028."""
    file = {**LATE, "progress_end_date": "2024-02-29"}
    extended = {**file, "extension": [{"no": "1", "date": "2026-03-01", "ground": "24m", "months": 24}]}
    unit = evaluate(file, "2026-03-03")
    assert ["2026-02-28", "2026-03-02", "2026-03-01"] == told(unit, "d24", "d24_shifted", "month25")
    assert ("LATE_UNDER_24M", "LATE_24M") == (evaluate(file, "2026-03-02")["state"], unit["state"])
    assert ["2028-02-29"] == told(evaluate(extended, "2026-03-03"), "extension_end")


@pytest.mark.parametrize(
    ("decided", "months", "ends"), [("2026-09-10", 24, "2028-09-10"), ("2026-08-31", 18, "2028-02-29")]
)
def test_extension_found_by_a_check(evaluate: Evaluate, decided: str, months: int, ends: str) -> None:
    """Case 7: found late by a check, so it runs from the day of the decision."""
    extension = {"no": "1", "date": decided, "ground": "24m", "months": months}
    assert [ends] == told(evaluate({**FOUND, "extension": [extension]}, "2026-11-22"), "extension_end")


def test_force_majeure_lengthens_an_extension(evaluate: Evaluate) -> None:
    """Case 8: two overlapping intervals are 39 days together."""
    extension = {"no": "1", "date": "2026-09-10", "ground": "24m", "months": 24}
    intervals = [
        {"from": "2026-09-07", "to": "2026-09-30", "document": "a", "decided_by": "chairman"},
        {"from": "2026-09-20", "to": "2026-10-15", "document": "b", "decided_by": "chairman"},
    ]
    unit = evaluate({**FOUND, "extension": [extension], "fm_intervals": intervals}, "2026-11-22")
    assert ["2028-09-10", "2028-10-19"] == told(unit, "extension_end", "effective_end")


def test_begun_in_time(evaluate: Evaluate) -> None:
    """Case 9: neither test; on track."""
    file = {
        "handover_date": "2025-06-01",
        "construction_start_date": "2025-11-01",
        "construction_start_evidence": "ảnh",
        "progress_end_date": "2028-06-30",
    }
    assert "ON_TRACK" == evaluate(file, "2026-11-22")["state"]


def test_not_all_works_at_the_end_of_an_extension(evaluate: Evaluate) -> None:
    """Case 10: to have begun is not enough when the extension ends."""
    file = {
        "handover_date": "2023-06-01",
        "construction_start_date": "2025-01-01",
        "construction_start_evidence": "ảnh, 80 %",
        "progress_end_date": "2025-12-31",
        "extension": [{"no": "1", "date": "2024-06-10", "ground": "12m", "months": 24, "end": "2026-06-01"}],
    }
    assert ("EXT_RUNNING", "EXT_EXPIRED") == (
        evaluate(file, "2026-06-01")["state"],
        evaluate(file, "2026-06-02")["state"],
    )


def test_no_record_of_the_handover(evaluate: Evaluate) -> None:
    """Case 11: known that there was none: no clock; else a gap that names the field."""
    file = {"allocation_decision_date": "2023-05-01", **FAR}
    gap = evaluate(file, "2026-11-22")
    assert ("DATA_GAP", ["handover_date"]) == (gap["state"], gap["missing"])
    assert "NO_CLOCK" == evaluate({**file, "no_handover": True}, "2026-11-22")["state"]


def test_twenty_four_months_late(evaluate: Evaluate) -> None:
    """Case 12: progress end 31/12/2023, late from 01/01/2026 on, though that is a holiday."""
    file = {**LATE, "progress_end_date": "2023-12-31"}
    unit = evaluate(file, "2026-01-01")
    assert ["2025-12-31"] == told(unit, "d24")
    assert ("LATE_UNDER_24M", "LATE_24M") == (evaluate(file, "2025-12-31")["state"], unit["state"])


def test_force_majeure_before_d24(evaluate: Evaluate) -> None:
    """Case 13: 30 decided days: HOLD between the two dates, a violation after both."""
    interval = {"from": "2025-04-01", "to": "2025-04-30", "document": "QĐ", "decided_by": "chairman"}
    file = {**LATE, "fm_intervals": [interval]}
    assert ["2026-06-30", "2026-07-30"] == told(evaluate(file, "2026-07-15"), "d24", "d24_fm")
    assert "HOLD" == evaluate(file, "2026-07-15")["state"]
    assert ("HOLD", "LATE_24M") == (evaluate(file, "2026-07-30")["state"], evaluate(file, "2026-07-31")["state"])


def test_complete_but_late(evaluate: Evaluate) -> None:
    """Case 14: a violation from 01/07/2026 to the day of completion stays on record."""
    file = {**LATE, "all_items_complete_date": "2026-08-10", "all_items_complete_evidence": "biên bản"}
    unit = evaluate(file, "2026-11-22")
    assert "COMPLETE_LATE" == unit["state"]
    assert [("LATE_24M", "2026-07-01", "2026-08-10")] == [(v["state"], v["from"], v["to"]) for v in unit["violations"]]


def test_portions_by_themselves(evaluate: Evaluate) -> None:
    """Case 15: A complete, B late: the area in violation is that of B."""
    done = {"all_items_complete_date": "2024-05-01", "all_items_complete_evidence": "biên bản"}
    file = {**LATE, "portions": [{"id": "A", "area_ha": 5.0, **done}, {"id": "B", "area_ha": 7.5}]}
    answer = evaluate(file, "2026-11-22")
    assert ["COMPLETE", "LATE_24M"] == [unit["state"] for unit in answer["units"]]
    assert [0, 7.5, 7.5] == [
        *(unit["area_in_violation_ha"] for unit in answer["units"]),
        answer["area_in_violation_ha"],
    ]
