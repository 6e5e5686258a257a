"""The ground that a frame on paper shows: from degrees to millimetres at a true scale."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoapp.core.coordinates import ZONES, from_vn2000, points_to_vn2000, to_vn2000, vn2000_degrees
from geoapp.errors import N_, InvalidRequest
from geoapp.maps.sheet.ink import Box, Points
from geoapp.maps.sheet.model import AtScale, Extent, Limits, View

# Denominators in even thousands, as the rules for maps want them, in thousands.
_THOUSANDS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80)
EVEN_SCALES = tuple(
    sorted({1000 * step * power for power in (1, 10, 100) for step in _THOUSANDS if 1000 * step * power <= 5_000_000})
)
# Further from the meridian a zone of three degrees is of no use.
_REACH_DEG = 3.0
_LATITUDES = (4.5, 24.0)
# An extent smaller than this on each side is a mistake, about 5 m.
_LEAST_DEG = 0.00005


@dataclass(frozen=True)
class Ground:
    """The ground in a frame. Metres of VN-2000; ``frame``: where it lies on the paper; ``scale``: the denominator."""

    frame: Box
    west: float
    south: float
    scale: int
    epsg: int

    @property
    def east(self) -> float:
        """Easting of the right edge."""
        return self.west + self.frame.width * self.scale / 1000

    @property
    def north(self) -> float:
        """Northing of the upper edge."""
        return self.south + self.frame.height * self.scale / 1000

    def paper(self, points: NDArray[np.float64]) -> Points:
        """Places in degrees of EPSG:4326, (n, 2), in millimetres on the paper."""
        return self.paper_of_metres(points_to_vn2000(points, self.epsg))

    def paper_of_metres(self, points: NDArray[np.float64]) -> Points:
        """Places in metres of VN-2000 in millimetres on the paper."""
        origin = np.array([self.west, self.south])
        placed: Points = (points - origin) * (1000 / self.scale) + (self.frame.x, self.frame.y)
        return placed

    def shapes(self, shapes: Any) -> Any:
        """An array of shapes in EPSG:4326 as shapes on the paper."""
        return shapely.transform(shapes, self.paper)

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Longitude and latitude in the datum of VN-2000 of the corners, from the lower left round by the right."""
        places = ((self.west, self.south), (self.east, self.south), (self.east, self.north), (self.west, self.north))
        return tuple(vn2000_degrees(x, y, self.epsg) for x, y in places)

    def bounds_4326(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees of EPSG:4326 that hold all of the frame."""
        steps = np.linspace(0, 1, 9)
        edge = [(x, y) for x in steps for y in steps if x in {0, 1} or y in {0, 1}]
        width, height = self.east - self.west, self.north - self.south
        places = np.array([from_vn2000(self.west + x * width, self.south + y * height, self.epsg) for x, y in edge])
        west, south = places.min(axis=0)
        east, north = places.max(axis=0)
        return float(west), float(south), float(east), float(north)


def ground_of(view: View, frame: Box, epsg: int, limits: Limits) -> Ground:
    """The ground that a frame shows.

    Raises: InvalidRequest - a scale, an extent or a zone that cannot be drawn; ``parameter`` names it.
    """
    if epsg not in ZONES:
        raise InvalidRequest(
            N_("There is no zone EPSG:%(epsg)s here. Choose one of %(known)s."),
            parameter="epsg",
            epsg=epsg,
            known=", ".join(map(str, ZONES)),
        )
    if isinstance(view, AtScale):
        _check_scale(view.scale, limits)
        _check_place(Extent(view.lon, view.lat, view.lon, view.lat), epsg)
        return _around(to_vn2000(view.lon, view.lat, epsg), view.scale, frame, epsg)
    _check_place(view, epsg)
    if not (view.east - view.west >= _LEAST_DEG and view.north - view.south >= _LEAST_DEG):
        raise InvalidRequest(
            N_("The extent %(extent)s has no area: west must lie below east and south below north, in degrees."),
            parameter="extent",
            extent=_told(view),
        )
    return _holding(view, frame, epsg, limits)


def even_scale(least: float) -> int:
    """The next even denominator that is not smaller; the last one where there is none."""
    return next((scale for scale in EVEN_SCALES if scale >= least), EVEN_SCALES[-1])


def _holding(view: Extent, frame: Box, epsg: int, limits: Limits) -> Ground:
    corners = [(x, y) for x in (view.west, view.east) for y in (view.south, view.north)]
    metres = points_to_vn2000(np.array(corners), epsg)
    (west, south), (east, north) = metres.min(axis=0), metres.max(axis=0)
    least = max((east - west) / frame.width, (north - south) / frame.height) * 1000
    scale = even_scale(least)
    if scale < least or scale > limits.scale[1]:
        raise InvalidRequest(
            N_("The extent %(extent)s needs a scale of 1:%(scale)s; the smallest is 1:%(most)s. Choose a smaller one."),
            parameter="extent",
            extent=_told(view),
            scale=math.ceil(least),
            most=min(limits.scale[1], EVEN_SCALES[-1]),
        )
    return _around(((west + east) / 2, (south + north) / 2), scale, frame, epsg)


def _around(centre: tuple[float, float], scale: int, frame: Box, epsg: int) -> Ground:
    width, height = frame.width * scale / 1000, frame.height * scale / 1000
    return Ground(frame, centre[0] - width / 2, centre[1] - height / 2, scale, epsg)


def _check_scale(scale: int, limits: Limits) -> None:
    least, most = limits.scale
    if not least <= scale <= most:
        raise InvalidRequest(
            N_("A scale of 1:%(scale)s cannot be drawn. Choose one from 1:%(least)s to 1:%(most)s, such as 1:5000."),
            parameter="scale",
            scale=scale,
            least=least,
            most=most,
        )


def _check_place(view: Extent, epsg: int) -> None:
    """Raises: InvalidRequest - a place that the zone does not serve, such as one on another continent."""
    meridian = ZONES[epsg]
    near = meridian - _REACH_DEG <= view.west <= view.east <= meridian + _REACH_DEG
    if not (near and _LATITUDES[0] <= view.south <= view.north <= _LATITUDES[1]):
        raise InvalidRequest(
            N_(
                "The extent %(extent)s lies outside of what zone EPSG:%(epsg)s serves: longitude %(west)s to %(east)s, "
                "latitude %(south)s to %(north)s. Choose a place in the province."
            ),
            parameter="extent",
            extent=_told(view),
            epsg=epsg,
            west=meridian - _REACH_DEG,
            east=meridian + _REACH_DEG,
            south=_LATITUDES[0],
            north=_LATITUDES[1],
        )


def _told(view: Extent) -> str:
    return ", ".join(f"{value:.5g}" for value in (view.west, view.south, view.east, view.north))
