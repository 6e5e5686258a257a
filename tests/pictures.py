"""Small pictures made for tests: real GeoTIFFs, each good or bad in one way, and how tiles of them are read."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from geoapp.raster.grid import EDGE, TILE, resolution

ZONE_UTM = Affine(10, 0, 622_000, 0, -10, 2_212_000)
"""A place in the Ninh Cơ zone, in UTM 48N, with pixels of 10 m."""
CORNER = (14, 13024, 7262)
"""A tile of the web grid in the zone, both of its numbers even: the first of four that make one of zoom 13."""
LANDSAT = Path(__file__).parent / "raster/files/landsat7_olinda_cut.tif"


def write_picture(path: Path, data: np.ndarray, **profile: object) -> Path:
    """A GeoTIFF of (bands, rows, columns), in the zone unless told otherwise."""
    count, height, width = data.shape
    profile = {"crs": "EPSG:32648", "transform": ZONE_UTM, **profile}
    with rasterio.open(
        path, "w", driver="GTiff", count=count, height=height, width=width, dtype=data.dtype, **profile
    ) as file:
        file.write(data)
    return path


def ramp(count: int = 3, size: int = 64, dtype: str = "uint16") -> np.ndarray:
    """Bands that rise from the left to the right, from 1 up; no two bands alike."""
    line = np.linspace(1, 200, size)
    return np.stack([np.tile(line + band, (size, 1)) for band in range(count)]).astype(dtype)


def web_transform(place: tuple[int, int, int]) -> Affine:
    """The corner of a tile of the web grid, with its pixels."""
    zoom, column, row = place
    size = resolution(zoom)
    return Affine(size, 0, column * TILE * size - EDGE, 0, -size, EDGE - row * TILE * size)


def checkerboard(path: Path, cell: int = 64) -> Path:
    """512 x 512 pixels that are four tiles from ``CORNER`` on: cells of 100 and 200, the first one 100."""
    rows, columns = np.indices((512, 512)) // cell
    data = np.where((rows + columns) % 2, 200, 100).astype("uint8")[np.newaxis]
    return write_picture(path, data, crs="EPSG:3857", transform=web_transform(CORNER))


def pixels_of(body: bytes) -> np.ndarray:
    """The pixels (bands, rows, columns) of a picture in bytes."""
    with MemoryFile(body) as memory, memory.open() as file:
        found: np.ndarray = file.read()
        return found
