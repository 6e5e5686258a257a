"""The workbook of monthly figures, opened with openpyxl as a clerk's program would."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.core.figure_numbers import Convention
from geoapp.errors import InvalidRequest
from geoapp.reports.figure_workbook import FIRST_ROW, FigureBook, WorkbookRow, read_book, write_book

NAMES = (
    "sheet", "title", "line2", "line3", "line4", "line5", "actual", "how", "code", "name", "park", "unit", "before",
    "value", "numerator", "denominator", "remark", "parks",
)  # fmt: skip
TEXTS = {name: name for name in NAMES} | {"vi": "1.234,5", "en": "1,234.5"}
BOOK = FigureBook(
    date(2026, 10, 1), "Phòng Doanh nghiệp và Lao động", "actual", Convention.VI,
    [
        WorkbookRow("revenue", "Doanh thu", "", "tỷ đồng", False, "", "", 45220.0, 0),
        WorkbookRow("online", "Trực tuyến", "", "%", True, "trực tuyến", "tất cả", 98.2, 1),
    ],
    [("khanh-phu", "KCN Khánh Phú")], TEXTS,
)  # fmt: skip


def opened(body: bytes) -> tuple[object, Worksheet]:
    """The workbook and its first sheet."""
    book = load_workbook(io.BytesIO(body))
    return book, book.worksheets[0]


def filled(**cells: object) -> bytes:
    """The form with some cells filled in."""
    book, sheet = opened(write_book(BOOK))
    for cell, value in cells.items():
        sheet[cell] = value
    out = io.BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def test_only_the_cells_to_fill_in_are_open() -> None:
    """Of a share its parts, of anything else its figure; never the code, the unit or the month before."""
    _, sheet = opened(write_book(BOOK))
    opened_cells = {
        cell.coordinate
        for line in (FIRST_ROW, FIRST_ROW + 1)
        for cell in sheet[line]
        if cell.protection is not None and not cell.protection.locked
    }
    assert {"F8", "I8", "G9", "H9", "I9"} == opened_cells
    assert sheet.protection.sheet


def test_the_month_before_is_a_number_of_its_own_column() -> None:
    """So that nobody takes it for the figure to be entered."""
    _, sheet = opened(write_book(BOOK))
    assert (45220.0, None) == (sheet["E8"].value, sheet["F8"].value)


def test_what_was_filled_in_is_read_back_with_its_cells() -> None:
    """Numbers as numbers, text as text, the place of each."""
    read = read_book(filled(F8=46200.5, I8="ổn định", G9="310", H9=320))
    assert ("10/2026", Convention.VI) == (read.month, read.convention)
    revenue, online = read.rows[:2]
    assert ({"value": 46200.5}, "ổn định", "F8") == (revenue.numbers, revenue.remark, revenue.cells["value"])
    assert {"numerator": "310", "denominator": 320} == online.numbers


def test_a_row_for_a_park_is_read_from_the_free_rows() -> None:
    """Code of the indicator, code of the park, unit, figure."""
    read = read_book(filled(A10="revenue", C10="khanh-phu", D10="tỷ đồng", F10=1200))
    assert ("revenue", "khanh-phu", "tỷ đồng", {"value": 1200}) == (
        read.rows[2].indicator, read.rows[2].park, read.rows[2].unit, read.rows[2].numbers
    )  # fmt: skip


def test_a_month_typed_as_a_date_is_a_month() -> None:
    """Spreadsheets turn 11/2026 into a day."""
    assert "11/2026" == read_book(filled(B3=date(2026, 11, 1))).month


@pytest.mark.parametrize("body", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40, write_book(BOOK)[:900]], ids=range(4))
def test_a_damaged_file_is_refused_in_a_sentence(body: bytes) -> None:
    """Whatever the damage is."""
    with pytest.raises(InvalidRequest, match="cannot be read as a workbook"):
        read_book(body)


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    """60 MB of zeros in 60 KB."""
    out = io.BytesIO(write_book(BOOK))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/more.bin", b"\0" * 60_000_000)
    with pytest.raises(InvalidRequest, match="too large"):
        read_book(out.getvalue())


_EVERYWHERE = b"A10:XFD1048576"


def with_sheet(old: bytes, new: bytes) -> bytes:
    """The form with something of the XML of its sheet replaced, once."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_book(BOOK))) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as all_,
    ):
        for name in parts.namelist():
            body = parts.read(name)
            all_.writestr(name, re.sub(old, lambda _: new, body, count=1) if name.endswith("sheet1.xml") else body)
    return out.getvalue()


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"<mergeCells.*?</mergeCells>", b'<mergeCells><mergeCell ref="%b"/></mergeCells>' % _EVERYWHERE),
        (rb"<pageSetup", b'<hyperlinks><hyperlink ref="%b" location="x"/></hyperlinks><pageSetup' % _EVERYWHERE),
        (rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"'),
    ],
    ids=["merged", "linked", "told"],
)
def test_a_range_over_all_cells_costs_nothing(old: bytes, new: bytes) -> None:
    """Seven kilobytes that would be spread out to seventeen thousand million cells."""
    assert ["revenue", "online"] == [row.indicator for row in read_book(with_sheet(old, new)).rows]


def test_a_row_far_below_is_refused() -> None:
    """A million empty rows before it are not gone through."""
    body = with_sheet(rb"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
    with pytest.raises(InvalidRequest, match="more rows"):
        read_book(body)


def test_cells_without_end_are_refused() -> None:
    """Nine million empty cells in 36 MB of XML took gigabytes."""
    with pytest.raises(InvalidRequest, match="too large"):
        read_book(with_sheet(rb"</sheetData>", b"<row>" + b"<c/>" * 9_000_000 + b"</row></sheetData>"))
