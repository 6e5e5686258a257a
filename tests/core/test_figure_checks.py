"""What is refused of monthly figures, with its place; and numbers in two conventions."""

from datetime import date

import pytest

from geoapp.core.figure_checks import Fault, FigureRule, Known, Typed, check_month, check_rows
from geoapp.core.figure_numbers import Convention, NumberFault, parse_number
from geoapp.core.plan_kinds import FigureKind

VI, EN = Convention.VI, Convention.EN
MONTH = date(2026, 10, 1)
KNOWN = Known(
    {
        "revenue": FigureRule("revenue", frozenset({"tỷ đồng"}), False, True, 2),
        "online": FigureRule("online", frozenset({"%"}), True, False, 1.3),
    },
    frozenset({"waste"}),
    {"kcn khánh phú": "khanh-phu"},
    {("revenue", None): (45000.0, date(2026, 9, 1))},
)


@pytest.mark.parametrize(
    ("typed", "convention", "number"),
    [
        ("508.619", VI, 508619.0), ("508.619", EN, 508.619), ("1.234,5", VI, 1234.5), ("1,234.5", EN, 1234.5),
        ("85,5", VI, 85.5), ("3.424.670", VI, 3424670.0), ("12", VI, 12.0), (12.5, VI, 12.5),
        ("85.5", VI, NumberFault.OTHER_CONVENTION), ("1,234.5", VI, NumberFault.OTHER_CONVENTION),
        ("1.234,5", EN, NumberFault.OTHER_CONVENTION), ("12 nghìn", VI, NumberFault.NOT_A_NUMBER),
        ("-5", VI, NumberFault.NEGATIVE), (float("nan"), VI, NumberFault.NOT_A_NUMBER),
        ("9999999999999", VI, NumberFault.TOO_LARGE),
        pytest.param(10**400, VI, NumberFault.TOO_LARGE, id="400 digits"),
        pytest.param(-(10**400), VI, NumberFault.NEGATIVE, id="400 digits below zero"),
        ("1e5", VI, NumberFault.NOT_A_NUMBER), ("٣", VI, NumberFault.NOT_A_NUMBER),
    ],
)  # fmt: skip
def test_a_number_is_read_by_the_convention_of_its_file(
    typed: str | float, convention: Convention, number: float | NumberFault
) -> None:
    """A lone group after a dot is decided by the file, not by the cell."""
    assert number == parse_number(typed, convention)


def faults_of(*rows: Typed) -> list[tuple[str, str, str]]:
    """Place, field and kind of every fault."""
    return [(one.place, one.field, one.kind) for one in check_rows(rows, KNOWN, VI, MONTH)[1]]


@pytest.mark.parametrize(
    ("row", "field", "kind"),
    [
        (Typed("8", "doanh-thu", numbers={"value": "1"}), "indicator", "unknown_indicator"),
        (Typed("8", "waste", numbers={"value": "1"}), "indicator", "other_department"),
        (Typed("8", "revenue", "KCN Không Có", numbers={"value": "46.000"}), "park", "unknown_park"),
        (Typed("8", "online", "KCN Khánh Phú", numbers={"numerator": "1", "denominator": "2"}), "park", "not_by_park"),
        (Typed("8", "revenue", unit="triệu đồng", numbers={"value": "46.000"}), "unit", "wrong_unit"),
        (Typed("8", "revenue", numbers={"value": "46,000.5"}), "value", "other_convention"),
        (Typed("8", "revenue", numbers={"value": "khoảng 46.000"}), "value", "not_a_number"),
        (Typed("8", "online", numbers={"numerator": "5"}), "denominator", "part_missing"),
        (Typed("8", "online", numbers={"numerator": "5", "denominator": "4"}), "numerator", "over_whole"),
        (Typed("8", "online", numbers={"numerator": "0", "denominator": "0"}), "numerator", "over_whole"),
        (Typed("8", "revenue", numbers={"value": "46.000", "numerator": "3"}), "numerator", "extra_number"),
        (Typed("8", "revenue", numbers={"value": "46"}), "remark", "jump"),
    ],
)
def test_a_refusal_names_row_field_and_reason(row: Typed, field: str, kind: str) -> None:
    """One fault, where it is."""
    assert [("8", field, kind)] == faults_of(row)


def test_a_jump_with_a_remark_is_taken() -> None:
    """Somebody has looked at it and says why."""
    entries, faults = check_rows([Typed("8", "revenue", numbers={"value": "46"}, remark="mất điện")], KNOWN, VI, MONTH)
    assert ([46.0], []) == ([one.value for one in entries], faults)


def test_the_same_figure_twice_is_a_duplicate() -> None:
    """The second row is told, with the place of the first."""
    rows = [Typed(place, "revenue", numbers={"value": "46.000"}) for place in ("8", "9")]
    _, faults = check_rows(rows, KNOWN, VI, MONTH)
    assert [("9", "duplicate", "8")] == [(one.place, one.kind, one.expected) for one in faults]


def test_a_row_without_numbers_is_no_fault_and_no_figure() -> None:
    """Empty means not known; it is never 0."""
    assert ([], []) == check_rows([Typed("8", "revenue")], KNOWN, VI, MONTH)


@pytest.mark.parametrize(
    ("month", "kind", "fault"),
    [
        (date(2026, 10, 1), FigureKind.ACTUAL, None),
        (date(2026, 11, 1), FigureKind.ACTUAL, "month_not_over"),
        (date(2026, 11, 1), FigureKind.ESTIMATE, None),
        (date(2026, 10, 1), FigureKind.ESTIMATE, "month_over"),
        (date(2026, 12, 1), FigureKind.ESTIMATE, "future_month"),
        (date(2027, 1, 1), FigureKind.ACTUAL, "future_month"),
    ],
)
def test_actual_figures_are_of_months_that_are_over(month: date, kind: FigureKind, fault: str | None) -> None:
    """On 27/11/2026: October is over, November runs, December has not come."""
    found: Fault | None = check_month(month, kind, date(2026, 11, 27))
    assert fault == (found.kind if found else None)
