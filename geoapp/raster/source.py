"""A picture as an operator hands it in: opened as a GeoTIFF and nothing else, judged, and read block by block."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import ColorInterp, Interleaving, MaskFlags
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from geoapp.errors import N_, DataError

_SIGNS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_TYPES = ("uint8", "uint16", "int16", "uint32", "int32", "float32", "float64")
_CHUNK = 1024
# More bands are no picture to look at, and each piece of it would have to be held in memory with all of them.
_MOST_BANDS = 64
# A block is unpacked as a whole, however few of its pixels belong to the picture.
_MOST_BLOCK_BYTES = 1_000_000_000
_COLOURS = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)


@dataclass(frozen=True)
class Wanted:
    """How a picture is to be taken. ``bands``: red, green, blue, or one for grey, from 1; None: found out.

    ``nodata``: a value that stands for no data, beside what the file says; ``nearest``: values are kept as they are,
    for classes; otherwise they are interpolated. ``most_pixels``: larger pictures are refused.
    """

    bands: tuple[int, ...] | None = None
    nodata: float | None = None
    nearest: bool = False
    most_pixels: int = 1_000_000_000


def refused(path: Path, *faults: str) -> DataError:
    """The error that tells why a picture is not taken."""
    return DataError(N_("The picture %(file)s is refused, nothing was stored:"), faults, file=path.name)


@contextmanager
def opened(path: Path) -> Iterator[DatasetReader]:
    """A GeoTIFF open for reading. Raises: DataError - it is none, or damaged at its head."""
    check_sign(path)
    try:
        # By name of the driver: a text file that names other files or addresses is never followed.
        dataset = rasterio.open(path, driver="GTiff")
    except (RasterioError, ValueError) as error:
        raise refused(path, f"it cannot be opened as a GeoTIFF, it is damaged: {error}. Get it again.") from error
    with dataset:
        yield dataset


def check_head(path: Path, dataset: DatasetReader, wanted: Wanted) -> None:
    """Whatever can be judged without reading pixels. Raises: DataError - all faults at once."""
    faults = [*_place_faults(dataset), *_size_faults(dataset, wanted.most_pixels)]
    if bad := [kind for kind in dataset.dtypes if kind not in _TYPES]:
        faults.append(f"pixels of type {bad[0]} cannot be shown; expected {', '.join(_TYPES)}. Convert them first.")
    count = len(data_bands(dataset))
    if count == 0:
        faults.append("it has no band of data, only a mask.")
    if wanted.bands and (len(wanted.bands) not in {1, 3} or not all(1 <= band <= count for band in wanted.bands)):
        said = ",".join(map(str, wanted.bands))
        faults.append(f"--bands: expected one or three numbers from 1 to {count}, found {said}.")
    if faults:
        raise refused(path, *faults)


def data_bands(dataset: DatasetReader) -> list[int]:
    """The numbers of the bands that are no alpha."""
    return [i for i, meaning in enumerate(dataset.colorinterp, start=1) if meaning is not ColorInterp.alpha]


def display_bands(dataset: DatasetReader) -> tuple[int, ...]:
    """Red, green and blue among the bands of data, counted from 1: as the file says, else the first three, or grey."""
    kept = data_bands(dataset)
    meanings = [dataset.colorinterp[i - 1] for i in kept]
    if all(colour in meanings for colour in _COLOURS):
        return tuple(meanings.index(colour) + 1 for colour in _COLOURS)
    names = [(dataset.descriptions[i - 1] or "").lower() for i in kept]
    if all(colour.name in names for colour in _COLOURS):
        return tuple(names.index(colour.name) + 1 for colour in _COLOURS)
    return (1, 2, 3) if len(kept) >= 3 else (1,)


def read_blocks(
    path: Path, dataset: DatasetReader, nodata: float | None
) -> Iterator[tuple[Window, np.ndarray, np.ndarray]]:
    """All of a picture in pieces: window, (bands, rows, columns), and where it is valid (rows, columns).

    Raises: DataError - a piece cannot be read: the file is cut off or damaged.
    """
    bands = data_bands(dataset)
    for window in windows(dataset.width, dataset.height, dataset.block_shapes[0]):
        try:
            data = dataset.read(bands, window=window)
            valid = _valid(dataset, bands, data, window, nodata)
        except RasterioError as error:
            raise refused(
                path,
                f"rows {window.row_off} to {window.row_off + window.height} cannot be read: the file is cut off or "
                "damaged. Get it again, and compare its size.",
            ) from error
        yield window, data, valid


def windows(width: int, height: int, block: Sequence[int] = (1, 1)) -> Iterator[Window]:
    """Pieces of about a million pixels that cover a grid, each of whole blocks (rows, columns)."""
    rows, columns = (max(_CHUNK // size, 1) * size if size < 4 * _CHUNK else size for size in block)
    columns = min(columns, 4 * _CHUNK)
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            yield Window(left, top, min(columns, width - left), min(rows, height - top))


def _valid(
    dataset: DatasetReader, bands: list[int], data: np.ndarray, window: Window, nodata: float | None
) -> np.ndarray:
    """Where any band says something: by mask or alpha, nodata of the file, nodata of the operator; NaN is nothing."""
    said: np.ndarray = np.isfinite(data) if data.dtype.kind == "f" else np.ones(data.shape, dtype=bool)
    flags = dataset.mask_flag_enums[bands[0] - 1]
    if MaskFlags.per_dataset in flags or MaskFlags.alpha in flags:
        said &= dataset.dataset_mask(window=window) > 0
    elif MaskFlags.nodata in flags:
        said &= dataset.read_masks(bands, window=window) > 0
    if nodata is not None and not np.isnan(nodata):
        said = np.asarray(np.logical_and(said, data != nodata))
    return np.asarray(said.any(axis=0))


def check_sign(path: Path) -> None:
    """Raises: DataError - whatever the file is, it is no TIFF. Read no other file further: a pipe never ends."""
    if not path.is_file():
        raise refused(path, "it is no ordinary file. Copy the picture to one first.")
    with path.open("rb") as file:
        sign = file.read(4)
    if not sign:
        raise refused(path, "it is empty (0 bytes). Get it again.")
    if sign not in _SIGNS:
        raise refused(path, "it is no TIFF file. Convert it first, for instance: gdal_translate INPUT OUTPUT.tif")


def _place_faults(dataset: DatasetReader) -> Iterator[str]:
    if dataset.gcps[0]:
        yield "it has only control points, no grid. Rectify it first: gdalwarp -t_srs EPSG:4326 INPUT OUTPUT.tif"
    elif dataset.transform.is_identity or dataset.transform.is_degenerate:
        yield (
            "it does not say where its pixels lie (no georeference). Export it again with its position, or assign it: "
            "gdal_edit.py -a_ullr WEST NORTH EAST SOUTH FILE"
        )
    if dataset.crs is None and not dataset.gcps[0]:
        yield (
            "it does not say its coordinate system (CRS), and that is never guessed. If you know it, assign it: "
            "gdal_edit.py -a_srs EPSG:9209 FILE (9209 is VN-2000 / TM-3 105-30; 32648 is WGS 84 / UTM 48N)"
        )


def _size_faults(dataset: DatasetReader, most: int) -> Iterator[str]:
    if dataset.count > _MOST_BANDS:
        yield (
            f"it has {dataset.count} bands, more than the {_MOST_BANDS} that are taken. Keep those to be shown: "
            "gdal_translate -b 3 -b 2 -b 1 INPUT OUTPUT.tif"
        )
    rows, columns = dataset.block_shapes[0]
    together = dataset.count if dataset.interleaving is Interleaving.pixel else 1
    if rows * columns * together * np.dtype(dataset.dtypes[0]).itemsize > _MOST_BLOCK_BYTES:
        yield (
            f"it holds {columns} x {rows} pixels in one block, too many to unpack at once. Write it with smaller ones: "
            "gdal_translate -co TILED=YES INPUT OUTPUT.tif"
        )
    pixels = dataset.width * dataset.height
    if pixels > most:
        yield (
            f"it has {dataset.width} x {dataset.height} pixels, more than the {most / 1e6:,.0f} million that are "
            "allowed. Cut it to the area needed, or raise GEOAPP_IMAGERY_LIMIT_MPX."
        )
