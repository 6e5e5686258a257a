"""Pictures that cannot be used: each a sentence that says what it is and what to do, and nothing is left."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint
from rasterio.transform import Affine

from geoapp.errors import DataError
from geoapp.raster.cog import make_cog
from geoapp.raster.source import Wanted
from tests.pictures import ramp, write_picture

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def _no_crs(path: Path) -> None:
    write_picture(path, ramp(), crs=None)


def _no_place(path: Path) -> None:
    write_picture(path, ramp(), transform=Affine.identity())


def _points_only(path: Path) -> None:
    write_picture(path, ramp(), crs=None, transform=Affine.identity())
    with rasterio.open(path, "r+") as file:
        corners = [(0, 0, 106.1, 20.1), (0, 63, 106.2, 20.1), (63, 0, 106.1, 20.0)]
        file.gcps = ([GroundControlPoint(row, col, x, y) for row, col, x, y in corners], "EPSG:4326")


def _truncated(path: Path) -> None:
    write_picture(path, np.random.default_rng(1).integers(1, 9999, (3, 256, 256), dtype="uint16"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_in_head(path: Path) -> None:
    write_picture(path, ramp())
    path.write_bytes(path.read_bytes()[:6])


def _all_nodata(path: Path) -> None:
    write_picture(path, np.zeros((3, 64, 64), "uint16"), nodata=0)


def _all_nan(path: Path) -> None:
    write_picture(path, np.full((1, 64, 64), np.nan, "float32"), nodata=float("nan"))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("<VRTDataset><SourceFilename>/etc/passwd</SourceFilename></VRTDataset>", encoding="utf-8")


def _huge(path: Path) -> None:
    # 400 million pixels that take no room on the disk.
    profile = {"width": 20_000, "height": 20_000, "count": 1, "dtype": "uint8", "sparse_ok": True, "tiled": True}
    with rasterio.open(
        path, "w", driver="GTiff", crs="EPSG:32648", transform=Affine(1, 0, 6e5, 0, -1, 2.2e6), **profile
    ):
        pass


def _complex(path: Path) -> None:
    write_picture(path, np.ones((1, 64, 64), "complex64"))


def _antimeridian(path: Path) -> None:
    write_picture(path, ramp(), crs="EPSG:32660", transform=Affine(5000, 0, 800_000, 0, -5000, 2_200_000))


def _polar(path: Path) -> None:
    write_picture(path, ramp(), crs="EPSG:3413", transform=Affine(1000, 0, -32_000, 0, -1000, 32_000))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _many_bands(path: Path) -> None:
    write_picture(path, np.ones((65, 8, 8), "uint8"))


def _one_block(path: Path) -> None:
    # 64 x 64 pixels in a single tile that unpacks to two gigabytes.
    block = {"tiled": True, "blockxsize": 32_768, "blockysize": 32_768, "sparse_ok": True}
    write_picture(path, np.zeros((1, 64, 64), "uint16"), **block)


def _pixels_of_nothing(path: Path) -> None:
    write_picture(path, ramp(), transform=Affine(1e-9, 0, 622_000, 0, -1e-9, 2_212_000))


def _pixels_of_a_world(path: Path) -> None:
    write_picture(path, ramp(), transform=Affine(1e7, 0, 622_000, 0, -1e7, 2_212_000))


CASES: list[tuple[Callable[[Path], None], str]] = [
    (_no_crs, "does not say its coordinate system"),
    (_no_place, "does not say where its pixels lie"),
    (_points_only, "only control points"),
    (_truncated, "cut off or damaged"),
    (_cut_in_head, "it is damaged"),
    (_all_nodata, "all of its pixels are nodata"),
    (_all_nan, "all of its pixels are nodata"),
    (_empty, r"empty \(0 bytes\)"),
    (_text, "no TIFF file"),
    (_huge, "20000 x 20000 pixels"),
    (_complex, "complex64 cannot be shown"),
    (_antimeridian, "across the 180° meridian"),
    (_polar, "beyond 85.06° north"),
    (_pipe, "no ordinary file"),
    (_many_bands, "65 bands, more than the 64"),
    (_one_block, "32768 x 32768 pixels in one block"),
    (_pixels_of_nothing, "pixels of 0.0000 m on the ground"),
    (_pixels_of_a_world, "on the ground"),
]


@pytest.mark.parametrize(("spoil", "said"), CASES, ids=[case.__name__.strip("_") for case, _ in CASES])
def test_what_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    """The error names the file and the fault, and no COG is there."""
    file, work = tmp_path / "picture.tif", tmp_path / "work"
    work.mkdir()
    spoil(file)
    with pytest.raises(DataError, match=said) as refusal:
        make_cog(file, tmp_path / "cog.tif", work, Wanted(most_pixels=100_000_000))
    assert "picture.tif" in str(refusal.value)
    assert not (tmp_path / "cog.tif").exists()


def test_bands_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """Band 4 of 3, with what there is."""
    (tmp_path / "work").mkdir()
    file = write_picture(tmp_path / "a.tif", ramp(3))
    with pytest.raises(DataError, match="one or three numbers from 1 to 3, found 4,2,1"):
        make_cog(file, tmp_path / "cog.tif", tmp_path / "work", Wanted(bands=(4, 2, 1)))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """One round of mending is enough."""
    (tmp_path / "work").mkdir()
    file = write_picture(tmp_path / "a.tif", ramp(3), crs=None, transform=Affine.identity())
    with pytest.raises(DataError) as refusal:
        make_cog(file, tmp_path / "cog.tif", tmp_path / "work", Wanted())
    assert 2 == len(refusal.value.faults)
