"""Areas on the WGS 84 ellipsoid, never in web mercator and never in square degrees."""

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

_ELLIPSOID = Geod(ellps="WGS84")
_STEP_DEG = 0.01
_SURFACE = 2
M2_PER_HA = 10_000.0


def area_ha(geometry: BaseGeometry) -> float:
    """Area of a polygon or multipolygon in hectares.

    Args: geometry - EPSG:4326, longitude then latitude in degrees, finite; sides are straight in longitude and
        latitude, as they are drawn, so long ones are densified before they are measured as geodesics.
    Returns: hectares, never negative whichever way the rings run; 0 for points, lines and empty geometries.
    Source: C. F. F. Karney, Algorithms for geodesics, 2013.
    """
    if shapely.get_dimensions(geometry) < _SURFACE:
        return 0.0
    drawn = shapely.orient_polygons(shapely.segmentize(geometry, _STEP_DEG))
    measured, _ = _ELLIPSOID.geometry_area_perimeter(drawn)
    return abs(float(measured)) / M2_PER_HA
