"""The parks side by side as of a day, the difference to an earlier day, and the sum of what is shown.

A sum of shares is sum over sum, of figures of one method only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.months import end_of_month, months_before
from geoapp.core.words import fold
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.compare_cells import EMPTY, Cell, beside, read_cells
from geoapp.services.compare_columns import COLUMNS, Column, Kind
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Rows
from geoapp.services.summary import class_of
from geoapp.store.engine import reading
from geoapp.store.pages import read_rows

_MOST_TEXT = 80
MONTHS_BEFORE = 12


@dataclass(frozen=True)
class CompareRequest:
    """What is asked: the day, the earlier day, which parks, in which order. ``theme_class``: layer and key of a class.

    ``sort``: the key of a column, or name; ``parks`` empty: all.
    """

    asked: Asked
    base: date | None = None
    parks: tuple[str, ...] = ()
    province: str | None = None
    status: str | None = None
    theme_class: tuple[str, str] | None = None
    text: str = ""
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True)
class ParkLine:
    """One park with its cells by column."""

    park: Any
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Comparison:
    """The page. ``every``: all parks, for the choice; ``lines``: those that are shown, with their sums."""

    moment: Moment
    base: date | None
    zones: Rows
    every: Rows
    lines: Sequence[ParkLine]
    totals: Mapping[str, Cell]
    has_demo: bool = field(default=False)
    is_approximate: bool = field(default=False)


def build_comparison(engine: Engine, catalogue: Catalogue, request: CompareRequest) -> Comparison:
    """The parks side by side. Raises: InvalidRequest, NotFound - a park or a class that there is not."""
    with reading(engine) as connection:
        moment = choose_moment(connection, request.asked)
        base = _choose_base(request.base, moment)
        at = moment.parameters
        every = read_rows(connection, "compare_parks", at)
        zones = read_rows(connection, "zones", at)
        cells = read_cells(connection, every, moment)
        if base:
            before = read_cells(connection, every, replace(moment, as_of=base))
            cells = {park: beside(now, before.get(park, {})) for park, now in cells.items()}
    lines = [ParkLine(park, cells[park.park_id]) for park in every]
    lines = _sorted(_chosen(lines, catalogue, request), request)
    qualities = {cell.quality for line in lines for cell in line.cells.values()}
    return Comparison(
        moment,
        base,
        zones,
        every,
        lines,
        _totals(lines),
        "demo" in qualities,
        any(x.park.is_approximate for x in lines),
    )


def theme_layers(catalogue: Catalogue) -> list[tuple[Column, Layer]]:
    """Columns with the theme whose classes divide them."""
    return [(c, catalogue.layers[c.layer]) for c in COLUMNS.values() if c.layer and c.layer in catalogue.layers]


def _choose_base(asked: date | None, moment: Moment) -> date | None:
    """The earlier day: the one asked for, else twelve months before; None where there are no figures then."""
    if asked is None:
        before = _base_of(moment.as_of)
        return before if moment.first and before >= moment.first else None
    if moment.first and moment.last and asked < moment.first:
        raise InvalidRequest(
            N_("There are no figures before %(first)s. Choose a day from %(first)s to %(last)s."),
            parameter="base",
            first=moment.first,
            last=moment.last,
        )
    if asked > moment.as_of:
        raise InvalidRequest(
            N_("The day to compare with, %(base)s, is after the day that is shown, %(as_of)s. Choose an earlier one."),
            parameter="base",
            base=asked,
            as_of=moment.as_of,
        )
    return asked


def _base_of(day: date) -> date:
    """The same day twelve months before; the end of a month stays the end of a month."""
    before = months_before(day, MONTHS_BEFORE)
    return end_of_month(before) if day == end_of_month(day) else before


def _chosen(lines: Iterable[ParkLine], catalogue: Catalogue, request: CompareRequest) -> list[ParkLine]:
    lines = list(lines)
    known = {line.park.slug for line in lines}
    missing = [slug for slug in request.parks if slug not in known]
    if missing:
        raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=missing[0])
    return [line for line in lines if _fits(line, request) and _is_of_class(line, catalogue, request.theme_class)]


def _fits(line: ParkLine, request: CompareRequest) -> bool:
    park = line.park
    names = fold(f"{park.name_vi} {park.name_en} {park.aliases or ''} {park.slug}")
    return (
        (not request.parks or park.slug in request.parks)
        and (not request.province or park.former_province == request.province)
        and (not request.status or park.status == request.status)
        and fold(request.text[:_MOST_TEXT]) in names
    )


def _is_of_class(line: ParkLine, catalogue: Catalogue, asked: tuple[str, str] | None) -> bool:
    if asked is None:
        return True
    column, layer = next(pair for pair in theme_layers(catalogue) if pair[1].id == asked[0])
    return class_of(layer, line.cells[column.key].value) == asked[1]


def _sorted(lines: list[ParkLine], request: CompareRequest) -> list[ParkLine]:
    """In the order that is asked for; what is not known comes last in either direction."""
    by_name = sorted(
        lines, key=lambda line: name_key(line.park.name_vi), reverse=request.sort == "name" and request.descending
    )
    column = COLUMNS.get(request.sort)
    if column is None:
        return by_name
    known = [line for line in by_name if line.cells[column.key].value is not None]
    unknown = [line for line in by_name if line.cells[column.key].value is None]
    return sorted(known, key=lambda line: line.cells[column.key].value, reverse=request.descending) + unknown  # type: ignore[arg-type,return-value]


def name_key(name: str) -> tuple[str, str]:
    """Names as a reader looks for them: letters first, accents only where the letters are the same."""
    return fold(name), name


def _totals(lines: Sequence[ParkLine]) -> dict[str, Cell]:
    return {key: _total(column, [line.cells[key] for line in lines]) for key, column in COLUMNS.items()}


def _total(column: Column, cells: Sequence[Cell]) -> Cell:
    if column.kind is Kind.SHARE:
        return _share_total(cells)
    if column.key == "plant_standard":
        judged = [cell for cell in cells if cell.value in {"met", "not_met"}]
        met = sum(cell.value == "met" for cell in judged)
        return Cell(float(met), float(met), float(len(judged)), counted=len(judged)) if judged else EMPTY
    if column.kind in {Kind.TEXT, Kind.CODE}:
        return EMPTY
    known = [cell for cell in cells if isinstance(cell.value, int | float)]
    if not known:
        return EMPTY
    # The difference is that of the parks that are known at both ends.
    both = [cell for cell in known if cell.delta is not None]
    value = sum(cell.value for cell in known)  # type: ignore[misc]
    delta = sum(cell.delta for cell in both)  # type: ignore[misc]
    count = sum(cell.count or 0 for cell in known) if column.kind is Kind.PLOTS else None
    return Cell(value, before=value - delta if both else None, count=count, counted=len(known), quality=_worst(known))


def _share_total(cells: Sequence[Cell]) -> Cell:
    """Sum over sum, of the method of most parks; the difference is that of the parks known at both ends."""
    usable = [c for c in cells if c.value is not None and c.numerator is not None and c.denominator is not None]
    if not usable:
        return EMPTY
    methods = Counter(cell.method or "" for cell in usable)
    method = min(methods, key=lambda code: (-methods[code], code))
    counted = [cell for cell in usable if (cell.method or "") == method]
    numerator = sum(cell.numerator or 0 for cell in counted)
    denominator = sum(cell.denominator or 0 for cell in counted)
    one = counted[0]
    value = 100 * numerator / denominator if denominator else None
    delta = _share_delta(counted)
    return Cell(
        value,
        numerator,
        denominator,
        one.method,
        one.method_vi,
        one.method_en,
        max((cell.valid_on for cell in counted if cell.valid_on), default=None),
        "month",
        _worst(counted),
        before=None if value is None or delta is None else value - delta,
        counted=len(counted),
    )


def _share_delta(counted: Sequence[Cell]) -> float | None:
    """How far the share of the parks that are known at both ends has moved."""
    both = [cell for cell in counted if cell.denominator_before and cell.numerator_before is not None]
    now, before = (
        (sum(getattr(c, f"numerator{end}") for c in both), sum(getattr(c, f"denominator{end}") for c in both))
        for end in ("", "_before")
    )
    return 100 * now[0] / now[1] - 100 * before[0] / before[1] if both else None


def _worst(cells: Iterable[Cell]) -> str | None:
    """Demonstration in any part makes the sum one."""
    found = {cell.quality for cell in cells if cell.quality}
    return next((quality for quality in ("demo", "estimated", "published", "official") if quality in found), None)
