"""Whether a report adds up: a total that is not the sum of its parts is found with its place."""

from dataclasses import replace

from geoapp.core.report_check import check_content
from geoapp.core.report_model import Content
from tests.report_sample import content


def changed(ref: str, value: float | None) -> Content:
    """The sample with another value of one figure."""
    made = content()
    figures = tuple(replace(one, value=value) if one.ref == ref else one for one in made.figures)
    return replace(made, figures=figures)


def test_a_report_that_adds_up_has_no_fault() -> None:
    """40 + 20.25 is 60.25; a part that is missing does not count."""
    assert () == check_content(content())


def test_a_total_that_is_not_the_sum_of_its_parts_is_told_with_table_row_and_column() -> None:
    """61.25 in place of 60.25; both tables of the sample hold the figure."""
    faults = [fault for fault in check_content(changed("1.T.1", 61.25)) if "total" in str(fault)]
    assert [("Bảng 1. Lấp đầy", "Tổng cộng", "Đã cho thuê")] == [(one.table, one.row, one.column) for one in faults[:1]]
    assert "the total is 61.25, its parts add up to 60.25" in str(faults[0])


def test_rounding_of_the_parts_is_no_fault() -> None:
    """Two parts and a total of two decimals may differ by 3 x 0.005."""
    assert () == check_content(changed("1.T.1", 60.26))


def test_more_than_the_rounding_of_the_parts_is_a_fault() -> None:
    """0.02 is more than 3 x 0.005."""
    assert check_content(changed("1.T.1", 60.27))


def test_a_share_that_its_parts_do_not_give_is_a_fault() -> None:
    """40 of 60 is 66.7 per cent, not 68."""
    told = [str(fault) for fault in check_content(changed("1.1.3", 68.0))]
    assert any("row “Khánh Phú”" in one and "Lấp đầy" in one and "the share is 68.0" in one for one in told)


def test_a_difference_that_its_columns_do_not_give_is_a_fault() -> None:
    """40 less 38 is 2, not 5."""
    told = [str(fault) for fault in check_content(changed("1.1.5", 5.0))]
    assert any("the difference is 5.0, its columns give 2.0" in one for one in told)


def test_a_cell_without_its_figure_is_a_fault() -> None:
    """A reference that leads nowhere must not be printed."""
    made = content()
    lost = replace(made, figures=tuple(one for one in made.figures if one.ref != "1.2.2"))
    assert any("no figure 1.2.2" in str(fault) for fault in check_content(lost))
