"""Functional areas of a zone: rectangles at made-up places, cut to the zone and to each other."""

from dataclasses import dataclass

import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoapp.demo.outlines import Outline
from geoapp.demo.plane import to_plane
from geoapp.demo.recipe import Recipe
from geoapp.demo.registry import Registry
from geoapp.kinds import ZoneFunction

# Strips narrower than this are left over from drawing, not areas (m).
_NARROW_M = 60.0


@dataclass(frozen=True)
class ZoneArea:
    """A functional area in the plane."""

    zone: str
    code: str
    name_vi: str
    name_en: str
    function: ZoneFunction
    shape: BaseGeometry


def draw_zone_areas(registry: Registry, outlines: list[Outline], recipe: Recipe) -> list[ZoneArea]:
    """Parks of the zone first, then the areas of the recipe in its order; flats are what lies outside the land."""
    drawn: list[ZoneArea] = []
    for outline in outlines:
        park = outline.park
        if park.zone:
            code = f"CN-{len(drawn) + 1:02d}"
            drawn.append(ZoneArea(park.zone, code, park.name_vi, park.name_en, ZoneFunction.INDUSTRY, outline.shape))
    for code, said in recipe.table("zone_areas").items():
        zone = registry.zones[said["zone"]]
        function = ZoneFunction(said["function"])
        flats = function is ZoneFunction.TIDAL_FLATS
        whole = zone.difference(registry.land) if flats else _rectangle(said["at"], said["size"], said["angle"])
        taken = shapely.union_all([area.shape for area in drawn])
        shape = _without_strips(whole.intersection(zone).difference(taken.buffer(0.5)))
        drawn.append(ZoneArea(said["zone"], code, said["name_vi"], said["name_en"], function, shape))
    return drawn


def _rectangle(at: tuple[float, float], size: tuple[float, float], angle: float) -> Polygon:
    middle = to_plane(Point(at))
    length, width = size
    shape = box(-length / 2, -width / 2, length / 2, width / 2)
    return affinity.translate(affinity.rotate(shape, angle, origin=(0.0, 0.0)), middle.x, middle.y)


def _without_strips(shape: BaseGeometry) -> BaseGeometry:
    opened = shape.buffer(-_NARROW_M / 2, join_style="mitre").buffer(_NARROW_M / 2, join_style="mitre")
    return opened.intersection(shape)
