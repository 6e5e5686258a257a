"""How a picture is shown: from which value to which each band is stretched, and where the picture says something."""

from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.features import shapes
from rasterio.warp import transform_geom
from shapely.geometry import MultiPolygon, shape

# More pixels are not looked at: a share of 2 % does not change by it.
_MOST_LOOKED_AT = 4_000_000
_LOW, _HIGH = 2, 98
# The footprint is drawn from so many pixels along the longer side, and leaves out what is smaller than so many of them.
_FOOTPRINT_PX = 1024
_SPECK_PX = 16
_DECIMALS = 6


def stretch_of(cog: Path, bands: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    """For each band the values of which 2 % and 98 % of the valid pixels are at most; they differ always."""
    with rasterio.open(cog) as dataset:
        share = max(dataset.width * dataset.height / _MOST_LOOKED_AT, 1) ** 0.5
        shape_ = (max(round(dataset.height / share), 1), max(round(dataset.width / share), 1))
        valid = dataset.dataset_mask(out_shape=shape_) > 0
        if not valid.any():
            # So small that none of the pixels looked at is valid: look at all.
            shape_, valid = dataset.shape, dataset.dataset_mask() > 0
        found = []
        for band in bands:
            values = dataset.read(band, out_shape=shape_)[valid]
            low, high = (float(v) for v in np.percentile(values, (_LOW, _HIGH), method="nearest"))
            found.append((low, high) if high > low else (low - 1, low + 1))
    return tuple(found)


def footprint_of(cog: Path) -> MultiPolygon:
    """Where the picture is valid, EPSG:4326, as exactly as a thousandth of its size."""
    with rasterio.open(cog) as dataset:
        step = max(dataset.width, dataset.height) / _FOOTPRINT_PX
        step = max(step, 1)
        out = (max(round(dataset.height / step), 1), max(round(dataset.width / step), 1))
        mask = dataset.dataset_mask(out_shape=out)
        transform = dataset.transform @ dataset.transform.scale(dataset.width / out[1], dataset.height / out[0])
        pixel = abs(transform.a)
        parts = [shape(geometry) for geometry, value in shapes(mask, mask > 0, transform=transform) if value]
        crs = dataset.crs
    large = [part for part in parts if part.area > _SPECK_PX * pixel**2] or parts
    outline = shapely.union_all(large).buffer(0).simplify(pixel)
    there = shape(transform_geom(crs, "EPSG:4326", shapely.geometry.mapping(outline), precision=_DECIMALS))
    polygons = [part for part in shapely.get_parts(shapely.make_valid(there)).tolist() if part.geom_type == "Polygon"]
    return MultiPolygon(polygons)
