"""The workbook in which a department fills in its figures of a month: made here, and read back.

Where things stand is fixed, so that every fault can be told by its cell: the month in B3, the convention of numbers in
B5, the rows from row 8 on. Codes in column A say what a row is; names beside them are for people.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.core.figure_checks import (
    DENOMINATOR,
    INDICATOR,
    NUMERATOR,
    PARK,
    REMARK,
    UNIT,
    VALUE,
    Typed,
)
from geoapp.core.figure_numbers import Convention
from geoapp.core.zips import BROKEN_ZIP
from geoapp.errors import N_, InvalidRequest

FIRST_ROW = 8
MONTH_CELL, DEPARTMENT_CELL, KIND_CELL, CONVENTION_CELL = "B3", "B2", "B4", "B5"
COLUMNS = {INDICATOR: "A", PARK: "C", UNIT: "D", VALUE: "F", NUMERATOR: "G", DENOMINATOR: "H", REMARK: "I"}
_WIDTHS = {"A": 20, "B": 46, "C": 24, "D": 18, "E": 18, "F": 18, "G": 20, "H": 20, "I": 44}
_FREE_ROWS = 12
MOST_ROWS = 500
MOST_UNPACKED = 4_000_000
"""A form that is filled in has a tenth of it; of empty cells, each takes a hundred times its bytes of memory."""
_BROKEN = (*BROKEN_ZIP, TypeError, IndexError, AttributeError, SyntaxError)
_LINE = Side(style="thin", color="D9DEE3")
_BORDER = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
_OPEN = PatternFill("solid", fgColor="FFFFFF")
_SHUT = PatternFill("solid", fgColor="E9ECEF")
_HEAD = PatternFill("solid", fgColor="E3EEF1")


@dataclass(frozen=True)
class WorkbookRow:
    """A row to fill in. ``park``: slug, empty for the whole; ``before``: the figure of the month before."""

    code: str
    name: str
    park: str
    unit: str
    is_share: bool
    numerator: str
    denominator: str
    before: float | None
    decimals: int


@dataclass(frozen=True)
class FigureBook:
    """What a workbook is made of. ``texts``: its headings and sentences, by name, in its language."""

    month: date
    department: str
    kind: str
    convention: Convention
    rows: Sequence[WorkbookRow]
    parks: Sequence[tuple[str, str]]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class ReadBook:
    """A workbook as it was read: nothing judged yet. ``month``: as typed; ``convention``: None where B5 names none."""

    sheet: str
    month: str
    convention: Convention | None
    convention_typed: str
    rows: Sequence[Typed]


def write_book(book: FigureBook) -> bytes:
    """The workbook as XLSX."""
    file = Workbook()
    sheet = file.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = book.texts["sheet"]
    _write_head(sheet, book)
    for place, row in enumerate(book.rows):
        _write_row(sheet, FIRST_ROW + place, row)
    for place in range(_FREE_ROWS):
        _write_free(sheet, FIRST_ROW + len(book.rows) + place)
    _write_parks(file, book)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.protection = SheetProtection(sheet=True, formatColumns=False, formatRows=False)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # made with the sheet
    file.properties.creator = ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _write_head(sheet: Worksheet, book: FigureBook) -> None:
    texts = book.texts
    sheet["A1"] = texts["title"]
    sheet["A1"].font = Font(bold=True, size=14)
    told = {"2": book.department, "3": f"{book.month:%m/%Y}", "4": texts[book.kind], "5": texts[book.convention]}
    for line, value in told.items():
        sheet[f"A{line}"] = texts[f"line{line}"]
        sheet[f"A{line}"].font = Font(color="55626F")
        sheet[f"B{line}"] = value
        sheet[f"B{line}"].number_format = "@"
    sheet["D2"] = texts["how"]
    sheet["D2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells("D2:I5")
    for name, letter in (("code", "A"), ("name", "B"), ("park", "C"), ("unit", "D"), ("before", "E"), ("value", "F"),
                         ("numerator", "G"), ("denominator", "H"), ("remark", "I")):  # fmt: skip
        cell = sheet[f"{letter}{FIRST_ROW - 1}"]
        cell.value = texts[name]
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[letter].width = _WIDTHS[letter]
    sheet.row_dimensions[FIRST_ROW - 1].height = 34


def _write_row(sheet: Worksheet, line: int, row: WorkbookRow) -> None:
    form = "#,##0" + ("." + "0" * row.decimals if row.decimals else "")
    told = {"A": row.code, "B": row.name, "C": row.park, "D": row.unit, "E": row.before}
    if row.is_share:
        told["B"] = f"{row.name}\n{row.numerator} / {row.denominator}"
    opened = {"G", "H", "I"} if row.is_share else {"F", "I"}
    for letter in _WIDTHS:
        cell = sheet[f"{letter}{line}"]
        cell.value = told.get(letter)
        cell.border, cell.fill = _BORDER, _OPEN if letter in opened else _SHUT
        cell.alignment = Alignment(wrap_text=letter in "BI", vertical="top")
        cell.protection = Protection(locked=letter not in opened)
        if letter in "EFGH":
            cell.number_format = form if letter in "EF" else "#,##0.##"
    sheet.row_dimensions[line].height = 46 if row.is_share else 18
    if row.is_share:
        sheet[f"F{line}"] = f'=IF(AND(ISNUMBER(G{line}),ISNUMBER(H{line}),H{line}<>0),ROUND(100*G{line}/H{line},2),"")'


def _write_free(sheet: Worksheet, line: int) -> None:
    """A row for a park, all of it open."""
    for letter in _WIDTHS:
        cell = sheet[f"{letter}{line}"]
        cell.border, cell.fill = _BORDER, _OPEN if letter not in "BE" else _SHUT
        cell.protection = Protection(locked=letter in "BE")


def _write_parks(file: Workbook, book: FigureBook) -> None:
    sheet = file.create_sheet(book.texts["parks"])
    sheet.append([book.texts["park"], book.texts["name"]])
    for pair in book.parks:
        sheet.append(list(pair))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 60
    main = file.worksheets[0]
    codes = sorted({row.code for row in book.rows if not row.park})
    first, last = FIRST_ROW + len(book.rows), FIRST_ROW + len(book.rows) + _FREE_ROWS - 1
    lists = {"A": f'"{",".join(codes)}"', "C": f"'{sheet.title}'!$A$2:$A${len(book.parks) + 1}"}
    for letter, formula in lists.items():
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
        main.add_data_validation(rule)
        rule.add(f"{letter}{first}:{letter}{last}")


def read_book(body: bytes) -> ReadBook:
    """A workbook as it was filled in.

    Raises: InvalidRequest - the file is no workbook, is damaged, far too large, or has not our rows.
    """
    try:
        _check_size(body)
        # Read row by row: nothing but cells is looked at, so that no range of a million of them is spread out.
        file = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        return _read_sheet(file.worksheets[0].title, _read_cells(file.worksheets[0]))
    except _BROKEN as error:
        raise _refused(
            N_("The file cannot be read as a workbook (.xlsx): %(found)s. Save it as .xlsx and send it again."),
            type(error).__name__,
        ) from error


def _check_size(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise _refused(
                N_("Unpacked the workbook is far too large for a form (%(found)s MB at most)."),
                str(MOST_UNPACKED // 1_000_000),
            )


def _refused(template: str, found: str) -> InvalidRequest:
    return InvalidRequest(template, parameter="workbook", found=found)


def _read_cells(sheet: Any) -> dict[str, Any]:
    """What stands in the cells of the columns of the form, by their names; empty ones are left out."""
    cells: dict[str, Any] = {}
    # What the file says of its own size is not believed.
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(max_col=len(_WIDTHS), values_only=True), start=1):
        if line > FIRST_ROW + MOST_ROWS:
            raise _refused(N_("The sheet has more rows than a form holds: %(found)s."), f"> {MOST_ROWS}")
        cells |= {f"{letter}{line}": value for letter, value in zip(_WIDTHS, row, strict=False) if value is not None}
    return cells


def _read_sheet(title: str, cells: Mapping[str, Any]) -> ReadBook:
    last = max((int(name[1:]) for name in cells), default=0)
    if str(cells.get(f"A{FIRST_ROW - 1}", "")) == "" or last < FIRST_ROW:
        raise _refused(
            N_("The sheet “%(found)s” is not the form of this page: download it from here and fill it in."), title
        )
    rows = [_typed(cells, line) for line in range(FIRST_ROW, last + 1)]
    typed = str(cells.get(CONVENTION_CELL, ""))
    return ReadBook(
        title,
        _month_of(cells.get(MONTH_CELL)),
        _convention(typed),
        typed,
        [row for row in rows if row.indicator or row.numbers],
    )


def _typed(values: Mapping[str, Any], line: int) -> Typed:
    cells = {name: f"{letter}{line}" for name, letter in COLUMNS.items()}
    is_share = cells[NUMERATOR] in values or cells[DENOMINATOR] in values
    # The value of a share is a formula of the form, not something that was typed.
    numbers = {name: _number(values.get(cells[name])) for name in (VALUE, NUMERATOR, DENOMINATOR)}
    if is_share:
        numbers.pop(VALUE)
    return Typed(
        str(line),
        _text(values.get(cells[INDICATOR])),
        _text(values.get(cells[PARK])),
        _text(values.get(cells[UNIT])),
        {name: value for name, value in numbers.items() if value != ""},
        _text(values.get(cells[REMARK])),
        cells,
    )


def _number(value: Any) -> str | float:
    if isinstance(value, bool | datetime | date):
        return str(value)
    return value if isinstance(value, int | float) else _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _month_of(value: Any) -> str:
    """The month as MM/YYYY where it can be told, else as it stands."""
    if isinstance(value, datetime | date):
        return f"{value:%m/%Y}"
    return _text(value)


def _convention(typed: str) -> Convention | None:
    """The convention that B5 shows by its example."""
    if "1.234,5" in typed:
        return Convention.VI
    return Convention.EN if "1,234.5" in typed else None
