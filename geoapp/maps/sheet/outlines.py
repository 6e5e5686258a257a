"""Numbers and patterns that all writers share."""

from typing import Final

import numpy as np

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.ink import Points

HUNDREDTHS: Final = 100
"""Units of a millimetre in which coordinates are written: a hundredth is finer than any printer."""

KAPPA: Final = 0.5522847498
"""How far the handles of a quarter of a circle reach, in radii."""

PX_MM: Final = 25.4 / 96
"""A pixel of the style model on paper."""

TILE_PX: Final = 8.0
"""Side of the tile of a pattern; the same as on screen (web/static/map/style.js)."""

# Lines of a tile: from x, y to x, y; y downwards as on screen.
_HATCH = ((-1.0, 1.0, 1.0, -1.0), (0.0, 8.0, 8.0, 0.0), (7.0, 9.0, 9.0, 7.0))
_CROSS = ((0.0, 0.0, 8.0, 8.0), (8.0, 0.0, 0.0, 8.0))

LINES = {Pattern.HATCH: (_HATCH, 1.2), Pattern.CROSS: (_CROSS, 1.0)}
"""Lines of a pattern and their width, in pixels."""

DOTS = ((2.0, 2.0), (6.0, 6.0))
DOT_RADIUS: Final = 1.1
"""Dots of the pattern of that name, in pixels."""

HALO: Final = 0.22
"""Width of the line around letters with a halo, in shares of their size."""


def hundredths(points: Points) -> list[list[int]]:
    """Points in hundredths of a millimetre."""
    whole: list[list[int]] = np.rint(points * HUNDREDTHS).astype(np.int64).tolist()
    return whole
