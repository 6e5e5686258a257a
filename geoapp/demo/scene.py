"""What lies on the ground of the demonstration picture: shapes with a kind, of land, water, and parks as of its day."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoapp.demo.clearance import CLEARED
from geoapp.demo.outlines import place_outlines
from geoapp.demo.park_model import ParkModel, build_park
from geoapp.demo.plane import to_degrees
from geoapp.demo.recipe import read_recipe
from geoapp.demo.registry import read_registry
from geoapp.kinds import PlotState, PlotUse


class Ground(IntEnum):
    """Kinds of ground that have a shape; what is painted between them is up to the painter. Later ones lie above."""

    SEA = 0
    LAND = 1
    CHANNEL = 2
    BARE = 3
    STREET = 4
    OPEN_PLOT = 5
    BUILDING_SITE = 6
    BUILT = 7
    GREEN = 8
    POND = 9


# What is seen of a plot; one that is not cleared is still field and village.
_OF_STATE = {
    PlotState.CLEARED: Ground.BARE,
    PlotState.AVAILABLE: Ground.OPEN_PLOT,
    PlotState.RESERVED: Ground.OPEN_PLOT,
    PlotState.LEASED: Ground.OPEN_PLOT,
    PlotState.BUILDING: Ground.BUILDING_SITE,
    PlotState.OPERATING: Ground.BUILT,
    PlotState.SHARED: Ground.BUILT,
}
_OF_USE = {PlotUse.DKV: Ground.GREEN, PlotUse.MNC: Ground.POND}
# Streets are seen between plots; this is how far plots are drawn in, in metres.
_KERB_M = 6.0
_TURNS = 4


@dataclass(frozen=True)
class Cloud:
    """A cloud: its middle in metres of the grid, and its radius."""

    x: float
    y: float
    radius_m: float


@dataclass(frozen=True)
class Scene:
    """The plan of the picture. Shapes in the coordinates of ``crs`` (metres), in the order in which they are laid."""

    title_vi: str
    title_en: str
    acquired_on: date
    seed: int
    crs: str
    pixel_m: float
    west: float
    north: float
    width: int
    height: int
    shapes: tuple[tuple[BaseGeometry, Ground], ...]
    clouds: tuple[Cloud, ...]
    not_scanned: Polygon


def plan_scene(data_dir: Path) -> Scene:
    """The plan from ``demo/scene.toml``, the demonstration set and the land of the data folder."""
    said = tomllib.loads((data_dir / "demo/scene.toml").read_text(encoding="utf-8"))
    grid = said["grid"]
    to_grid = Transformer.from_crs("EPSG:4326", grid["crs"], always_xy=True)
    west, south, east, north = to_grid.transform_bounds(*grid["box"])
    pixel = grid["pixel_m"]
    frame = box(west, south, east, north)
    day: date = said["acquired_on"]
    shapes = [(_moved(shape, to_grid), kind) for shape, kind in _shapes(data_dir, day, box(*grid["box"]))]
    land = shapely.union_all([shape for shape, kind in shapes if kind is Ground.LAND])
    for channel in said["channel"]:
        line = _rounded(_moved(LineString(channel["line"]), to_grid))
        # Beyond the mouth a channel is sea.
        shapes.append((line.buffer(channel["width_m"] / 2).intersection(land), Ground.CHANNEL))
    edge = _moved(LineString(said["swath"]["line"]), to_grid)
    (x0, y0), (x1, y1) = edge.coords
    return Scene(
        title_vi=said["title_vi"],
        title_en=said["title_en"],
        acquired_on=day,
        seed=said["seed"],
        crs=grid["crs"],
        pixel_m=pixel,
        west=round(west / pixel) * pixel,
        north=round(north / pixel) * pixel,
        width=round((east - west) / pixel),
        height=round((north - south) / pixel),
        shapes=tuple(sorted(((s, k) for s, k in shapes if s.intersects(frame)), key=lambda item: item[1])),
        clouds=tuple(_cloud(item, to_grid) for item in said["cloud"]),
        not_scanned=Polygon([(x0, y0), (x1, y1), (x1 + 1e5, y1 - 1e5), (x0 + 1e5, y0 - 1e5)]),
    )


def _shapes(data_dir: Path, day: date, frame: Polygon) -> Iterator[tuple[BaseGeometry, Ground]]:
    """Land and parks in EPSG:4326."""
    registry, recipe = read_registry(data_dir), read_recipe(data_dir)
    yield to_degrees(registry.land).intersection(frame.buffer(0.05)), Ground.LAND
    for outline in place_outlines(registry, recipe):
        if to_degrees(outline.shape).intersects(frame):
            for shape, kind in _park(build_park(outline, recipe), day):
                yield to_degrees(shape), kind


def _park(model: ParkModel, day: date) -> Iterator[tuple[BaseGeometry, Ground]]:
    """What is seen of a park: cleared ground, streets on it, and its plots."""
    out = model.outline.out
    cleared = [area.shape for area in model.areas if area.has_reached(CLEARED, day)]
    if not cleared:
        return
    ground = shapely.union_all(cleared)
    yield out(ground), Ground.BARE
    plots = [plot.shape for plot in model.plots]
    yield out(ground.difference(shapely.union_all(plots).buffer(-0.5))), Ground.STREET
    for plot in model.plots:
        kind = _OF_USE.get(plot.use) or _OF_STATE.get(model.plot_states[plot.code].at(day))
        if kind and ground.intersects(plot.shape.representative_point()):
            yield out(plot.shape.buffer(-_KERB_M)), kind


def _cloud(item: dict[str, Any], to_grid: Transformer) -> Cloud:
    place = _moved(Point(item["place"]), to_grid)
    return Cloud(place.x, place.y, item["radius_m"])


def _rounded(line: LineString) -> LineString:
    """A line whose corners are cut again and again, as water does."""
    points = shapely.get_coordinates(line)
    for _ in range(_TURNS):
        early, late = points[:-1] * 0.75 + points[1:] * 0.25, points[:-1] * 0.25 + points[1:] * 0.75
        middle = np.stack([early, late], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], middle, points[-1:]])
    return LineString(points)


def _moved(shape: Any, transformer: Transformer) -> Any:
    return shapely.transform(shape, transformer.transform, interleaved=False)  # type: ignore[arg-type]
