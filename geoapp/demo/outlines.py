"""Outlines of parks: slightly irregular four-sided shapes of the published area, apart from each other, on land."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geoapp.demo.recipe import Recipe
from geoapp.demo.registry import Park, Registry

_STEP_M = 150.0
_DIRECTIONS = 24
_RINGS = 60
# A park keeps this far from the edge of the land and of its zone.
_SHORE_M = 120.0
# Long sides get points in between: a side that is straight in one projection is not in another, by centimetres.
_LONGEST_SIDE_M = 400.0


@dataclass(frozen=True)
class Outline:
    """The outline of a park in its own axes; ``centre`` and ``angle`` (degrees) lead from there to the plane.

    ``shift_m`` is how far the centre lies from the published point.
    """

    park: Park
    local: Polygon
    centre: Point
    angle: float
    shift_m: float

    @property
    def area_ha(self) -> float:
        """The published area."""
        return self.local.area / 1e4

    @property
    def shape(self) -> BaseGeometry:
        """The outline in the plane."""
        return self.out(self.local)

    def out(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry of the park's own axes, moved to the plane."""
        turned = affinity.rotate(geometry, self.angle, origin=(0.0, 0.0))
        return affinity.translate(turned, self.centre.x, self.centre.y)


def place_outlines(registry: Registry, recipe: Recipe) -> list[Outline]:
    """Outlines of all parks whose area is published, in the order of their slugs; the largest are placed first."""
    placed: list[Outline] = []
    sized = [park for park in registry.parks if park.area_ha is not None]
    shore = registry.land.buffer(-_SHORE_M)
    shapely.prepare(shore)
    inside = {slug: shape.buffer(-_SHORE_M) for slug, shape in registry.zones.items()}
    for park in sorted(sized, key=lambda park: (-(park.area_ha or 0.0), park.slug)):
        local, angle = _draw(park, recipe)
        ground = [shore, inside[park.zone]] if park.zone else [shore]
        placed.append(_place(park, local, angle, ground, _Neighbours(registry, recipe, placed)))
    return sorted(placed, key=lambda outline: outline.park.slug)


class _Neighbours:
    """What a park must keep away from: parks that have a place, and the points of others."""

    def __init__(self, registry: Registry, recipe: Recipe, placed: list[Outline]) -> None:
        rules = recipe.table("outline")
        self._shapes = [outline.shape for outline in placed]
        self._gap = rules["gap_m"]
        # Where several parks are published at one point, the outline makes room for those that are only a point.
        self._points = [other.point for other in registry.parks if other.area_ha is None]
        self._point_gap = rules["point_gap_m"]

    def leave_room(self, shape: BaseGeometry) -> bool:
        """Whether a shape is far enough from all of them."""
        return all(shape.distance(other) >= self._gap for other in self._shapes) and all(
            shape.distance(point) >= self._point_gap for point in self._points
        )


def _draw(park: Park, recipe: Recipe) -> tuple[Polygon, float]:
    """The outline about (0, 0), long side along the first axis, and its angle to the east in degrees."""
    dice = recipe.dice(park, "outline")
    area = (park.area_ha or 0.0) * 1e4
    ratio = dice.uniform(1.1, 1.75)
    half_width, half_height = math.sqrt(area * ratio) / 2, math.sqrt(area / ratio) / 2
    corners = [
        (x * half_width * dice.uniform(0.93, 1.06), y * half_height * dice.uniform(0.93, 1.06))
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    cut = dice.randrange(4)
    depth = dice.uniform(0.12, 0.24)
    before, corner, after = corners[cut - 1], corners[cut], corners[(cut + 1) % 4]
    corners[cut : cut + 1] = [_between(corner, before, depth), _between(corner, after, depth)]
    shape = Polygon(corners)
    scale = math.sqrt(area / shape.area)
    shape = affinity.scale(shape, scale, scale, origin=(0.0, 0.0))
    middle = shape.centroid
    shape = affinity.translate(shape, -middle.x, -middle.y)
    return Polygon(shape.exterior.segmentize(_LONGEST_SIDE_M)), dice.uniform(-35.0, 35.0)


def _between(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _place(park: Park, local: Polygon, angle: float, ground: Sequence[BaseGeometry], near: _Neighbours) -> Outline:
    for x, y in _offsets():
        outline = Outline(park, local, Point(park.point.x + x, park.point.y + y), angle, math.hypot(x, y))
        shape = outline.shape
        if near.leave_room(shape) and all(area.covers(shape) for area in ground):
            return outline
    raise ValueError(f"no free place within {_STEP_M * _RINGS / 1000:g} km of the point of park {park.slug}")


def _offsets() -> Iterator[tuple[float, float]]:
    yield 0.0, 0.0
    for ring in range(1, _RINGS + 1):
        for direction in range(_DIRECTIONS):
            turn = 2 * math.pi * direction / _DIRECTIONS
            yield ring * _STEP_M * math.cos(turn), ring * _STEP_M * math.sin(turn)
