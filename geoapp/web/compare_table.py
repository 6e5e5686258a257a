"""The parks side by side as a table for a file: every figure with difference, parts, method, date, quality, source."""

from flask_babel import gettext

from geoapp.errors import N_
from geoapp.kinds import Quality
from geoapp.services.compare import Comparison, ParkLine
from geoapp.services.compare_cells import EMPTY, Cell
from geoapp.services.compare_columns import COLUMNS, Column, Kind
from geoapp.services.table_files import FileColumn, TableFile, Value
from geoapp.services.themes import part_unit
from geoapp.web.file_answers import column, filters_told, known_until, notices
from geoapp.web.formats import local, unit_sign
from geoapp.web.languages import language
from geoapp.web.page_parts import code_label

_DECIMALS = {"%": 1, "ha": 2, "m3_day": 0}
# The unit of numerator and denominator; of infrastructure it goes by the method, and stands beside it.
_PARTS = {"clearance_cumulative": "ha", "clean_site": "ha", "occupancy": "ha", "plant_load": "m3_day"}
_FILTERS = {
    "province": N_("Former province"),
    "status": N_("Status"),
    "class": N_("Class of a theme"),
    "q": N_("Name"),
    "parks": N_("Parks"),
    "sort": N_("Order"),
}


def comparison_table(found: Comparison) -> TableFile:
    """The table, in the language of the request."""
    said = notices(has_demo=found.has_demo, is_approximate=found.is_approximate)
    head: list[tuple[str, Value]] = [
        (gettext("Data to"), found.moment.as_of),
        (gettext("Known until"), known_until(found.moment.known_at)),
        (gettext("Compared with"), found.base),
        (gettext("Parks shown"), f"{len(found.lines)} / {len(found.every)}"),
        *filters_told(_FILTERS),
    ]
    moments: list[Value] = [found.moment.as_of, known_until(found.moment.known_at)]
    rows = [
        [line.park.slug, local(line.park, "name"), *_cells(line.cells), *moments, _notice(line)] for line in found.lines
    ]
    sums = ["", gettext("Total"), *_cells(found.totals, is_sum=True), None, None, None]
    columns = [column("Code"), column("Park"), *_columns(), column("Data to"), column("Known until"), column("Notice")]
    return TableFile(gettext("Parks side by side"), language(), head, said, columns, rows, sums)


def _notice(line: ParkLine) -> str:
    has_demo = any(cell.quality == Quality.DEMO for cell in line.cells.values())
    return "; ".join(notices(has_demo=has_demo, is_approximate=line.park.is_approximate))


# Marked for translation; the columns above and below name them.
_WORDS = (N_("Code"), N_("Notice"), N_("Value"), N_("Difference"), N_("Numerator"), N_("Denominator"), N_("Method"))
_MORE_WORDS = (
    N_("Date"),
    N_("Quality"),
    N_("Source"),
    N_("Number of plots"),
    N_("Before"),
    N_("Last known, out of date"),
)


def _columns() -> list[FileColumn]:
    columns: list[FileColumn] = []
    for one in COLUMNS.values():
        columns += _columns_of(one)
    return columns


def _columns_of(one: Column) -> list[FileColumn]:
    if one.kind is Kind.TEXT:
        return [column(one.title)]
    decimals = _DECIMALS.get(one.unit, 0)
    date, quality, source = (column(one.title, part=part) for part in ("Date", "Quality", "Source"))
    if one.kind is Kind.CODE:
        return [column(one.title), column(one.title, part="Before"), date, quality, source]
    value = column(one.title, one.unit, decimals)
    difference = column(one.title, "pp" if one.unit == "%" else one.unit, decimals, part="Difference")
    columns = [value, difference]
    if one.kind is Kind.PLOTS:
        columns.append(column(one.title, part="Number of plots"))
    if one.kind is Kind.SHARE:
        columns += [column(one.title, _PARTS.get(one.key, ""), 2, part=part) for part in ("Numerator", "Denominator")]
        columns += [
            column(one.title, part="Method"),
            column(one.title, one.unit, decimals, part="Last known, out of date"),
        ]
    return [*columns, date, quality, source]


def _cells(cells: object, *, is_sum: bool = False) -> list[Value]:
    values: list[Value] = []
    for key, one in COLUMNS.items():
        values += _cells_of(one, cells[key], is_sum=is_sum)  # type: ignore[index]
    return values


def _cells_of(one: Column, cell: Cell, *, is_sum: bool) -> list[Value]:
    quality = code_label("quality", cell.quality) if cell.quality else None
    date = cell.valid_on if cell.value is not None or cell.last_known is not None else None
    trust: list[Value] = [date, quality, cell.source]
    if one.kind is Kind.TEXT:
        return [None if cell is EMPTY else cell.value]
    if one.kind is Kind.CODE:
        if is_sum:
            told = (
                gettext("%(met)s of %(judged)s", met=int(cell.numerator or 0), judged=cell.counted)
                if cell.counted
                else None
            )
            return [told, None, None, None, None]
        was = cell.before if cell.before != cell.value else None
        return [_label(one, cell.value), _label(one, was), *trust]
    values: list[Value] = [cell.value, cell.delta]
    if one.kind is Kind.PLOTS:
        values.append(cell.count)
    if one.kind is Kind.SHARE:
        method = local(cell, "method") or None
        if one.key not in _PARTS and cell.numerator is not None and method:
            method = f"{method} ({unit_sign(part_unit(one.key, cell.method))})"
        values += [cell.numerator, cell.denominator, method, cell.last_known]
    return [*values, *trust]


def _label(one: Column, code: object) -> str | None:
    if code is None or one.codes is None:
        return None
    return code_label(one.codes, str(code))
