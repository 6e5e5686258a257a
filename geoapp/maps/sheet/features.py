"""A layer on paper: its features in the looks of their classes, and what the legend and the names need to know."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
import shapely

from geoapp.catalog.model import Delivery, StyleClass
from geoapp.maps.sheet.classes import classify
from geoapp.maps.sheet.geometry import cut, lines_of, points_of, rings_of
from geoapp.maps.sheet.ground import Ground
from geoapp.maps.sheet.ink import Box, Circles, Ink, Item, Look, Points, Shapes
from geoapp.maps.sheet.looks import (
    CHANGED,
    area_look,
    line_look,
    marker_below_mm,
    point_look,
    radius_mm,
    ring_of,
)
from geoapp.maps.sheet.model import SheetLayer
from geoapp.maps.sheet.outlines import PX_MM
from geoapp.maps.style import classes_of

# Edges that come from cutting lie this far outside of the frame, where they are not seen.
_BLEED_MM = 4.0
# Points at the same place are set apart by this, as on screen (web/static/map/spot.js).
_APART_PX = 11.0
# Areas smaller than this are kept free of the names of others.
_COVERED_MM = 25.0
_MARK_PX = 3.0
# Dashed lines nearer than this are drawn as one.
_NEAR_MM = 0.05
_MARK_AROUND_PX = 4.0


@dataclass(frozen=True)
class Name:
    """A feature that may be named.

    ``x``, ``y``: where; ``radius``: of its circle, 0 for areas; ``box``: of an area; ``own``: what its circle covers.
    """

    row: int
    x: float
    y: float
    radius: float
    box: Box | None = None
    own: Box | None = None


@dataclass
class Shown:
    """What of a layer is on the paper: keys of classes, and what else the legend must explain."""

    source: SheetLayer
    classes: set[str]
    names: list[Name]
    obstacles: list[Box]
    is_approximate: bool = False
    has_markers: bool = False
    is_marked: bool = False
    without_place: int = 0

    def legend_classes(self) -> list[StyleClass]:
        """The classes that are to be seen, in the order of the legend."""
        return [style for style in classes_of(self.source.layer) if style.key in self.classes]


def draw_layers(
    ink: Ink, sources: Sequence[SheetLayer], ground: Ground, marked: Mapping[str, frozenset[str]]
) -> list[Shown]:
    """Draw what of the layers lies in the frame, lowest layer first; ``marked``: ids of features by layer.

    As on screen (web/static/map/layer.js) areas of all layers lie below lines, lines below points.
    """
    drawings = [_LayerDrawing(ink.symbol, one, ground, marked.get(one.layer.id, frozenset())) for one in sources]
    shown = [drawing.draw() for drawing in drawings]
    for floor in _Floor:
        for drawing in drawings:
            ink.items.extend(drawing.floors[floor])
    return shown


class _Floor(Enum):
    """What lies over what, lowest first."""

    AREAS = auto()
    LINES = auto()
    POINTS = auto()


class _LayerDrawing:
    """One layer while it is drawn."""

    def __init__(self, symbol: float, source: SheetLayer, ground: Ground, marked: frozenset[str]) -> None:
        self.symbol, self.source, self.ground, self.marked = symbol, source, ground, marked
        self.floors: dict[_Floor, list[Item]] = {floor: [] for floor in _Floor}
        self.classes = classes_of(source.layer)
        self.shown = Shown(source, set(), [], [])
        self.circles: list[tuple[StyleClass, bool, int, float, float]] = []

    def draw(self) -> Shown:
        """Areas below lines, lines below points; classes in the order of the legend."""
        rows, shapes, places = self._seen()
        if len(rows):
            approximate = self.source.frame["approximate"].to_numpy(dtype=bool)[rows]
            kinds = shapely.get_dimensions(shapes)
            for i, style in enumerate(self.classes):
                for rough in (False, True):
                    chosen = (places == i) & (approximate == rough)
                    self._areas(style, rough, rows[chosen & (kinds == 2)], shapes[chosen & (kinds == 2)])
                    self._lines(style, rough, shapes[chosen & (kinds == 1)])
                    self._points(style, rough, rows[chosen & (kinds == 0)], shapes[chosen & (kinds == 0)])
        self._set_circles()
        return self.shown

    def _seen(self) -> tuple[Any, Any, Any]:
        """Rows, shapes on the paper and classes of what lies in the frame."""
        shapes = np.asarray(self.source.frame.geometry.array)
        nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
        self.shown.without_place = int(nowhere.sum())
        bounds = shapely.bounds(shapes)
        west, south, east, north = self.ground.bounds_4326()
        near = ~nowhere & (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
        near &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        places = classify(self.source.layer, self.source.frame)
        hidden = [i for i, style in enumerate(self.classes) if style.key in self.source.hidden]
        rows = np.flatnonzero(near & ~np.isin(places, hidden))
        return rows, self.ground.shapes(shapes[rows]), places[rows]

    def _areas(self, style: StyleClass, rough: bool, rows: Any, shapes: Any) -> None:
        if not len(rows):
            return
        bounds = shapely.bounds(shapes)
        sizes = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
        small = sizes < marker_below_mm(self.source.layer, self.symbol)
        before = len(self.circles)
        for row, (west, south, east, north) in zip(rows[small].tolist(), bounds[small].tolist(), strict=True):
            self._circle(style, rough, row, ((west + east) / 2, (south + north) / 2))
        self.shown.has_markers |= len(self.circles) > before
        rows, shapes = rows[~small], cut(shapes[~small], self.ground.frame.grown(_BLEED_MM))
        rings = rings_of(shapes)
        drawn = [place for place, shape in enumerate(rings) if shape]
        if not drawn:
            return
        self._note(style, rough)
        look = area_look(style, approximate=rough, symbol=self.symbol)
        self.floors[_Floor.AREAS].append(Shapes(look, [rings[place] for place in drawn]))
        self._mark_areas([rings[place] for place in drawn if self._is_marked(rows[place])])
        self._name_areas(rows[drawn], shapes[drawn])

    def _lines(self, style: StyleClass, rough: bool, shapes: Any) -> None:
        if not len(shapes):
            return
        seen = cut(shapes, self.ground.frame.grown(_BLEED_MM))
        if rough:
            # Pipes and cables under one road: dashes that lie over one another would fill their gaps.
            seen = np.array([shapely.line_merge(shapely.union_all(seen, grid_size=_NEAR_MM))], dtype=object)
        lines = [line for line in lines_of(seen) if line]
        if lines:
            self._note(style, rough)
            look = line_look(style, approximate=rough, symbol=self.symbol)
            self.floors[_Floor.LINES].append(Shapes(look, lines, closed=False))

    def _points(self, style: StyleClass, rough: bool, rows: Any, shapes: Any) -> None:
        if len(rows):
            points, of_shape = points_of(shapes)
            for (x, y), place in zip(points.tolist(), of_shape.tolist(), strict=True):
                self._circle(style, rough, int(rows[place]), (x, y))

    def _circle(self, style: StyleClass, rough: bool, row: int, place: tuple[float, float]) -> None:
        radius = radius_mm(style, self.symbol)
        box = Box(place[0] - radius, place[1] - radius, 2 * radius, 2 * radius)
        if self.ground.frame.overlaps(box):
            self.circles.append((style, rough, row, *place))

    def _set_circles(self) -> None:
        """Circles come last, above areas and lines; those at one place are set apart."""
        places = _set_apart([(x, y) for _, _, _, x, y in self.circles], self.symbol)
        groups: dict[tuple[str, bool], list[tuple[int, float, float]]] = defaultdict(list)
        styles = {style.key: style for style in self.classes}
        for (style, rough, row, _, _), (x, y) in zip(self.circles, places, strict=True):
            groups[style.key, rough].append((row, x, y))
        for (key, rough), members in groups.items():
            style = styles[key]
            self._note(style, rough)
            centres = np.array([(x, y) for _, x, y in members])
            look = point_look(style, approximate=rough, symbol=self.symbol)
            ring = ring_of(style, self.symbol)
            radius = radius_mm(style, self.symbol)
            if ring:
                self.floors[_Floor.POINTS].append(Circles(ring[0], centres, ring[1]))
            self.floors[_Floor.POINTS].append(Circles(look, centres, radius))
            self._mark_points([(x, y) for row, x, y in members if self._is_marked(row)], radius)
            reach = (ring[1] if ring else radius) + look.width / 2
            for row, x, y in members:
                own = Box(x - reach, y - reach, 2 * reach, 2 * reach)
                self.shown.names.append(Name(row, x, y, reach, own=own))
                self.shown.obstacles.append(own)

    def _note(self, style: StyleClass, rough: bool) -> None:
        self.shown.classes.add(style.key)
        self.shown.is_approximate |= rough

    def _name_areas(self, rows: Any, shapes: Any) -> None:
        frame = self.ground.frame
        seen = shapely.clip_by_rect(shapes, frame.x, frame.y, frame.right, frame.top)
        there = ~shapely.is_empty(seen)
        rows, seen = rows[there], seen[there]
        centres = shapely.centroid(seen)
        outside = ~shapely.contains(seen, centres)
        centres[outside] = shapely.point_on_surface(seen[outside])
        bounds, points = shapely.bounds(seen).tolist(), shapely.get_coordinates(centres).tolist()
        for row, (west, south, east, north), (x, y) in zip(rows.tolist(), bounds, points, strict=True):
            box = Box(west, south, east - west, north - south)
            self.shown.names.append(Name(row, x, y, 0.0, box, own=box))
            if max(box.width, box.height) < _COVERED_MM * self.symbol and not self._is_fine():
                self.shown.obstacles.append(box)

    def _is_fine(self) -> bool:
        """Plots: there are too many to keep other names off them."""
        return self.source.layer.delivery is Delivery.TILES

    def _is_marked(self, row: int) -> bool:
        return bool(self.marked) and str(self.source.frame["id"].iloc[row]) in self.marked

    def _mark_areas(self, shapes: Sequence[Sequence[Points]]) -> None:
        if shapes:
            self.shown.is_marked = True
            self.floors[_Floor.AREAS].append(Shapes(mark_look(self.symbol), shapes))

    def _mark_points(self, places: Sequence[tuple[float, float]], radius: float) -> None:
        if places:
            self.shown.is_marked = True
            around = radius + _MARK_AROUND_PX * PX_MM * self.symbol
            self.floors[_Floor.POINTS].append(Circles(mark_look(self.symbol), np.array(places), around))


def mark_look(symbol: float) -> Look:
    """How what has changed is marked."""
    return Look(stroke=CHANGED, width=_MARK_PX * PX_MM * symbol)


def _set_apart(places: Sequence[tuple[float, float]], symbol: float) -> Iterator[tuple[float, float]]:
    """Places, those that are shared moved onto a circle around."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(places):
        groups[round(x * 1000), round(y * 1000)].append(i)
    moved = list(places)
    step = _APART_PX * PX_MM * symbol
    for group in groups.values():
        if len(group) < 2:
            continue
        radius = max(step, step * len(group) / math.pi)
        for turn, i in enumerate(group):
            angle = math.pi / 2 - 2 * math.pi * turn / len(group)
            moved[i] = (places[i][0] + math.cos(angle) * radius, places[i][1] + math.sin(angle) * radius)
    return iter(moved)
