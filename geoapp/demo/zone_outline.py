"""The approximate outline of the Ninh Cơ economic zone: ``python -m geoapp.demo.zone_outline data``.

No boundary is published. Known are four extreme points, the area, the coast and that tidal flats belong to the zone.
The outline runs through the extreme points, takes in a strip of flats off the coast, and its inland side is bent until
the area is the published one. Everything else about it is a guess, and the data say so.
"""

import json
import sys
from pathlib import Path

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geoapp.core.areas import area_ha
from geoapp.demo.plane import geojson, largest_polygon, to_plane

PUBLISHED_AREA_HA = 13_950.0
# Longitude, latitude of the published extreme points (the Vietnamese texts swap the labels of the two numbers).
NORTH = (106 + 13 / 60 + 14 / 3600, 20 + 7 / 60 + 30 / 3600)
SOUTH = (106 + 5 / 60 + 10 / 3600, 19 + 52 / 60 + 55 / 3600)
EAST = (106 + 15 / 60 + 30 / 3600, 20 + 4 / 60 + 16 / 3600)
WEST = (106 + 5 / 60 + 30 / 3600, 19 + 58 / 60 + 16 / 3600)
EXTREMES = {"north": NORTH, "south": SOUTH, "east": EAST, "west": WEST}

# Width of the strip of flats off the coast (m): narrow at its ends, wide in the middle.
_FLATS_M = (200.0, 450.0)
# How far the inland side is bent from the straight line west - north: (way along it, share of the bend).
_BEND = ((0.1, 0.12), (0.21, 0.5), (0.3, 0.72), (0.4, 0.95), (0.5, 0.72), (0.62, 0.85), (0.76, 1.0), (0.88, 0.62))
_DECIMALS = 6


def build_outline(land: BaseGeometry) -> Polygon:
    """The outline in the plane of ``geoapp.demo.plane``, with the published area to 0.01 %.

    Args: land - EPSG:4326, reaching beyond the zone.
    """
    ground = _ground(land)
    low, high = 0.0, 6000.0
    for _ in range(40):
        bend = (low + high) / 2
        outline = _bent(ground, bend)
        low, high = (bend, high) if outline.area > PUBLISHED_AREA_HA * 1e4 else (low, bend)
    return outline


def write_zone(data_dir: Path, target: Path) -> None:
    """Write the ``zones`` table of a bundle from the land in ``data_dir/context``."""
    features = json.loads((data_dir / "context/land.geojson").read_text(encoding="utf-8"))["features"]
    land = shapely.union_all(shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features]))
    geometry = geojson(orient(build_outline(land)), _DECIMALS)
    size = f"{area_ha(shapely.from_geojson(json.dumps(geometry))):,.0f}".replace(",", ".")
    properties = {
        "slug": "ninh-co",
        "name_vi": "Khu kinh tế Ninh Cơ",
        "name_en": "Ninh Cơ Economic Zone",
        "decision": "Quyết định 88/QĐ-TTg ngày 14/01/2025",
        "published_area_ha": PUBLISHED_AREA_HA,
        "approximate": True,
        "valid_from": "2025-01-14",
        "quality": "estimated",
        "source": "emidas_88",
        "note": (
            "Ranh giới gần đúng, chưa đo đạc: dựng qua bốn điểm cực đã công bố, theo đường bờ biển OpenStreetMap và bãi"
            f" bồi phía biển, khép diện tích theo quyết định ({size} ha). Chưa có ranh giới chính thức được công bố."
        ),
    }
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    body = json.dumps(feature, ensure_ascii=False)
    target.write_text(f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n', encoding="utf-8")


def _ground(land: BaseGeometry) -> BaseGeometry:
    """Land and flats around the zone, river mouths closed."""
    plane = to_plane(shapely.intersection(land, shapely.box(105.9, 19.87, 106.4, 20.3)))
    near = shapely.buffer(shapely.buffer(shapely.simplify(plane, 30.0), -60.0), 60.0)
    coast = _coast(near)
    narrow, wide = _FLATS_M
    ways = np.linspace(0.0, 1.0, 161)
    widths = narrow + (wide - narrow) * np.sin(np.pi * ways)
    flats = shapely.buffer(shapely.line_interpolate_point(coast, ways, normalized=True), widths)
    tip = MultiPoint([_plane_point(SOUTH), coast.coords[-1]]).buffer(narrow).convex_hull
    bay = MultiPoint([_plane_point(SOUTH), _plane_point(WEST), coast.coords[-1], _plane_point((106.108, 19.935))])
    joined = shapely.union_all([near, *flats.tolist(), tip, bay.convex_hull])
    return shapely.buffer(shapely.buffer(joined, 600.0), -600.0)


def _coast(land: BaseGeometry) -> LineString:
    """The sea side of the land from the east point to the south point."""
    # Opened by 250 m, jetties no longer lead the line out to sea; closed over 1.2 km, river mouths not inland.
    smooth = largest_polygon(
        shapely.buffer(largest_polygon(shapely.buffer(largest_polygon(land), -250.0)), 250.0 + 1200.0)
    )
    shore = LineString(largest_polygon(shapely.buffer(smooth, -1200.0)).exterior.coords)
    start, end = (shore.project(Point(_plane_point(place))) for place in (EAST, SOUTH))
    ahead = LineString(shapely.ops.substring(shore, start, end).coords)
    return ahead if ahead.length < shore.length / 2 else _other_way(shore, start, end)


def _other_way(shore: LineString, start: float, end: float) -> LineString:
    first, second = shapely.ops.substring(shore, start, 0.0), shapely.ops.substring(shore, shore.length, end)
    return LineString([*first.coords, *list(second.coords)[1:]])


def _bent(ground: BaseGeometry, bend: float) -> Polygon:
    west, north = np.array(_plane_point(WEST)), np.array(_plane_point(NORTH))
    along = north - west
    across = np.array([along[1], -along[0]]) / np.hypot(*along)
    inland = [tuple(west + way * along + share * bend * across) for way, share in _BEND]
    south, east = _plane_point(SOUTH), _plane_point(EAST)
    corner = _plane_point((EAST[0], SOUTH[1]))
    frame = Polygon([south, tuple(west), *inland, tuple(north), east, corner])
    return Polygon(shapely.simplify(largest_polygon(shapely.intersection(frame, ground)).exterior, 15.0))


def _plane_point(place: tuple[float, float]) -> tuple[float, float]:
    moved = to_plane(Point(place))
    return moved.x, moved.y


if __name__ == "__main__":
    write_zone(Path(sys.argv[1]), Path(sys.argv[1]) / "registry/zones.geojson")
