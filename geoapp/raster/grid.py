"""The web grid (EPSG:3857): zoom levels, and how a picture is laid on whole tiles."""

import math
from dataclasses import dataclass

from affine import Affine

TILE = 256
WEB = "EPSG:3857"
DEEPEST = 22
EDGE = math.pi * 6378137
"""Half the width of the world in metres of the web grid."""
# A picture that is this much coarser than a level, in zooms, still goes on it; finer ones go one level deeper.
_SLACK = 0.1


@dataclass(frozen=True)
class WebGrid:
    """A rectangle of pixels at a zoom. ``left``, ``top``: columns and rows from the north-west corner of the world.

    All are whole tiles, so that each halving of the picture, up to a pixel for a tile, still lies on the grid.
    """

    zoom: int
    left: int
    top: int
    width: int
    height: int

    @property
    def halvings(self) -> int:
        """How often the picture is halved until it fits into one tile."""
        return max(math.ceil(math.log2(max(self.width, self.height) / TILE)), 0)

    @property
    def transform(self) -> Affine:
        """From pixels to metres of the web grid."""
        size = resolution(self.zoom)
        return Affine(size, 0, self.left * size - EDGE, 0, -size, EDGE - self.top * size)


def resolution(zoom: int) -> float:
    """Metres of the web grid to a pixel; on the ground they are shorter by the cosine of the latitude."""
    return float(2 * EDGE / TILE / 2**zoom)


def zoom_for(pixel_m: float) -> int:
    """The first zoom at which no detail is lost. Args: pixel_m - size of a pixel in metres of the web grid."""
    return min(max(math.ceil(math.log2(resolution(0) / pixel_m) - _SLACK), 0), DEEPEST)


def lay_out(bounds: tuple[float, float, float, float], zoom: int) -> WebGrid:
    """The whole tiles that cover bounds (west, south, east, north in metres of the web grid) at a zoom."""
    size = resolution(zoom)
    west, south, east, north = bounds
    # What lies on an edge by the exactness of numbers lies on it.
    left, top = (math.floor(round(v / size / TILE, 6)) for v in (west + EDGE, EDGE - north))
    right, bottom = (math.ceil(round(v / size / TILE, 6)) for v in (east + EDGE, EDGE - south))
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    return WebGrid(zoom, left * TILE, top * TILE, (right - left) * TILE, (bottom - top) * TILE)
