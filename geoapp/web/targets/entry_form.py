"""The form of monthly figures: from what was sent to typed rows, and from a sheet to what its fields show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from geoapp.core.figure_checks import DENOMINATOR, NUMBERS, NUMERATOR, REMARK, VALUE, Typed
from geoapp.core.figure_numbers import Convention
from geoapp.core.months import end_of_month
from geoapp.core.plan_kinds import FigureKind
from geoapp.errors import N_, InvalidRequest
from geoapp.services.figure_entry import FigureSheet, SheetRow

EXTRA_ROWS = 3
"""Empty rows for parks."""
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEARS = range(2000, 2101)
FIELDS = (*NUMBERS, REMARK)


@dataclass(frozen=True)
class FormRow:
    """A row of the form. ``key``: of its fields; ``typed``: field -> text; ``faults``: field -> sentences."""

    key: str
    row: SheetRow
    typed: Mapping[str, str]
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ExtraRow:
    """A row for a park that the sheet does not have yet, as typed."""

    place: str
    typed: Mapping[str, str]
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)


def key_of(indicator: str, park: str | None) -> str:
    """How a figure is named in fields."""
    return f"{indicator}.{park or ''}"


def parse_month(args: Mapping[str, str], today: date) -> date:
    """The first day of the month asked for; without one the month before today. Raises: InvalidRequest."""
    typed = args.get("month", "")
    if not typed:
        return (today.replace(day=1) - _DAY).replace(day=1)
    found = _MONTH.fullmatch(typed)
    if not found or int(found[1]) not in _YEARS or not 1 <= int(found[2]) <= 12:
        raise InvalidRequest(
            N_("%(parameter)s: expected a month such as 2026-10, found “%(found)s”."), parameter="month",
            found=typed[:40],
        )  # fmt: skip
    return date(int(found[1]), int(found[2]), 1)


_DAY = date(2000, 1, 2) - date(2000, 1, 1)


def kind_of(month: date, today: date) -> FigureKind:
    """Figures of a month that is over are actual, those of the running one estimates."""
    return FigureKind.ACTUAL if end_of_month(month) < today else FigureKind.ESTIMATE


def typed_rows(form: MultiDict[str, str], sheet: FigureSheet) -> list[Typed]:
    """What was typed: a row for each figure of the sheet, and those added for parks."""
    rows = [
        _typed(form, row.indicator.code, row.park or "", key_of(row.indicator.code, row.park)) for row in sheet.rows
    ]
    rows += [
        _typed(form, _plain(form, f"indicator.{key}"), _plain(form, f"park.{key}"), key)
        for key in (f"extra{number}" for number in range(EXTRA_ROWS))
    ]
    return rows


def _typed(form: MultiDict[str, str], indicator: str, park: str, key: str) -> Typed:
    numbers = {name: _plain(form, f"{name}.{key}") for name in NUMBERS}
    return Typed(
        key,
        indicator,
        park,
        None,
        {name: told for name, told in numbers.items() if told},
        _plain(form, f"{REMARK}.{key}"),
    )


def _plain(form: MultiDict[str, str], name: str) -> str:
    return form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def seen_of(form: MultiDict[str, str], sheet: FigureSheet) -> dict[tuple[str, str | None], int | None]:
    """The rows that whoever sent the form had before the eyes."""
    seen: dict[tuple[str, str | None], int | None] = {}
    for row in sheet.rows:
        told = form.get(f"seen.{key_of(row.indicator.code, row.park)}", "")
        seen[row.indicator.code, row.park] = int(told) if re.fullmatch(r"[0-9]{1,15}", told) else None
    return seen


def shown_of(row: SheetRow, convention: Convention) -> dict[str, str]:
    """What the fields of a row show before anybody types."""
    now = row.shown
    if now is None:
        return dict.fromkeys(FIELDS, "")
    numbers: dict[str, Any] = {VALUE: now.value, NUMERATOR: now.numerator, DENOMINATOR: now.denominator}
    if row.indicator.is_share:
        numbers[VALUE] = None
    told = {name: written(number, convention) for name, number in numbers.items()}
    return told | {REMARK: now.remark or ""}


def written(number: float | str | None, convention: Convention) -> str:
    """A number as it is typed in a convention; text stays as it is."""
    if number is None:
        return ""
    if isinstance(number, str):
        return number
    told = f"{number:,.6f}".rstrip("0").rstrip(".")
    return told.translate(str.maketrans(",.", ".,")) if convention is Convention.VI else told


def typed_of(one: Typed, convention: Convention) -> dict[str, str]:
    """What the fields show of a row that was typed, or read from a workbook."""
    return {name: written(one.numbers.get(name), convention) for name in NUMBERS} | {REMARK: one.remark}
