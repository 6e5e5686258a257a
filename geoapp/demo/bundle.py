"""Writing the demonstration set as a bundle: the kind of files that the board hands in, the same bytes each time."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from geoapp.demo import tables
from geoapp.demo.department_figures import department_figure_rows, task_update_rows
from geoapp.demo.land_tables import land_event_rows, land_portion_rows
from geoapp.demo.outlines import place_outlines
from geoapp.demo.park_model import ParkModel, build_park
from geoapp.demo.recipe import Recipe, read_recipe
from geoapp.demo.registry import read_registry
from geoapp.demo.tables import Cell, Feature, Row
from geoapp.demo.zone_areas import draw_zone_areas

_SOURCE_COLUMNS = ("key", "title", "publisher", "note")


def write_demo(data_dir: Path, target: Path) -> Path:
    """Write the demonstration bundle into a folder and return the folder.

    Args: data_dir - with ``registry/``, ``context/`` and ``demo/recipe.toml``; target - made where it is missing.
    """
    registry, recipe = read_registry(data_dir), read_recipe(data_dir)
    outlines = place_outlines(registry, recipe)
    models = [build_park(outline, recipe) for outline in outlines]
    target.mkdir(parents=True, exist_ok=True)
    _write_head(target, recipe)
    areas = draw_zone_areas(registry, outlines, recipe)
    _write_features(target, "zone_areas", tables.zone_area_rows(areas, recipe.first_day))
    for name, rows in _FEATURES.items():
        _write_features(target, name, (feature for model in models for feature in rows(model, recipe)))
    for name, plain_rows in _ROWS.items():
        _write_rows(target, name, (row for model in models for row in plain_rows(model, recipe)))
    _write_rows(target, "wastewater_norms", tables.norm_rows(recipe))
    _write_rows(target, "department_figures", department_figure_rows(recipe))
    _write_rows(target, "task_updates", task_update_rows(recipe))
    return target


_FEATURES: dict[str, Callable[[ParkModel, Recipe], Iterator[Feature]]] = {
    "park_outlines": tables.outline_rows,
    "plots": tables.plot_rows,
    "clearance_areas": tables.clearance_rows,
    "infrastructure_items": tables.infrastructure_rows,
    "wastewater_plants": tables.plant_rows,
}
_ROWS: dict[str, Callable[[ParkModel, Recipe], Iterator[Row]]] = {
    "projects": tables.project_rows,
    "project_plots": tables.project_plot_rows,
    "land_portions": lambda model, _: land_portion_rows(model),
    "land_events": lambda model, _: land_event_rows(model),
    "permit_limits": lambda model, _: tables.permit_limit_rows(model),
    "wastewater_readings": lambda model, _: tables.reading_rows(model),
    "observations": tables.observation_rows,
}


def _write_head(target: Path, recipe: Recipe) -> None:
    source = recipe.table("source")
    head = {"dataset": "demo", "title": source["title"], "quality": "demo", "source": source["key"]}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    (target / "bundle.toml").write_text("[bundle]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    _write_rows(target, "sources", [{name: source[name] for name in _SOURCE_COLUMNS}])


def _write_rows(target: Path, name: str, rows: Iterable[Row]) -> None:
    """A CSV file; the first row names the columns."""
    with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow({key: _cell(value) for key, value in row.items()})


def _write_features(target: Path, name: str, features: Iterable[Feature]) -> None:
    """A GeoJSON file, one feature a line, so that two of them can be compared line by line."""
    with (target / f"{name}.geojson").open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for number, (row, geometry) in enumerate(features):
            cells = json.dumps({key: _property(value) for key, value in row.items()}, ensure_ascii=False)
            comma = "," if number else ""
            file.write(f'{comma}\n{{"type": "Feature", "properties": {cells}, "geometry": {geometry}}}')
        file.write("\n]}\n")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _property(value: Cell) -> str | float | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value or (None if value == "" else value)
