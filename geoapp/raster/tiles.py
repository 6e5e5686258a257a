"""Tiles of a COG on the web grid. Where a tile is part of the file or of an overview of it, it is read as it is."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import rasterio
from rasterio.errors import RasterioError, RasterioIOError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from geoapp.errors import N_, DataError, NotFound
from geoapp.raster.grid import EDGE, TILE, resolution

# Files that a thread keeps open.
_MOST_OPEN = 8
_LUT_TYPES = ("uint8", "uint16")
_IMPORTING = threading.Lock()


@dataclass(frozen=True)
class Look:
    """How a picture is shown: numbers of its bands (three, or one for grey), and each from which value to which."""

    bands: tuple[int, ...]
    stretch: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class TilePixels:
    """Pixels (bands, rows, columns) of a tile; ``opaque``: (rows, columns), 0 where nothing is shown. None: nothing."""

    colours: np.ndarray
    opaque: np.ndarray

    @property
    def stacked(self) -> np.ndarray:
        """Colours, with an alpha band where something is left open."""
        if self.opaque.all():
            return self.colours
        return np.concatenate([np.where(self.opaque > 0, self.colours, 0).astype(np.uint8), self.opaque[np.newaxis]])


class TileReader:
    """Reads tiles of files on the web grid. Each thread opens a file once and keeps it. Safe among threads."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._tables: dict[tuple[Look, str], list[np.ndarray]] = {}

    def read(self, cog: Path, look: Look, place: tuple[int, int, int]) -> TilePixels | None:
        """A tile (zoom, column, row), or None where the picture says nothing there.

        Raises: NotFound - the file is not there; DataError - it cannot be read.
        """
        try:
            dataset = self._dataset(cog)
            found = _read_exactly(dataset, look.bands, *place)
            if found is None:
                found = _read_resampled(dataset, look.bands, *place)
        except RasterioError as error:
            raise _broken(cog, error) from error
        if found is None:
            return None
        data, opaque = found
        return TilePixels(self._shown(data, look), opaque) if opaque.any() else None

    def _dataset(self, cog: Path) -> DatasetReader:
        """The file, open; opened again where it was replaced meanwhile."""
        held: OrderedDict[Path, tuple[tuple[int, int], DatasetReader]] = self._local.__dict__.setdefault(
            "held", OrderedDict()
        )
        try:
            said = cog.stat()
        except FileNotFoundError as error:
            raise NotFound(
                N_(
                    "The file of the scene %(scene)s is not in the folder of pictures. Bring it back from a backup, or "
                    "register the scene again."
                ),
                scene=cog.stem,
            ) from error
        state = (said.st_ino, said.st_mtime_ns)
        kept = held.pop(cog, None)
        if kept and kept[0] != state:
            kept[1].close()
            kept = None
        if kept is None:
            kept = (state, rasterio.open(cog, driver="GTiff"))
        held[cog] = kept
        while len(held) > _MOST_OPEN:
            held.popitem(last=False)[1][1].close()
        return kept[1]

    def _shown(self, data: np.ndarray, look: Look) -> np.ndarray:
        """Values as bytes: from 0 at the low end of the stretch to 255 at the high one."""
        if data.dtype not in _LUT_TYPES:
            return np.stack([_stretched(band, ends) for band, ends in zip(data, look.stretch, strict=True)])
        key = (look, str(data.dtype))
        tables = self._tables.get(key)
        if tables is None:
            values = np.arange(np.iinfo(data.dtype).max + 1)
            tables = self._tables[key] = [_stretched(values, ends) for ends in look.stretch]
        shown = np.empty(data.shape, dtype=np.uint8)
        for band, table, out in zip(data, tables, shown, strict=True):
            np.take(table, band, out=out)
        return shown


def _stretched(values: np.ndarray, ends: tuple[float, float]) -> np.ndarray:
    low, high = ends
    return np.rint(np.clip((values.astype(float) - low) * (255 / (high - low)), 0, 255)).astype(np.uint8)


Found = tuple[np.ndarray, np.ndarray] | None


def _read_exactly(dataset: DatasetReader, bands: tuple[int, ...], z: int, x: int, y: int) -> Found:
    """The pixels as stored, where the file or an overview of it has the resolution of the tile; None where none has."""
    size = dataset.transform.a
    halvings = round(np.log2(resolution(z) / size))
    factor = 2**halvings if halvings >= 0 else 0
    if factor not in (1, *dataset.overviews(1)) or factor > TILE:
        return None
    left, top = round((dataset.transform.c + EDGE) / size), round((EDGE - dataset.transform.f) / size)
    # In pixels of the overview: the tile, the picture, and what they share.
    width, height = dataset.width // factor, dataset.height // factor
    column, row = x * TILE - left // factor, y * TILE - top // factor
    first, last = (max(column, 0), max(row, 0)), (min(column + TILE, width), min(row + TILE, height))
    shared = (last[0] - first[0], last[1] - first[1])
    if min(shared) <= 0:
        return np.zeros((len(bands), 0, 0)), np.zeros((0, 0))
    window = Window(first[0] * factor, first[1] * factor, shared[0] * factor, shared[1] * factor)
    out = (shared[1], shared[0])
    opaque = dataset.read_masks(1, window=window, out_shape=out)
    if not opaque.any():
        return np.zeros((len(bands), 0, 0)), opaque
    data = dataset.read(bands, window=window, out_shape=(len(bands), *out))
    if out == (TILE, TILE):
        return data, opaque
    place = (slice(first[1] - row, last[1] - row), slice(first[0] - column, last[0] - column))
    whole, whole_opaque = np.zeros((len(bands), TILE, TILE), data.dtype), np.zeros((TILE, TILE), np.uint8)
    whole[:, *place], whole_opaque[place] = data, opaque
    return whole, whole_opaque


def _read_resampled(dataset: DatasetReader, bands: tuple[int, ...], z: int, x: int, y: int) -> Found:
    """Levels that the file does not hold, by rio-tiler; imported when it is needed, for it takes a second."""
    # Its modules import each other in a circle: of two threads that begin at once, one would find half of them.
    with _IMPORTING:
        from rio_tiler.errors import TileOutsideBounds  # noqa: PLC0415
        from rio_tiler.io import Reader  # noqa: PLC0415

    try:
        with Reader(None, dataset=dataset) as reader:
            image = reader.tile(x, y, z, tilesize=TILE, indexes=bands, resampling_method="bilinear")
    except TileOutsideBounds:
        return None
    return image.array.data, cast("np.ndarray", image.mask)


def _broken(cog: Path, error: RasterioIOError | RasterioError) -> DataError:
    return DataError(
        N_("The file of the scene %(scene)s cannot be read: register the scene again."), [str(error)], scene=cog.stem
    )
