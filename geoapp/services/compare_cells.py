"""The figures of every park at one moment, each with its trust, as cells of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from geoapp.catalog.model import NO_DATA
from geoapp.services.compare_columns import COLUMNS, INDICATORS
from geoapp.services.moment import Moment
from geoapp.services.pages import Rows
from geoapp.store.pages import read_rows


@dataclass(frozen=True)
class Cell:
    """One value with its trust. ``value`` is None where nothing is known; then ``last_known`` may hold an old figure.

    ``before``: the value of the earlier day, None where it cannot be compared; ``count``: plots beside their hectares.
    """

    value: float | str | None = None
    numerator: float | None = None
    denominator: float | None = None
    method: str | None = None
    method_vi: str | None = None
    method_en: str | None = None
    valid_on: date | None = None
    date_precision: str = "day"
    quality: str | None = None
    source: str | None = None
    last_known: float | None = None
    count: int | None = None
    count_before: int | None = None
    before: float | str | None = None
    numerator_before: float | None = None
    denominator_before: float | None = None
    counted: int | None = None
    other_values: int = 0

    @property
    def delta(self) -> float | None:
        """The difference to the earlier day; None for words, and where one side is not known."""
        if isinstance(self.value, int | float) and isinstance(self.before, int | float):
            return self.value - self.before
        return None


EMPTY = Cell()


def read_cells(connection: Connection, every: Rows, moment: Moment) -> dict[int, dict[str, Cell]]:
    """Park -> column -> cell, at one moment."""
    at, as_of = moment.parameters, moment.as_of
    cells: dict[int, dict[str, Cell]] = {park.park_id: dict.fromkeys(COLUMNS, EMPTY) for park in every}
    for park in every:
        trust = {"quality": park.quality, "source": park.source_title}
        cells[park.park_id] |= {
            "status": Cell(park.status, valid_on=park.valid_from, **trust),
            "former_province": Cell(park.former_province, **trust),
        }
    for row in read_rows(connection, "compare_figures", {**at, "indicators": list(INDICATORS)}):
        if row.park_id in cells:
            cells[row.park_id][row.indicator] = _figure(row)
    for row in read_rows(connection, "compare_plants", at):
        if row.park_id in cells:
            cells[row.park_id] |= _plant(row, as_of)
    for park_id, found in _plots(connection, moment).items():
        if park_id in cells:
            cells[park_id] |= found
    for row in read_rows(connection, "compare_projects", at):
        if row.park_id in cells:
            cells[row.park_id]["projects"] = Cell(row.projects, valid_on=as_of, quality=row.quality)
    return cells


def _plots(connection: Connection, moment: Moment) -> dict[int, dict[str, Cell]]:
    """Plots leased and free by park; where plots are recorded at all, none of a kind is a number."""
    at = moment.parameters
    none = Cell(0.0, count=0, valid_on=moment.as_of)
    found = {
        row.park_id: {"plots_leased": none, "plots_free": none} for row in read_rows(connection, "compare_mapped", at)
    }
    for row in read_rows(connection, "compare_plots", at):
        cell = Cell(row.area_ha, count=row.plots, valid_on=moment.as_of, quality=row.quality)
        found[row.park_id][f"plots_{row.kind}"] = cell
    return found


def _figure(row: Any) -> Cell:
    cell = Cell(
        row.value,
        row.numerator,
        row.denominator,
        row.method,
        row.method_vi,
        row.method_en,
        row.valid_on,
        row.date_precision,
        row.quality,
        row.source_title,
        other_values=row.other_values,
    )
    return replace(cell, value=None, last_known=row.value) if row.is_stale else cell


def _plant(row: Any, as_of: date) -> dict[str, Cell]:
    trust = {"quality": row.quality, "source": row.source_title}
    load = Cell()
    if row.load is not None and row.load_capacity:
        share = 100 * row.load / row.load_capacity
        load = Cell(share, row.load, row.load_capacity, valid_on=row.load_on, date_precision="month", **trust)
    return {
        "plant_state": Cell(row.state, valid_on=row.valid_from, **trust),
        "plant_capacity": Cell(row.capacity, valid_on=row.valid_from, **trust),
        "plant_load": load,
        "plant_standard": Cell(
            None if row.standard == NO_DATA else row.standard,
            valid_on=row.readings_on or as_of,
            **trust,
        ),
    }


def beside(now: Mapping[str, Cell], before: Mapping[str, Cell]) -> dict[str, Cell]:
    """Cells with what they were before; figures of different methods are not compared."""
    found = {}
    for key, new in now.items():
        cell, old = new, before.get(key, EMPTY)
        # An old figure that is stale has no value; of another method it cannot be compared.
        if old.value is not None and cell.method == old.method:
            cell = replace(
                cell,
                before=old.value,
                count_before=old.count,
                numerator_before=old.numerator,
                denominator_before=old.denominator,
            )
        found[key] = cell
    return found
