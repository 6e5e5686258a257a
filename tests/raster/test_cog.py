"""What becomes of a good picture: on the web grid, values kept, edges never mixed with nodata, overviews, mask."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp
from rasterio.transform import Affine, xy
from rasterio.warp import transform
from rasterio.windows import Window
from shapely.geometry import Point

from geoapp.raster.cog import Made, check_cog, make_cog
from geoapp.raster.grid import resolution
from geoapp.raster.look import footprint_of, stretch_of
from geoapp.raster.source import Wanted
from tests.pictures import CORNER, LANDSAT, ZONE_UTM, checkerboard, ramp, write_picture

Make = Callable[..., tuple[Path, Made]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes the COG of a picture; its path, and what was found."""

    def make(file: Path, wanted: Wanted | None = None) -> tuple[Path, Made]:
        (tmp_path / "work").mkdir(exist_ok=True)
        made = make_cog(file, tmp_path / "cog.tif", tmp_path / "work", wanted or Wanted())
        return tmp_path / "cog.tif", made

    return make


@pytest.fixture
def landsat(make: Make) -> tuple[Path, Made]:
    """The COG of a real scene, six bands, elsewhere in the world."""
    return make(LANDSAT)


def test_a_real_scene_lies_on_the_web_grid(landsat: tuple[Path, Made]) -> None:
    """Pixels of a zoom, corners on tiles, blocks of 256, laid out as a COG on that grid."""
    cog, made = landsat
    with rasterio.open(cog) as file:
        tile = resolution(made.grid.zoom) * 256
        assert (13, "EPSG:3857", (256, 256)) == (made.grid.zoom, file.crs.to_string(), file.block_shapes[0])
        assert ("COG", "GOOGLEMAPSCOMPATIBLE") == (
            file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"], file.tags(ns="TILING_SCHEME")["NAME"]
        )  # fmt: skip
        corners = [(file.bounds.left + 20037508.342789244) / tile, (20037508.342789244 - file.bounds.top) / tile]
    assert pytest.approx([round(c) for c in corners], abs=1e-6) == corners


def test_values_of_a_real_scene_are_kept(landsat: tuple[Path, Made]) -> None:
    """At known points every band lies within what its pixel and the neighbours had."""
    cog, _ = landsat
    with rasterio.open(LANDSAT) as source, rasterio.open(cog) as made:
        for row, column in [(20, 20), (90, 40), (120, 150), (160, 100), (45, 133)]:
            x, y = xy(source.transform, row, column)
            (there_x,), (there_y,) = transform(source.crs, made.crs, [x], [y])
            around = source.read(window=Window(column - 1, row - 1, 3, 3)).reshape(6, -1)
            found = next(made.sample([(there_x, there_y)]))
            assert ((around.min(1) <= found) & (found <= around.max(1))).all(), (row, column)


def test_a_real_scene_is_described(landsat: tuple[Path, Made]) -> None:
    """Six bands, where it came from, and pixels of 28.5 m on the ground (the grid of the file is metres as well)."""
    _, made = landsat
    assert (6, "EPSG:31985", "uint8") == (made.bands, made.crs, made.dtype)
    assert pytest.approx(28.5, abs=0.3) == made.pixel_size_m


def test_the_stretch_leaves_out_two_per_cent_on_each_side(landsat: tuple[Path, Made]) -> None:
    """Held against the percentiles of the source itself; resampling moves them by little."""
    cog, _ = landsat
    with rasterio.open(LANDSAT) as source:
        expected = [tuple(np.percentile(source.read(band), (2, 98))) for band in (3, 2, 1)]
    assert np.allclose(expected, stretch_of(cog, (3, 2, 1)), atol=4)


def test_what_lies_on_the_grid_already_is_not_changed(tmp_path: Path, make: Make) -> None:
    """A checkerboard of four tiles comes out pixel by pixel, and its half-size overview has half-size cells."""
    file = checkerboard(tmp_path / "board.tif")
    cog, made = make(file)
    with rasterio.open(file) as source, rasterio.open(cog) as found:
        assert (source.read() == found.read()).all()
        half = found.read(1, out_shape=(256, 256))
    assert (14, [[100, 200], [200, 100]]) == (made.grid.zoom, half[[16, 48]][:, [16, 48]].tolist())
    assert CORNER == (made.grid.zoom, made.grid.left // 256, made.grid.top // 256)


@pytest.mark.parametrize("nodata", [0, 65535])
def test_edges_are_not_mixed_with_nodata(tmp_path: Path, make: Make, nodata: int) -> None:
    """Half of a turned picture is nodata: on the web grid and in every overview it is 1000 or not shown."""
    data = np.full((1, 600, 600), nodata, "uint16")
    data[:, :, 300:] = 1000
    turned = ZONE_UTM @ Affine.rotation(20)
    cog, _ = make(write_picture(tmp_path / "half.tif", data, nodata=nodata, transform=turned))
    with rasterio.open(cog) as file:
        for factor in (1, *file.overviews(1)):
            shape = (file.height // factor, file.width // factor)
            valid = file.dataset_mask(out_shape=shape) > 0
            assert {1000} == set(np.unique(file.read(1, out_shape=shape)[valid])), factor
            assert 0 < valid.mean() < 0.6, factor


def _nan(path: Path) -> None:
    data = ramp(1, dtype="float32")
    data[0, :, :32] = np.nan
    write_picture(path, data, nodata=float("nan"))


def _mask(path: Path) -> None:
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        write_picture(path, ramp())
        with rasterio.open(path, "r+") as file:
            valid = np.full((64, 64), 255, "uint8")
            valid[:, :32] = 0
            file.write_mask(valid)


def _alpha(path: Path) -> None:
    data = np.concatenate([ramp(3, dtype="uint8"), np.full((1, 64, 64), 255, "uint8")])
    data[3, :, :32] = 0
    write_picture(path, data, photometric="RGB", alpha="yes")


def _nodata(path: Path) -> None:
    data = ramp(6)
    data[:, :, :32] = 0
    write_picture(path, data, nodata=0)


@pytest.mark.parametrize(("write", "bands"), [(_nan, 1), (_mask, 3), (_alpha, 3), (_nodata, 6)])
def test_every_way_to_say_nodata_is_understood(
    tmp_path: Path, make: Make, write: Callable[[Path], None], bands: int
) -> None:
    """NaN, mask, alpha and value: the left half is open, the right half is not, and alpha is no band of data."""
    write(tmp_path / "a.tif")
    cog, made = make(tmp_path / "a.tif")
    footprint = footprint_of(cog)
    (left, right), lat = transform("EPSG:32648", "EPSG:4326", [622_160, 622_480], [2_211_680] * 2)
    assert (bands, False, True) == (
        made.bands, footprint.contains(Point(left, lat[0])), footprint.contains(Point(right, lat[1]))
    )  # fmt: skip


def test_nodata_of_the_operator_counts_beside_that_of_the_file(tmp_path: Path, make: Make) -> None:
    """The file says nothing; the operator says that 7 is nothing."""
    data = np.full((1, 64, 64), 7, "uint8")
    data[:, :, 32:] = 90
    cog, _ = make(write_picture(tmp_path / "a.tif", data), Wanted(nodata=7))
    with rasterio.open(cog) as file:
        assert {90} == set(np.unique(file.read(1)[file.dataset_mask() > 0]))


def test_classes_are_never_mixed(tmp_path: Path, make: Make) -> None:
    """Of 1 and 9 nothing in between is made, on the grid or in an overview."""
    data = np.where(np.indices((600, 600)).sum(0) % 7 < 3, 1, 9).astype("uint8")[np.newaxis]
    cog, _ = make(write_picture(tmp_path / "a.tif", data), Wanted(nearest=True))
    with rasterio.open(cog) as file:
        for factor in (1, 2):
            shape = (file.height // factor, file.width // factor)
            valid = file.dataset_mask(out_shape=shape) > 0
            assert {1, 9} == set(np.unique(file.read(1, out_shape=shape)[valid]))


def test_colours_are_taken_as_the_file_names_them(tmp_path: Path, make: Make) -> None:
    """Blue, green, red in the file: shown as bands 3, 2, 1. One band is grey."""
    file = write_picture(tmp_path / "a.tif", ramp(3, dtype="uint8"))
    with rasterio.open(file, "r+") as opened:
        opened.colorinterp = [ColorInterp.blue, ColorInterp.green, ColorInterp.red]
    assert (3, 2, 1) == make(file)[1].display
    assert (1,) == make(write_picture(tmp_path / "b.tif", ramp(1)))[1].display


def test_a_file_that_changed_or_went_is_told(landsat: tuple[Path, Made]) -> None:
    """The check of the register: fine, changed, gone."""
    cog, made = landsat
    assert None is check_cog(cog, made.sha256)
    assert "has changed" in (check_cog(cog, "0" * 64) or "")
    cog.unlink()
    assert "gone" in (check_cog(cog, made.sha256) or "")
