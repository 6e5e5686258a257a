"""Widths of the columns of the tables of a report, by table; others share the room evenly."""

from collections.abc import Mapping

from geoapp.core.report_model import Table

PORTRAIT_MM, LANDSCAPE_MM = 165.0, 252.0
_WIDTHS: Mapping[str, tuple[float, ...]] = {
    "targets": (8, 42, 19, *(16.0,) * 6),
    "investment": (9, 56, *(25.0,) * 4),
    "compare": (8, 43, 18, *(19.2,) * 5),
    "obstacles": (9, 86, 35, 35),
    "forecast": (8, 34, 17, *(14.6,) * 6, 18.4),
    "parks": (8, 38, 25, 16, 16, 16, 13, 16, 16, 13, 15, 15, 15, 30),
    "slow_land": (9, 66, 50, 60, 20, 20, 22, 32),
}
_SMALL = {"compare": 9.5, "forecast": 9.0, "parks": 9.0, "slow_land": 9.5}
_USUAL = 10.0


def widths_of(table: Table) -> tuple[float, ...]:
    """Millimetres by column; together as wide as the text."""
    known = _WIDTHS.get(table.key)
    room = LANDSCAPE_MM if table.is_wide else PORTRAIT_MM
    if known is None or len(known) != len(table.columns):
        return (room / len(table.columns),) * len(table.columns)
    share = room / sum(known)
    return tuple(width * share for width in known)


def size_of(table: Table) -> float:
    """Points of the type."""
    return _SMALL.get(table.key, _USUAL)
