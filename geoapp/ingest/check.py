"""Judging the cells of a bundle by the documented columns; every fault is named with file, row and column."""

import math
import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import shapely

from geoapp.core.land_events import find_event_faults, today_here
from geoapp.ingest.bundle import Bundle, Sheet
from geoapp.ingest.tables import TABLES, Column, Kind, Shape, Table
from geoapp.kinds import Quality

MOST_FAULTS = 50
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_INTEGER = re.compile(r"[-+]?\d+")
# GEOS type numbers that a shape allows, with their names.
_SHAPES: dict[Shape, dict[int, str]] = {
    Shape.POINT: {0: "Point"},
    Shape.LINE: {1: "LineString", 5: "MultiLineString"},
    Shape.POLYGON: {3: "Polygon", 6: "MultiPolygon"},
}
# Longitudes and latitudes that Viet Nam and its seas reach; anything else is another coordinate system or swapped axes.
_WINDOW = (102.0, 4.0, 118.0, 24.0)


def find_faults(bundle: Bundle) -> list[str]:
    """All faults of a bundle, at most ``MOST_FAULTS`` a table and then how many more; empty when it may be stored."""
    faults: list[str] = []
    for sheet in bundle.sheets.values():
        found = _sheet_faults(sheet, TABLES[sheet.name], bundle.quality)
        faults += found[:MOST_FAULTS]
        if len(found) > MOST_FAULTS:
            faults.append(f"{sheet.origin}: and {len(found) - MOST_FAULTS} more")
    return faults


def _sheet_faults(sheet: Sheet, table: Table, quality: str) -> list[str]:
    known = {column.name for column in table.columns}
    faults = [
        f"{sheet.origin}: column {name!r} is not known; known are {', '.join(sorted(known))}"
        for name in sheet.cells.columns
        if name not in known
    ]
    for column in table.columns:
        faults += _column_faults(sheet, column)
    if not faults:
        faults += _repeated(sheet, table)
        if table.name == "land_events":
            faults += _event_faults(sheet, quality)
    return faults + _geometry_faults(sheet, table)


def _event_faults(sheet: Sheet, quality: str) -> list[str]:
    """Events that say too little or too much for their kind. A demonstration is told as of its own last day."""
    today = today_here()
    rows = [{str(name): str(cell) for name, cell in row.items()} for row in sheet.cells.to_dict("records")]
    return [
        _at(sheet, i, fault.field, str(fault))
        for i, row in enumerate(rows)
        for fault in find_event_faults(row, None if (row.get("quality") or quality) == Quality.DEMO else today)
    ]


def _column_faults(sheet: Sheet, column: Column) -> list[str]:
    if column.name not in sheet.cells.columns:
        return [f"{sheet.origin}: column {column.name!r} is missing ({column.means})"] if column.required else []
    expected, is_good = _judge(column)
    faults = []
    for i, cell in enumerate(sheet.cells[column.name].tolist()):
        if cell == "":
            if column.required:
                faults.append(_at(sheet, i, column.name, "empty, but must be given"))
        elif not is_good(cell):
            faults.append(_at(sheet, i, column.name, f"expected {expected}, found {cell!r}"))
    return faults


def _judge(column: Column) -> tuple[str, Callable[[str], bool]]:
    if column.choices is not None:
        allowed = frozenset(column.choices)
        return f"one of {', '.join(column.choices)}", lambda cell: cell in allowed
    match column.kind:
        case Kind.NUMBER:
            return "a number such as 1234.5", lambda cell: bool(_NUMBER.fullmatch(cell)) and math.isfinite(float(cell))
        case Kind.INTEGER:
            return "a whole number", lambda cell: bool(_INTEGER.fullmatch(cell))
        case Kind.BOOLEAN:
            return "true or false", lambda cell: cell in {"true", "false"}
        case Kind.DATE:
            return "a date such as 2026-10-31", _is_date
        case _:
            return "text without control characters", lambda cell: cell.isprintable()


def _is_date(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return len(cell) == 10


def _repeated(sheet: Sheet, table: Table) -> list[str]:
    """Rows that say two things about one thing from the same day."""
    names = [n for n in (*table.key, *(["valid_from"] if table.versioned else [])) if n in sheet.cells.columns]
    if not names or not table.key:
        return []
    seen: dict[tuple[str, ...], int] = {}
    faults = []
    for i, cells in enumerate(zip(*(sheet.cells[name].tolist() for name in names), strict=True)):
        first = seen.setdefault(cells, i)
        if first != i:
            fault = f"{' / '.join(cells)!r} stands in row {sheet.row_no(first)} too"
            faults.append(_at(sheet, i, ", ".join(names), fault))
    return faults


def _geometry_faults(sheet: Sheet, table: Table) -> list[str]:
    if table.shape is Shape.NONE:
        return [] if sheet.geometry is None else [f"{sheet.origin}: has geometries, but {table.name} has none"]
    if sheet.geometry is None:
        return [f"{sheet.origin}: has no geometries; hand in {table.name}.geojson"] if table.geometry_required else []
    empty = shapely.is_missing(sheet.geometry) | shapely.is_empty(sheet.geometry)
    kinds = shapely.get_type_id(sheet.geometry)
    west, south, east, north = shapely.bounds(sheet.geometry).T
    outside = (west < _WINDOW[0]) | (south < _WINDOW[1]) | (east > _WINDOW[2]) | (north > _WINDOW[3])
    invalid = ~shapely.is_valid(sheet.geometry)
    allowed = _SHAPES.get(table.shape, {})
    faults = []
    for i in range(len(sheet.geometry)):
        fault = None
        if empty[i]:
            fault = "empty, but must be given" if table.geometry_required else None
        elif allowed and int(kinds[i]) not in allowed:
            fault = f"expected {' or '.join(allowed.values())}, found {sheet.geometry[i].geom_type}"
        elif outside[i]:
            fault = (
                "expected longitude 102 to 118 and latitude 4 to 24, found "
                f"{west[i]:.5g} {south[i]:.5g} to {east[i]:.5g} {north[i]:.5g};"
                " are the axes swapped, or is it another coordinate system?"
            )
        elif invalid[i]:
            fault = f"not valid: {shapely.is_valid_reason(sheet.geometry[i])}"
        if fault:
            faults.append(_at(sheet, i, "geometry", fault))
    return faults


def _at(sheet: Sheet, position: int, column: str, fault: str) -> str:
    return f"{sheet.origin}, row {sheet.row_no(position)}, {column}: {fault}"


def fill_versions(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The same rows with ``valid_to`` filled: a version ends where the next one of the same thing begins."""
    cells = cells.copy()
    for name in ("valid_from", "valid_to"):
        if name not in cells.columns:
            cells[name] = ""
    ordered = cells.sort_values("valid_from", kind="stable")
    following = ordered.groupby(list(table.key), sort=False)["valid_from"].shift(-1).reindex(cells.index).fillna("")
    cells["valid_to"] = cells["valid_to"].where(cells["valid_to"] != "", following)
    return cells
