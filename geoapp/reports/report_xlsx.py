"""The annex of a report as a workbook: real numbers, their formats, totals and shares as live formulas."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from geoapp.core.report_model import Cell, Content, Figure, Row, Table
from geoapp.errors import N_
from geoapp.reports.report_numbers import MISSING
from geoapp.reports.report_register import QUALITIES
from geoapp.reports.speech import Speech

_FIRST_ROW = 4
_TEXT_WIDTH, _NUMBER_WIDTH = 34, 14
_WIDTHS: Mapping[str, float] = {"place": 6, "unit": 16, "status": 24, "since": 12, "day": 12, "case": 22}
_NAME = 31
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


def write_xlsx(content: Content, say: Callable[[str], str], address: str = "") -> bytes:
    """A workbook with a sheet for each table, one of all figures, one of notes and sources; the same bytes each time.

    Args: say - gives the English text of a message in the language of the report; address - of a figure, with ``{ref}``
    in it; empty: references are no links.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": content.subject, "created": datetime(2026, 1, 1)})  # noqa: DTZ001 - as the library wants it
    writer = _Writer(book, content, Speech(content.language, say), address)
    names: set[str] = set()
    for table in content.tables:
        writer.table(table, _sheet_name(table, names))
    writer.figures(_unique(say(N_("All figures")), names))
    writer.notes(_unique(say(N_("Notes and sources")), names))
    book.close()
    return target.getvalue()


def _sheet_name(table: Table, taken: set[str]) -> str:
    return _unique(table.title.split(". ", 1)[-1].split(":")[0], taken)


def _unique(title: str, taken: set[str]) -> str:
    """A name for a sheet: at most 31 letters, without what is forbidden, none twice."""
    name = title.translate(_NOT_IN_NAMES)[:_NAME].strip()
    count = 1
    while name.lower() in taken:
        count += 1
        name = f"{name[: _NAME - 3]} {count}"
    taken.add(name.lower())
    return name


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, content: Content, speech: Speech, address: str) -> None:
        self._book, self._content, self._speech, self._address = book, content, speech, address
        self._formats: dict[tuple[object, ...], Any] = {}

    def table(self, table: Table, name: str) -> None:
        """A table on a sheet of its own."""
        sheet = self._sheet(name, table.title, table.cut_off, len(table.columns))
        for place, column in enumerate(table.columns):
            width = _WIDTHS.get(column.key, _NUMBER_WIDTH if column.is_number else _TEXT_WIDTH)
            sheet.set_column(place, place, width)
            told = f"{column.title} ({column.unit})" if column.unit else column.title
            sheet.write_string(_FIRST_ROW - 1, place, told, self._format(bold=True, head=True))
        formulas = _Formulas(table)
        for place, row in enumerate(table.rows):
            self._row(sheet, table, row, _FIRST_ROW + place, formulas)
        below = _FIRST_ROW + len(table.rows) + 1
        for place, note in enumerate((*table.notes, *self._content.notes)):
            sheet.write_string(below + place, 0, note, self._format(italic=True))

    def _row(self, sheet: Worksheet, table: Table, row: Row, at: int, formulas: "_Formulas") -> None:
        for place, cell in enumerate(row.cells):
            column = table.columns[place]
            if not cell.ref:
                sheet.write_string(at, place, cell.text, self._format(bold=row.is_total, border=True))
                continue
            figure = self._content.figure(cell.ref)
            if figure.value is None:
                sheet.write_string(at, place, self._speech.say(MISSING), self._format(italic=True, border=True))
                continue
            form = self._number(figure, cell, bold=row.is_total)
            formula = formulas.of(row, column.key)
            if formula:
                sheet.write_formula(at, place, formula, form, figure.value)
            else:
                sheet.write_number(at, place, figure.value, form)

    def _number(self, figure: Figure, cell: Cell, *, bold: bool) -> Any:
        """A format whose separators are those of the machine that opens it; signs and words are shown only."""
        digits = "#,##0" + (f".{'0' * figure.decimals}" if figure.decimals else "")
        shown = f'"{cell.text}"{digits}' if cell.text else digits
        if figure.is_change:
            shown = f"+{digits};−{digits};{digits}"
        if cell.with_unit and figure.unit:
            shown = ";".join(f'{part}" {figure.unit}"' for part in shown.split(";"))
        return self._format(bold=bold, border=True, number=shown)

    def figures(self, name: str) -> None:
        """Every figure of the report by its reference."""
        say = self._speech.say
        heads = (
            (N_("Ref."), 12),
            (N_("Figure"), 60),
            (N_("Value"), 16),
            (N_("Unit"), 18),
            (N_("Data to"), 12),
            (N_("Quality"), 14),
            (N_("Source"), 60),
            (N_("Why missing"), 40),
        )
        sheet = self._sheet(name, self._content.subject, self._speech.day(self._content.as_of), len(heads))
        for place, (head, width) in enumerate(heads):
            sheet.set_column(place, place, width)
            sheet.write_string(_FIRST_ROW - 1, place, say(head), self._format(bold=True, head=True))
        for at, figure in enumerate(self._content.figures, _FIRST_ROW):
            self._figure(sheet, at, figure)
        sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW + len(self._content.figures) - 1, len(heads) - 1)

    def _figure(self, sheet: Worksheet, at: int, figure: Figure) -> None:
        plain = self._format(border=True)
        if self._address:
            sheet.write_url(at, 0, self._address.replace("{ref}", figure.ref), plain, figure.ref)
        else:
            sheet.write_string(at, 0, figure.ref, plain)
        sheet.write_string(at, 1, figure.title, plain)
        if figure.value is None:
            sheet.write_string(at, 2, self._speech.say(MISSING), self._format(italic=True, border=True))
        else:
            sheet.write_number(at, 2, figure.value, self._number(figure, Cell(), bold=False))
        quality = self._speech.say(QUALITIES[figure.quality]) if figure.quality else ""
        told = (figure.unit, self._speech.day(figure.as_of), quality, figure.source, figure.missing)
        for place, text in enumerate(told, 3):
            sheet.write_string(at, place, text[:32_000], plain)

    def notes(self, name: str) -> None:
        """What is always told, and all sources."""
        sheet = self._sheet(name, self._content.subject, self._speech.day(self._content.as_of), 4)
        sheet.set_column(0, 0, 90)
        sheet.set_column(1, 3, 30)
        at = _FIRST_ROW
        for note in self._content.notes:
            sheet.write_string(at, 0, note)
            at += 1
        at += 1
        for source in self._content.sources:
            for place, text in enumerate((source.title, source.publisher, source.published, source.address)):
                sheet.write_string(at, place, text)
            at += 1

    def _sheet(self, name: str, title: str, cut_off: str, columns: int) -> Worksheet:
        """A sheet with its titles, the heads frozen, set to be printed across one page in width."""
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, title, self._format(bold=True, title=True))
        sheet.write_string(1, 0, cut_off, self._format(italic=True))
        sheet.freeze_panes(_FIRST_ROW, 2)
        sheet.repeat_rows(_FIRST_ROW - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        sheet.set_header("&C&P")
        demo = self._speech.say(N_("Demonstration data, not official figures")) if self._content.has_demo else ""
        sheet.set_footer(f"&C{demo}" if demo else "")
        sheet.set_column(0, max(columns - 1, 0), _NUMBER_WIDTH)
        return sheet

    def _format(self, *, number: str = "", **look: bool) -> Any:
        key = (number, *sorted(name for name, on in look.items() if on))
        if key not in self._formats:
            made: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
            made |= {name: True for name in ("bold", "italic") if look.get(name)}
            if look.get("head"):
                made |= {"text_wrap": True, "align": "center", "border": 1}
            if look.get("border"):
                made |= {"border": 1, "text_wrap": not number}
            if look.get("title"):
                made["font_size"] = 13
            if number:
                made["num_format"] = number
            self._formats[key] = self._book.add_format(made)
        return self._formats[key]


class _Formulas:
    """Totals, shares and differences of a table as formulas."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._columns = {column.key: place for place, column in enumerate(table.columns)}
        self._rows = {row.key: place for place, row in enumerate(table.rows)}

    def of(self, row: Row, column: str) -> str:
        """The formula of a cell; empty where its number is no result of others."""
        for rule in self._table.sums:
            if rule.total == row.key and column in rule.columns and rule.parts:
                return f"=SUM({','.join(self._ranges(rule.parts, column))})"
        for share in self._table.shares:
            if share.column == column and self._is_all(row, share.numerator, share.denominator):
                top, base = self._cell(row.key, share.numerator), self._cell(row.key, share.denominator)
                return f"=IF({base}=0,0,100*{top}/{base})"
        for less in self._table.differences:
            if less.column == column and self._is_all(row, less.now, less.then):
                return f"={self._cell(row.key, less.now)}-{self._cell(row.key, less.then)}"
        return ""

    def _is_all(self, row: Row, *columns: str) -> bool:
        return all(row.cells[self._columns[name]].ref for name in columns)

    def _cell(self, row: str, column: str) -> str:
        return str(xl_rowcol_to_cell(_FIRST_ROW + self._rows[row], self._columns[column]))

    def _ranges(self, parts: tuple[str, ...], column: str) -> list[str]:
        """Rows that follow each other as one range."""
        places = sorted(self._rows[part] for part in parts)
        ranges: list[list[int]] = []
        for place in places:
            if ranges and place == ranges[-1][-1] + 1:
                ranges[-1].append(place)
            else:
                ranges.append([place])
        at = self._columns[column]
        return [
            f"{xl_rowcol_to_cell(_FIRST_ROW + some[0], at)}:{xl_rowcol_to_cell(_FIRST_ROW + some[-1], at)}"
            for some in ranges
        ]
