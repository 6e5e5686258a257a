"""The skeleton of a park in its own axes: green belt, ring road, street grid, blocks, areas of clearance."""

from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoapp.demo.outlines import Outline
from geoapp.demo.plane import longest_line
from geoapp.demo.recipe import Recipe

_FAR = 50_000.0
_MOST_AREAS = 10


@dataclass(frozen=True)
class Block:
    """Land between streets: its name ("B2": second row, second column) and its shape."""

    name: str
    shape: Polygon


@dataclass(frozen=True)
class Streets:
    """Everything in the park's own axes (m). ``areas`` divide the whole outline, nearest to the gate first."""

    gate: Point
    spine: LineString
    lines: MultiLineString
    crossings: tuple[Point, ...]
    roads: BaseGeometry
    belt: BaseGeometry
    blocks: tuple[Block, ...]
    areas: tuple[BaseGeometry, ...]


def lay_streets(outline: Outline, recipe: Recipe) -> Streets:
    """The street grid of a park: cross and long streets at even distances; one of the long ones is the spine."""
    rules = recipe.table("layout")
    dice = recipe.dice(outline.park, "streets")
    inner = outline.local.buffer(-rules["belt_m"], join_style="mitre")
    core = inner.buffer(-rules["ring_road_m"], join_style="mitre")
    middle = inner.buffer(-rules["ring_road_m"] / 2, join_style="mitre")
    west, south, east, north = core.bounds
    columns = _cuts(west, east, rules["column_m"], dice.uniform(-0.03, 0.03))
    rows = _cuts(south, north, rules["row_m"], dice.uniform(-0.03, 0.03))
    spine_at = rows[len(rows) // 2]

    spine = longest_line(_level(spine_at).intersection(middle))
    outward = 1 if dice.random() < 0.5 else -1
    gate = Point(max(spine.coords, key=lambda xy: outward * xy[0]))
    access = longest_line(LineString([(gate.x, gate.y), (outward * _FAR, spine_at)]).intersection(outline.local))
    others = [longest_line(_level(y).intersection(middle)) for y in rows if y != spine_at]
    others += [longest_line(LineString([(x, -_FAR), (x, _FAR)]).intersection(middle)) for x in columns]

    wide = _widened([spine, access], rules["spine_m"])
    roads = shapely.union_all([inner.difference(core), wide, _widened(others, rules["street_m"])])
    roads = roads.intersection(outline.local)
    return Streets(
        gate=gate,
        spine=spine,
        lines=MultiLineString([LineString(middle.exterior.coords), spine, access, *others]),
        crossings=tuple(Point(x, y) for x in columns for y in rows if core.contains(Point(x, y))),
        roads=roads,
        belt=outline.local.difference(inner).difference(wide),
        blocks=_blocks(core.difference(roads), columns, rows),
        areas=_areas(outline.local, columns, spine_at, gate),
    )


def _level(y: float) -> LineString:
    return LineString([(-_FAR, y), (_FAR, y)])


def _widened(lines: list[LineString], width: float) -> BaseGeometry:
    return shapely.union_all([line.buffer(width / 2, cap_style="flat") for line in lines])


def _cuts(low: float, high: float, distance: float, shift: float) -> list[float]:
    """Places that cut a length into even parts of about a distance, at least two parts; centimetres."""
    parts = max(2, round((high - low) / distance))
    step = (high - low) / parts
    return [round(low + step * (i + shift), 2) for i in range(1, parts)]


def _blocks(land: BaseGeometry, columns: list[float], rows: list[float]) -> tuple[Block, ...]:
    found = []
    for shape in shapely.get_parts(land).tolist():
        place = shape.representative_point()
        row = sum(place.y > y for y in reversed(rows))
        column = sum(place.x > x for x in columns)
        found.append((len(rows) - row, column, shape))
    found.sort(key=lambda item: (item[0], item[1], item[2].bounds))
    names = [f"{chr(ord('A') + row)}{column + 1}" for row, column, _ in found]
    if len(set(names)) != len(names):
        raise ValueError(f"two blocks of one park are called the same: {', '.join(names)}")
    return tuple(Block(name, shape) for name, (_, _, shape) in zip(names, found, strict=True))


def _areas(outline: Polygon, columns: list[float], spine_at: float, gate: Point) -> tuple[BaseGeometry, ...]:
    """The outline cut along cross streets, and along the spine where that leaves no more than ten areas."""
    edges = [-_FAR, *columns, _FAR]
    levels = [-_FAR, spine_at, _FAR] if 2 * (len(columns) + 1) <= _MOST_AREAS else [-_FAR, _FAR]
    cells = [box(west, south, east, north) for west, east in pairwise(edges) for south, north in pairwise(levels)]
    areas = [outline.intersection(cell) for cell in cells]
    return tuple(sorted(areas, key=lambda area: (round(area.centroid.distance(gate), 3), area.bounds)))
