"""The workbook of a department: handed out, and read back into the form, with every fault by sheet and cell."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Response, request
from flask_babel import gettext as _

from geoapp.core.figure_checks import Fault, Typed, check_month, check_rows
from geoapp.core.figure_numbers import Convention, NumberFault, parse_number
from geoapp.core.permissions import Permission
from geoapp.errors import N_, InvalidRequest, TooLarge
from geoapp.services.figure_books import (
    CONVENTION_CELL,
    MONTH_CELL,
    FigureBook,
    ReadBook,
    WorkbookRow,
    read_book,
    write_book,
)
from geoapp.services.figure_entry import FigureSheet
from geoapp.web.errors import status_of
from geoapp.web.formats import local, unit_sign
from geoapp.web.languages import check_language
from geoapp.web.params import today
from geoapp.web.permissions import needs
from geoapp.web.targets.entry_form import EXTRA_ROWS, key_of, kind_of
from geoapp.web.targets.entry_page import Shown, convention, entry_form, sheet_of
from geoapp.web.targets.entry_words import sentence, where
from geoapp.web.targets.room import board, figure_entry, person
from geoapp.web.targets.target_words import department as department_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_BYTES = 4_000_000
_MONTH = re.compile(r"([0-9]{1,2})/([0-9]{4})")


@figure_entry.get("/figures/enter/form.xlsx")
@needs(Permission.FIGURE_ENTER)
def form_file() -> Response:
    """The form of a department and month as a workbook."""
    check_language()
    sheet = sheet_of(request.args)
    response = Response(write_book(_book(sheet)), mimetype=XLSX)
    name = f"so-lieu-{sheet.month:%Y-%m}.xlsx" if convention() is Convention.VI else f"figures-{sheet.month:%Y-%m}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@figure_entry.post("/figures/enter/workbook")
@needs(Permission.FIGURE_ENTER)
def workbook() -> tuple[str, int]:
    """Read a workbook into the form; nothing is stored before somebody looks it over and saves."""
    check_language()
    sheet = sheet_of(request.form)
    try:
        sent = request.files.get("workbook")
        body = sent.read() if sent else b""
        if not body:
            raise InvalidRequest(N_("Choose the workbook first."), parameter="workbook")
        if len(body) > _MOST_BYTES:
            raise TooLarge(
                N_(
                    "The file has more than %(most)s MB, which no form of this page has."
                    " Download the form and fill it in."
                ),
                parameter="workbook",
                most=_MOST_BYTES // 1_000_000,
            )
        book = read_book(body)
    except InvalidRequest as error:
        return entry_form(sheet, Shown(error=error)), int(status_of(error))
    month, fault = _month(book)
    if month is not None and month != sheet.month:
        sheet = (
            board()
            .figures(person())
            .sheet(request.form.get("department") or None, month, kind_of(month, today()), today())
        )
    return _answer(sheet, book, [fault] if fault else [])


def _answer(sheet: FigureSheet, book: ReadBook, faults: list[Fault]) -> tuple[str, int]:
    if book.convention is None:
        told = str(
            _(
                "cell %(cell)s says how numbers are written; expected an example 1.234,5 or 1,234.5, found “%(found)s”",
                cell=CONVENTION_CELL,
                found=book.convention_typed,
            )
        )
        return entry_form(sheet, Shown(told=[(_at(book, CONVENTION_CELL), told)])), 400
    _entries, wrong = check_rows(book.rows, sheet.known, book.convention, sheet.month)
    faults = [*faults, *wrong]
    placed, faults = _placed(sheet, book.rows, faults, book.convention)
    listed = [(where(one, book.sheet), sentence(one, sheet)) for one in faults]
    return entry_form(sheet, Shown(placed, faults, listed, read_from=book.sheet)), 400 if faults else 200


def _at(book: ReadBook, cell: str) -> str:
    return str(_("sheet “%(sheet)s”, cell %(cell)s", sheet=book.sheet, cell=cell))


def _month(book: ReadBook) -> tuple[date | None, Fault | None]:
    """The month of a workbook, or what is wrong with it."""
    found = _MONTH.fullmatch(book.month)
    if not found or not 1 <= int(found[1]) <= 12 or not 2000 <= int(found[2]) <= 2100:
        raise InvalidRequest(
            N_("Sheet “%(sheet)s”, cell %(cell)s: expected a month such as 10/2026, found “%(found)s”."),
            parameter="workbook", sheet=book.sheet, cell=MONTH_CELL, found=book.month[:40],
        )  # fmt: skip
    month = date(int(found[2]), int(found[1]), 1)
    fault = check_month(month, kind_of(month, today()), today())
    return month, replace(fault, cell=MONTH_CELL) if fault else None


def _placed(
    sheet: FigureSheet, rows: Sequence[Typed], faults: Sequence[Fault], written: Convention
) -> tuple[dict[str, Typed], list[Fault]]:
    """Rows of a workbook under the keys of the form, so that all of them stand in its fields; faults with them.

    Rows for parks that the sheet does not have go to the empty rows of the form.
    """
    known = {key_of(row.indicator.code, row.park) for row in sheet.rows}
    free = [f"extra{number}" for number in range(EXTRA_ROWS)]
    placed: dict[str, Typed] = {}
    moved: dict[str, str] = {}
    for row in rows:
        if not row.numbers and not row.remark:
            continue
        slug = sheet.known.parks.get(" ".join(row.park.casefold().split())) if row.park else None
        key = key_of(row.indicator, slug)
        if key not in known or key in placed:
            if not free:
                continue
            key = free.pop(0)
        placed[key] = replace(row, park=slug or row.park, numbers=_in_words_of_page(row, written))
        moved[row.place] = key
    return placed, [replace(one, place=moved.get(one.place, one.place)) for one in faults]


def _in_words_of_page(row: Typed, written: Convention) -> dict[str, str | float]:
    """Numbers of a workbook of the other convention as numbers, so that the page writes them its own way."""
    told: dict[str, str | float] = {}
    for name, typed in row.numbers.items():
        number = parse_number(typed, written)
        told[name] = typed if isinstance(number, NumberFault) else number
    return told


def _book(sheet: FigureSheet) -> FigureBook:
    rows = [
        WorkbookRow(
            row.indicator.code,
            local(row.indicator, "name"),
            row.park or "",
            unit_sign(row.indicator.unit),
            row.indicator.is_share,
            local(row.indicator, "numerator"),
            local(row.indicator, "denominator"),
            row.before.value if row.before else None,
            row.indicator.decimals,
        )
        for row in sheet.rows
    ]
    parks = [(park.slug, local(park, "name")) for park in sheet.parks]
    return FigureBook(sheet.month, department_words(sheet.department), sheet.kind, convention(), rows, parks, _texts())


def _texts() -> dict[str, str]:
    told = {
        "sheet": _("Monthly figures"),
        "title": _("FIGURES OF THE MONTH"),
        "line2": _("Department"),
        "line3": _("Month"),
        "line4": _("Kind"),
        "line5": _("Numbers"),
        "actual": _("actual"),
        "estimate": _("estimate"),
        "vi": _("1.234,5 (point between thousands, comma before decimals)"),
        "en": _("1,234.5 (comma between thousands, point before decimals)"),
        "how": _(
            "Fill in the white cells only. Leave empty what is not known; never write 0 for it. A figure far from that"
            " of the month before needs a remark. For a park take a free row below: code of the indicator, code of the"
            " park."
        ),
        "code": _("Code"),
        "name": _("Indicator"),
        "park": _("Park (code; empty: all)"),
        "unit": _("Unit"),
        "before": _("Month before, approved"),
        "value": _("Amount"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "remark": _("Remark"),
        "parks": _("Parks"),
    }
    return {name: str(text) for name, text in told.items()}
