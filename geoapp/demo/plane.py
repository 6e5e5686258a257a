"""The plane in which outlines are drawn: metres, and areas as on the ellipsoid."""

import json
from typing import Any, TypeVar

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

T = TypeVar("T", bound=BaseGeometry)

# Lambert's equal-area projection about the middle of the province. Its areas are those of the ellipsoid; angles and
# lengths are off by less than 1 part in 20,000 within 60 km.
_EQUAL_AREA = "+proj=laea +lat_0=20.3 +lon_0=106.1 +ellps=WGS84 +units=m"
_TO_PLANE = Transformer.from_crs("EPSG:4326", _EQUAL_AREA, always_xy=True)
_TO_DEGREES = Transformer.from_crs(_EQUAL_AREA, "EPSG:4326", always_xy=True)
# Seven decimals of a degree are a centimetre: plots that share a corner still share it.
_DECIMALS = 7


def to_plane(geometry: T) -> T:
    """A geometry in EPSG:4326 moved to the plane (m)."""
    return _moved(geometry, _TO_PLANE)


def to_degrees(geometry: T) -> T:
    """A geometry of the plane moved to EPSG:4326."""
    return _moved(geometry, _TO_DEGREES)


def geojson(geometry: BaseGeometry, decimals: int = _DECIMALS) -> dict[str, Any]:
    """The GeoJSON object of a geometry of the plane, in EPSG:4326."""
    document: dict[str, Any] = json.loads(shapely.to_geojson(to_degrees(geometry)))
    document["coordinates"] = _rounded(document["coordinates"], decimals)
    return document


def largest_polygon(geometry: BaseGeometry) -> Polygon:
    """The largest polygon of a geometry."""
    polygons = [part for part in shapely.get_parts(geometry).tolist() if isinstance(part, Polygon)]
    return max(polygons, key=lambda polygon: polygon.area)


def longest_line(geometry: BaseGeometry) -> LineString:
    """The longest line of a geometry."""
    lines = [part for part in shapely.get_parts(geometry).tolist() if isinstance(part, LineString)]
    return max(lines, key=lambda line: line.length)


def _rounded(value: Any, decimals: int) -> Any:
    return round(value, decimals) if isinstance(value, float) else [_rounded(item, decimals) for item in value]


def _moved(geometry: T, transformer: Transformer) -> T:
    return shapely.transform(geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
