"""A table as a file: CSV for programs, XLSX for people. What is written is handed in whole, in words and numbers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | float | int | Decimal | Fraction | date | datetime | None
# What a spreadsheet would take for a formula when a CSV file is opened; some take the wide forms of the signs as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WIDTHS = (9, 46)
_SHOWN_ROWS = 300


@dataclass(frozen=True)
class FileColumn:
    """One column: its heading in both languages, its unit as told, decimals of numbers."""

    vi: str
    en: str
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class TableFile:
    """A table. ``head``: labels and values of what was asked; ``notices``: what to know; ``sums``: the last row."""

    title: str
    language: str
    head: Sequence[tuple[str, Value]]
    notices: Sequence[str]
    columns: Sequence[FileColumn]
    rows: Sequence[Sequence[Value]]
    sums: Sequence[Value] | None = None


def as_text(cell: Any) -> Any:
    """A cell of a CSV file: what begins like a formula is marked as text, so that no spreadsheet runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_csv(table: TableFile) -> bytes:
    """UTF-8 with a mark, a comma between cells, numbers with a point; headings in the language of the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_heading(column, table.language) for column in table.columns])
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(table: TableFile) -> bytes:
    """A workbook: what was asked and notices above, headings in both languages and units that stay in view."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "remove_timezone": True}) as book:
        book.set_properties({"title": table.title})
        sheet = book.add_worksheet(table.title[:31].translate(str.maketrans("", "", "[]:*?/\\")))
        bold, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#55626f"})
        warn = book.add_format({"bold": True, "font_color": "#7a4b00", "bg_color": "#fdf1d8"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
        line = 1
        for label, value in table.head:
            sheet.write_string(line, 0, label, quiet)
            _write(sheet, line, 1, value, day if isinstance(value, date) else None)
            line += 1
        for notice in table.notices:
            sheet.write_string(line, 0, notice, warn)
            line += 1
        top = line + 1
        for place, column in enumerate(table.columns):
            sheet.write_string(top, place, column.vi, bold)
            sheet.write_string(top + 1, place, column.en, quiet)
            sheet.write_string(top + 2, place, column.unit, quiet)
        sheet.freeze_panes(top + 3, 1)
        sheet.autofilter(top + 2, 0, top + 2 + max(len(table.rows), 1), len(table.columns) - 1)
        _write_body(book, sheet, table, top + 3)
        sheet.set_landscape()
        sheet.repeat_rows(top, top + 2)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _write_body(book: xlsxwriter.Workbook, sheet: Worksheet, table: TableFile, first: int) -> None:
    day, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    for place, column in enumerate(table.columns):
        number = book.add_format({"num_format": "#,##0" + ("." + "0" * column.decimals if column.decimals else "")})
        strong = book.add_format({"num_format": number.num_format, "bold": True, "top": 1})
        cells = [row[place] for row in table.rows]
        for line, value in enumerate(cells, start=first):
            look = moment if isinstance(value, datetime) else day if isinstance(value, date) else number
            _write(sheet, line, place, value, look)
        if table.sums is not None:
            _write(sheet, first + len(cells), place, table.sums[place], strong)
        longest = max([len(column.vi), *(len(str(value)) for value in cells[:_SHOWN_ROWS] if isinstance(value, str))])
        sheet.set_column(place, place, min(max(longest + 1, _WIDTHS[0]), _WIDTHS[1]))


def _write(sheet: Worksheet, line: int, place: int, value: Value, look: Format | None) -> None:
    if value is None:
        sheet.write_blank(line, place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, look)
    elif isinstance(value, str):
        sheet.write_string(line, place, value, look)
    else:
        sheet.write_number(line, place, float(value), look)


def _heading(column: FileColumn, language: str) -> str:
    title = column.en if language == "en" else column.vi
    return f"{title} ({column.unit})" if column.unit else title


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(as_text(value))
    return f"{float(value):.10g}" if isinstance(value, Fraction | float) else str(value)
