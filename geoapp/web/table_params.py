"""From the query string of a table to a checked request: filters, order, and from which row on."""

from collections.abc import Mapping
from math import isfinite

from geoapp.errors import N_, InvalidRequest
from geoapp.services.pages import Bounds
from geoapp.services.park_tables import SORTS, STATES, Filters, Order, Place, TableRequest
from geoapp.web.params import parse_asked, parse_choice

PAGE_ROWS = 60
_LONGEST_TEXT = 100
_FARTHEST = 10_000_000
_SHOWN = 40
_SIDES = 4


def parse_table(args: Mapping[str, str], what: str, place: Place, *, all_rows: bool = False) -> TableRequest:
    """The table that is asked for. Args: what - plots or projects; all_rows - for a file. Raises: InvalidRequest."""
    text = " ".join(args.get("q", "").replace("\0", "").split())
    if len(text) > _LONGEST_TEXT:
        raise InvalidRequest(
            N_("%(parameter)s: at most %(most)s characters can be looked for, found %(found)s."),
            parameter="q",
            most=_LONGEST_TEXT,
            found=len(text),
        )
    filters = Filters(
        text or None,
        parse_choice(args, "state", list(STATES[what])),
        parse_box(args),
        args.get("only", "").replace("\0", "")[: _LONGEST_TEXT * 2] or None,
    )
    sort = parse_choice(args, "sort", list(SORTS[what])) or SORTS[what][0]
    order = Order(sort, down=parse_choice(args, "order", ["up", "down"]) == "down")
    start, most = (0, None) if all_rows else (_parse_start(args), PAGE_ROWS)
    return TableRequest(what, place, parse_asked(args), filters, order, start, most)


def parse_box(args: Mapping[str, str]) -> Bounds | None:
    """``box``: west,south,east,north in degrees; None where it is not given. Raises: InvalidRequest."""
    value = args.get("box")
    if not value:
        return None
    try:
        sides = [float(side) for side in value.split(",")]
    except ValueError:
        sides = []
    if len(sides) != _SIDES or not all(isfinite(side) for side in sides):
        raise InvalidRequest(
            N_(
                "%(parameter)s: expected west,south,east,north in degrees such as 105.9,20.1,106.0,20.2,"
                " found “%(found)s”."
            ),
            parameter="box",
            found=value[:_SHOWN],
        )
    west, south, east, north = sides
    # Web mercator ends at 85 degrees.
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise InvalidRequest(
            N_(
                "%(parameter)s: west must be less than east and south less than north, within the world;"
                " found “%(found)s”."
            ),
            parameter="box",
            found=value[:_SHOWN],
        )
    return (west, south, east, north)


def _parse_start(args: Mapping[str, str]) -> int:
    value = args.get("start")
    if not value:
        return 0
    if not (value.isascii() and value.isdecimal()) or len(value) > len(str(_FARTHEST)) or int(value) > _FARTHEST:
        raise InvalidRequest(
            N_("%(parameter)s: expected the number of a row, 0 for the first, found “%(found)s”."),
            parameter="start",
            found=value[:_SHOWN],
        )
    return int(value)
