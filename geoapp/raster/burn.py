"""Shapes to pixels, and pixels to a GeoTIFF: for pictures that the program makes itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class PixelGrid:
    """A grid with north up: its coordinate system, north-west corner, size of a pixel and counts of pixels."""

    crs: str
    west: float
    north: float
    pixel: float
    width: int
    height: int

    @property
    def transform(self) -> Affine:
        """From pixels to coordinates."""
        return Affine(self.pixel, 0, self.west, 0, -self.pixel, self.north)


def burn(shapes: Sequence[tuple[BaseGeometry, int]], grid: PixelGrid) -> np.ndarray:
    """The number of the last shape in which the middle of each pixel lies; 0 where there is none."""
    found: np.ndarray = rasterize(
        shapes, out_shape=(grid.height, grid.width), transform=grid.transform, fill=0, dtype="uint8"
    )
    return found


def write_picture(target: Path, pixels: np.ndarray, grid: PixelGrid, names: Sequence[str], nodata: float) -> None:
    """Write (bands, rows, columns) as a GeoTIFF with named bands."""
    profile = {
        "driver": "GTiff", "width": grid.width, "height": grid.height, "count": len(pixels), "dtype": pixels.dtype,
        "crs": grid.crs, "transform": grid.transform, "nodata": nodata, "tiled": True, "interleave": "band",
    }  # fmt: skip
    with rasterio.open(target, "w", **profile) as file:
        file.write(pixels)
        file.descriptions = tuple(names)
