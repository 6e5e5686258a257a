"""From shapes on the paper to rings and lines that can be drawn: cut to the frame, no finer than print shows."""

from typing import Any

import numpy as np
import shapely

from geoapp.maps.sheet.ink import Box, Points

# Finer bends than this, in millimetres, are not seen; only drawings of many points are thinned.
_BEND_MM = 0.02
_MANY_POINTS = 4000


def cut(shapes: Any, box: Box) -> Any:
    """Areas and lines cut to a box; those wholly inside stay as they are, those outside become empty."""
    bounds = shapely.bounds(shapes)
    west, south, east, north = (bounds[:, i] for i in range(4))
    crossing = (west < box.x) | (south < box.y) | (east > box.right) | (north > box.top)
    made = shapes.copy()
    if crossing.any():
        made[crossing] = shapely.clip_by_rect(shapes[crossing], box.x, box.y, box.right, box.top)
    if shapely.get_num_coordinates(made).sum() > _MANY_POINTS:
        thin = shapely.simplify(made, _BEND_MM, preserve_topology=False)
        made = np.where(shapely.is_empty(thin), made, thin)
    return made


def rings_of(shapes: Any) -> list[list[Points]]:
    """The rings of every area, a list for each; an area of several parts is one shape."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, of_part = shapely.get_rings(parts[is_area], return_index=True)
    return _grouped(rings, of_shape[is_area][of_part], len(shapes))


def lines_of(shapes: Any) -> list[list[Points]]:
    """The lines of every shape, a list for each."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    return _grouped(parts, of_shape, len(shapes))


def points_of(shapes: Any) -> tuple[Points, Any]:
    """Every point, and the place of the shape that it is of."""
    points, of_shape = shapely.get_coordinates(shapes, return_index=True)
    return points, of_shape


def _grouped(curves: Any, of_shape: Any, count: int) -> list[list[Points]]:
    points = shapely.get_coordinates(curves)
    ends = np.cumsum(shapely.get_num_coordinates(curves))
    grouped: list[list[Points]] = [[] for _ in range(count)]
    start = 0
    for end, place in zip(ends.tolist(), of_shape.tolist(), strict=True):
        if end > start:
            grouped[place].append(points[start:end])
        start = end
    return grouped
