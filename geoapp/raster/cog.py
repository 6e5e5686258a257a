"""From a picture to a Cloud Optimized GeoTIFF on the web grid, with a mask of what is valid, whole or not at all."""

import hashlib
import shutil as files
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio import shutil
from rasterio._err import CPLE_BaseError
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import CRSError, RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from geoapp.errors import N_, StoreError
from geoapp.raster.grid import EDGE, TILE, WEB, WebGrid, lay_out, zoom_for
from geoapp.raster.source import Wanted, check_head, data_bands, display_bands, opened, read_blocks, refused, windows

_OPAQUE = 255
_HALF = 128
# The most northern latitude of the web grid.
_POLE = 85.06
# Temporary copies are packed quickly, what stays is packed well. With predictor 2 neighbours are stored as differences.
_QUICK = {"compress": "zstd", "zstd_level": 1, "bigtiff": "if_safer"}
# Pixels on the ground: finer than a drone sees, or coarser than any picture from space, they are a slip.
_FINEST_M, _COARSEST_M = 0.001, 50_000
# Copies that a picture needs at most while it is made, in bytes of its own size.
_COPIES = 3


@dataclass(frozen=True)
class Made:
    """A COG as it was made, and what was found of the picture."""

    sha256: str
    size: int
    grid: WebGrid
    bands: int
    names: tuple[str, ...]
    display: tuple[int, ...]
    dtype: str
    crs: str
    pixel_size_m: float


def make_cog(source: Path, target: Path, work: Path, wanted: Wanted) -> Made:
    """Check a picture and write its COG. Nothing but ``target`` is left; it is there only where all went well.

    Args: target - in a folder of its own; work - an empty folder for copies on the way, taken away by the caller.
    Raises: DataError - the picture cannot be used, with what to do; StoreError - the copies cannot be written.
    """
    with opened(source) as dataset:
        check_head(source, dataset, wanted)
        _check_space(dataset, work)
        try:
            _check_place(source, dataset)
            clean = _clean(source, dataset, work / "clean.tif", wanted.nodata)
            with rasterio.open(clean) as copy:
                grid, pixel_m = _grid(source, copy, wanted)
                laid = _lay(copy, grid, work / "laid.tif", nearest=wanted.nearest)
            clean.unlink()
            _pack(laid, target, grid, nearest=wanted.nearest)
            _read_all(target)
        # GDAL's own errors come through unnamed where a copy is written.
        except (RasterioError, CPLE_BaseError, OSError) as error:
            target.unlink(missing_ok=True)
            raise _unwritable(work, error) from error
        with target.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        bands = data_bands(dataset)
        return Made(
            sha256=sha256,
            size=target.stat().st_size,
            grid=grid,
            bands=len(bands),
            names=tuple(dataset.descriptions[i - 1] or str(n) for n, i in enumerate(bands, start=1)),
            display=wanted.bands or display_bands(dataset),
            dtype=str(np.result_type(*(dataset.dtypes[i - 1] for i in bands))),
            crs=_crs_name(dataset),
            pixel_size_m=pixel_m,
        )


def _check_place(path: Path, dataset: DatasetReader) -> None:
    """Raises: DataError - the web grid cannot hold the picture."""
    try:
        west, south, east, north = transform_bounds(dataset.crs, "EPSG:4326", *_bounds(dataset), densify_pts=21)
    except CRSError as error:
        raise refused(path, f"its coordinate system cannot be converted: {error}.") from error
    if not np.isfinite([west, south, east, north]).all():
        raise refused(path, "its position lies outside of what its coordinate system can say. Assign the right one.")
    if west > east or west < -180 or east > 180:
        raise refused(path, "it lies across the 180° meridian, where the web grid ends. Cut it in two there.")
    if max(-south, north) > _POLE:
        raise refused(path, f"it reaches beyond {_POLE}° north or south, where the web grid ends. Cut it there.")


def _bounds(dataset: DatasetReader) -> tuple[float, float, float, float]:
    """West, south, east, north of all four corners; a picture may be turned."""
    width, height = dataset.width, dataset.height
    xs, ys = zip(
        *(dataset.transform @ corner for corner in [(0, 0), (width, 0), (0, height), (width, height)]), strict=True
    )
    return min(xs), min(ys), max(xs), max(ys)


def _clean(path: Path, dataset: DatasetReader, target: Path, nodata: float | None) -> Path:
    """A copy with every block read once, where what is not valid is 0 and says so in an alpha band."""
    bands = data_bands(dataset)
    dtype = np.result_type(*(dataset.dtypes[i - 1] for i in bands))
    profile = {
        "driver": "GTiff", "width": dataset.width, "height": dataset.height, "count": len(bands) + 1, "dtype": dtype,
        "crs": dataset.crs, "transform": dataset.transform, "tiled": True, "blockxsize": 512, "blockysize": 512,
        "interleave": "band", **_QUICK,
    }  # fmt: skip
    any_valid = False
    with rasterio.open(target, "w", **profile) as copy:
        copy.colorinterp = [*([ColorInterp.undefined] * len(bands)), ColorInterp.alpha]
        for window, data, valid in read_blocks(path, dataset, nodata):
            any_valid = any_valid or bool(valid.any())
            copy.write(
                np.where(valid & np.isfinite(data), data, 0).astype(dtype),
                list(range(1, len(bands) + 1)),
                window=window,
            )
            copy.write((valid * _OPAQUE).astype(dtype), len(bands) + 1, window=window)
    if not any_valid:
        raise refused(path, "all of its pixels are nodata: there is nothing to show. Check --nodata, or get it again.")
    return target


def _grid(path: Path, clean: DatasetReader, wanted: Wanted) -> tuple[WebGrid, float]:
    """Where the picture comes to lie, and the size of its pixels on the ground in metres."""
    with WarpedVRT(clean, crs=WEB, add_alpha=False) as view:
        bounds, pixel_m = view.bounds, abs(view.transform.a)
    bounds = tuple(float(np.clip(value, -EDGE, EDGE)) for value in bounds)
    ground_m = float(pixel_m * np.cos(np.arctan(np.sinh((bounds[1] + bounds[3]) / 2 / 6378137))))
    if not _FINEST_M <= ground_m <= _COARSEST_M:
        raise refused(
            path,
            f"it would have pixels of {ground_m:,.4f} m on the ground, and {_FINEST_M} to {_COARSEST_M:,} m are taken. "
            "The size of its pixels or its coordinate system is wrong: assign the right one.",
        )
    grid = lay_out(bounds, zoom_for(pixel_m))
    pixels = grid.width * grid.height
    if pixels > 4 * wanted.most_pixels:
        raise refused(
            path,
            f"on the web grid it would have {pixels / 1e6:,.0f} million pixels. Cut it to the area needed, or raise "
            "GEOAPP_IMAGERY_LIMIT_MPX.",
        )
    return grid, ground_m


def _lay(clean: DatasetReader, grid: WebGrid, target: Path, *, nearest: bool) -> Path:
    """The picture on the web grid. Pixels weigh by what is valid of them: no edge is mixed with nodata."""
    count = clean.count - 1
    bands = list(range(1, count + 1))
    profile = {
        "driver": "GTiff", "width": grid.width, "height": grid.height, "count": count, "dtype": clean.dtypes[0],
        "crs": WEB, "transform": grid.transform, "tiled": True, "blockxsize": TILE, "blockysize": TILE,
        "sparse_ok": True, **_QUICK,
    }  # fmt: skip
    view = WarpedVRT(
        clean, crs=WEB, transform=grid.transform, width=grid.width, height=grid.height,
        resampling=Resampling.nearest if nearest else Resampling.bilinear, tolerance=0.01,
        warp_extras={"SRC_ALPHA_MAX": str(_OPAQUE), "DST_ALPHA_MAX": str(_OPAQUE)},
    )  # fmt: skip
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), view, rasterio.open(target, "w", **profile) as laid:
        for window in windows(grid.width, grid.height, (TILE, TILE)):
            pixels = view.read(window=window)
            # Half of a pixel or more is valid, or it is not shown.
            valid = pixels[-1] >= _HALF
            if valid.any():
                laid.write(np.where(valid, pixels[:-1], 0), bands, window=window)
                laid.write_mask((valid * _OPAQUE).astype("uint8"), window=window)
    return target


def _pack(laid: Path, target: Path, grid: WebGrid, *, nearest: bool) -> None:
    """The COG itself: GDAL sees that the picture lies on the grid already, and only orders, packs and shrinks it."""
    method = "nearest" if nearest else "average"
    shutil.copy(
        laid, target, driver="COG", tiling_scheme="GoogleMapsCompatible", zoom_level=grid.zoom, blocksize=TILE,
        add_alpha=False, compress="zstd", level=1, predictor="yes", sparse_ok=True,
        overview_resampling=method, warp_resampling="nearest", bigtiff="if_safer", num_threads="all_cpus",
        overview_count=grid.halvings, overview_compress="zstd", overview_predictor="yes",
    )  # fmt: skip


def _read_all(cog: Path) -> None:
    """What was written can be read: a disk that ran full at the last moment is found here."""
    with rasterio.open(cog) as dataset:
        for window in windows(dataset.width, dataset.height, (TILE, TILE)):
            dataset.read(window=window)


def _crs_name(dataset: DatasetReader) -> str:
    code = dataset.crs.to_epsg()
    return f"EPSG:{code}" if code else str(dataset.crs.to_wkt())[:500]


def _check_space(dataset: DatasetReader, work: Path) -> None:
    """Raises: StoreError - the disk has less room than the copies may need at worst, packed by nothing."""
    size = dataset.width * dataset.height * (dataset.count + 1) * np.dtype(dataset.dtypes[0]).itemsize
    free = files.disk_usage(work).free
    if size * _COPIES > free:
        raise StoreError(
            N_("%(folder)s has %(free)s MB free, and this picture may need %(needed)s MB. Free some space first."),
            folder=_shown(work),
            free=free // 1_000_000,
            needed=size * _COPIES // 1_000_000,
        )


def _unwritable(work: Path, error: Exception) -> StoreError:
    return StoreError(
        N_("The picture cannot be written to %(folder)s: %(reason)s. Free some space there; nothing was stored."),
        folder=_shown(work),
        reason=str(error).rstrip("."),
    )


def _shown(work: Path) -> Path:
    """The folder that is known to the operator: the first one around that is not hidden."""
    return next(folder for folder in work.parents if not folder.name.startswith("."))


def check_cog(cog: Path, sha256: str) -> str | None:
    """What is wrong with the file of a scene, in a sentence; None where nothing is."""
    if not cog.is_file():
        return f"{cog.name}: the file is gone. Bring it back from a backup, or register the picture again."
    with cog.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        return f"{cog.name}: the file has changed since it was registered. Bring it back from a backup."
    try:
        _read_all(cog)
    except RasterioError as error:
        return f"{cog.name}: it cannot be read: {error}."
    return None
