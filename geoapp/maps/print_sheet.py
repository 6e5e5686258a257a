"""What a printed map shows, and how much of the ground fits on it at a round scale."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoapp.catalog.model import StyleClass
from geoapp.core.coordinates import to_vn2000

SHEET_MM = (165.0, 205.0)
# Left, bottom, width, height of the map's frame on the sheet.
FRAME_MM = (8.0, 46.0, 155.0, 153.0)
# Denominators in even thousands, as the rules for maps want them.
_SCALES = (1000, 2000, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
# How much of the frame the land itself takes at most; the rest is what lies around it.
_SHARE = 0.55


@dataclass(frozen=True)
class PrintedPlot:
    """A plot on paper. ``outline``: EPSG:4326; ``style``: how its class is drawn; ``is_own``: one of the case's."""

    code: str
    outline: BaseGeometry
    style: StyleClass
    is_own: bool
    approximate: bool


@dataclass(frozen=True)
class PrintedMap:
    """A map on paper.

    ``classes``: of plots, in the order of the legend;
    ``land``: what the map is about, EPSG:4326; ``park``: outline of the park, or None; ``epsg``: zone of VN-2000 in
    which it is drawn; ``say``: gives the English text of a message in the language of the map.
    """

    plots: tuple[PrintedPlot, ...]
    classes: tuple[StyleClass, ...]
    land: BaseGeometry
    park: BaseGeometry | None
    park_approximate: bool
    epsg: int
    as_of: date
    data_note: str
    language: str
    say: Callable[[str], str]
    regular: Path
    bold: Path


@dataclass(frozen=True)
class View:
    """The ground in the frame, in metres of VN-2000, and the denominator of the scale."""

    west: float
    south: float
    east: float
    north: float
    scale: int

    @property
    def box(self) -> BaseGeometry:
        """The frame as an outline."""
        return shapely.box(self.west, self.south, self.east, self.north)


def on_paper(shape: BaseGeometry, epsg: int) -> BaseGeometry:
    """A shape of EPSG:4326 in metres of VN-2000."""
    return shapely.transform(shape, lambda points: np.array([to_vn2000(lon, lat, epsg) for lon, lat in points]))


def view_of(land: BaseGeometry) -> View:
    """The ground around some land (metres of VN-2000) at the largest round scale at which it has room around it."""
    west, south, east, north = land.bounds
    width_mm, height_mm = FRAME_MM[2], FRAME_MM[3]
    need = max((east - west) / width_mm, (north - south) / height_mm) * 1000 / _SHARE
    scale = next((one for one in _SCALES if one >= need), _SCALES[-1])
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = width_mm * scale / 2000, height_mm * scale / 2000
    return View(x - half_x, y - half_y, x + half_x, y + half_y, scale)


def round_step(length: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not longer than a length."""
    power = 1.0
    while power * 10 <= length:
        power *= 10
    while power > length:
        power /= 10
    return max(power * times for times in (1, 2, 5) if power * times <= length)
