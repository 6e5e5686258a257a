"""Two contents held against each other, and what of a report is open to whom; all can be seen on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geoapp.core.report_differences import compare_contents
from geoapp.core.report_model import (
    Annex,
    Cell,
    Column,
    Content,
    Figure,
    Piece,
    ReportKind,
    Row,
    RowId,
    Section,
    Table,
    TableAt,
    Text,
)
from geoapp.core.report_open_part import open_part
from geoapp.core.report_period_name import name_period, parse_period
from geoapp.errors import InvalidRequest

DAY = date(2026, 10, 31)
ONE = Figure("B.01", "Lấp đầy", 46.7, "%", 1, rows=(RowId("observation", "1"), RowId("observation", "2")), link="/a")
SECRET = Figure("III.1.2", "Diện tích", 4.0, "ha", 1, rows=(RowId("land_unit", "cham/project"),))
LAND = Table("slow_land", "Đất", "", (Column("area", "ha"),), (Row("1", (Cell(ref="III.1.2"),)),))
CONTENT = Content(
    kind=ReportKind.MONTH, first=date(2026, 10, 1), last=DAY, as_of=DAY, known_at=datetime(2026, 11, 1, tzinfo=UTC),
    language="vi", subject="s", period="p", figures=(ONE, SECRET),
    sections=(Section("a", 1, "I.", "Kết quả", (Text((Piece("Đạt "), Piece(ref="B.01"))),)),), tables=(LAND,),
    annexes=(Annex("slow_land", "I", "Danh sách", (TableAt("slow_land"),)),), charts=(), maps=(), sources=(), notes=(),
)  # fmt: skip


def test_what_is_the_same_agrees() -> None:
    """Also where it is known otherwise when, and its addresses say so."""
    later = replace(CONTENT, known_at=datetime(2026, 12, 1, tzinfo=UTC), figures=(replace(ONE, link="/b"), SECRET))
    assert compare_contents(CONTENT, later).agrees


def test_another_value_is_named_with_the_rows_that_went_and_came() -> None:
    """Row 2 went, row 3 came in its place."""
    other = replace(ONE, value=53.3, rows=(RowId("observation", "1"), RowId("observation", "3")))
    found = compare_contents(CONTENT, replace(CONTENT, figures=(other, SECRET)))
    (one,) = found.figures
    assert ("B.01", other, (RowId("observation", "2"),), (RowId("observation", "3"),)) == (
        one.ref,
        one.now,
        one.gone,
        one.came,
    )


def test_a_figure_that_is_gone_is_a_difference() -> None:
    """As one that was not there then."""
    found = compare_contents(CONTENT, replace(CONTENT, figures=(SECRET,)))
    assert [("B.01", None)] == [(one.ref, one.now) for one in found.figures]


def test_words_around_the_figures_are_compared_too() -> None:
    """A section that reads otherwise though its figures are the same."""
    section = Section("a", 1, "I.", "Kết quả", (Text((Piece("Vượt "), Piece(ref="B.01"))),))
    found = compare_contents(CONTENT, replace(CONTENT, sections=(section,)))
    assert [("section", "a")] == [(one.kind, one.key) for one in found.parts]


def test_the_open_part_has_neither_the_annex_nor_its_figures() -> None:
    """Land with signs is for those who read cases; all else stays."""
    told = open_part(CONTENT)
    assert ((), (), (ONE,)) == (told.annexes, told.tables, told.figures)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        (" 2026 ", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_and_named(text: str, first: date, last: date) -> None:
    """Its days, and its name as addresses have it."""
    period = parse_period(text)
    assert (first, last, text.strip().upper()) == (period.first, period.last, name_period(period))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "10/2026", "٢٠٢٦", "1800", "2026-1"])
def test_what_is_no_period_is_refused(text: str) -> None:
    """With what was found."""
    with pytest.raises(InvalidRequest):
        parse_period(text)
