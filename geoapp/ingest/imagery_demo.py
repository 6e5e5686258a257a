"""The demonstration picture: painted from its recipe where it is not there yet, and registered by the one door."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from geoapp.ingest.default import demo_is_wanted, recipe_digest
from geoapp.ingest.load import Report
from geoapp.kinds import Dataset, Quality
from geoapp.store import loading
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.imagery import list_scenes

_KEY = "demo"


def load_demo_scene(url: str, data_dir: Path, folder: Path, *, report: Report = print) -> str | None:
    """Paint and register the demonstration picture; its code, or None where it is there or not wanted.

    Raises: StoreError, StoreUnavailable.
    """
    with _owner(url) as engine:
        if not _is_missing(engine, data_dir, folder):
            return None
        return make_demo_scene(engine, data_dir, folder, _digest(data_dir), report)


def lacks_demo_scene(url: str, data_dir: Path, folder: Path) -> bool:
    """Whether the demonstration picture is wanted and not there. Raises: StoreError, StoreUnavailable."""
    with _owner(url) as engine:
        return _is_missing(engine, data_dir, folder)


@contextmanager
def _owner(url: str) -> Iterator[Engine]:
    engine = make_engine(url, role=Role.OWNER)
    try:
        yield engine
    finally:
        engine.dispose()


def _digest(data_dir: Path) -> str:
    return hashlib.sha256(f"scene {recipe_digest(data_dir)}".encode()).hexdigest()


def _is_missing(engine: Engine, data_dir: Path, folder: Path) -> bool:
    with reading(engine) as connection:
        shown = [row.code for row in list_scenes(connection) if row.quality == Quality.DEMO]
        is_loaded = loading.is_loaded(connection, _digest(data_dir))
        is_there = is_loaded and all((folder / f"{code}.tif").exists() for code in shown)
        return not is_there and demo_is_wanted(connection)


def make_demo_scene(engine: Engine, data_dir: Path, folder: Path, digest: str, report: Report) -> str:
    """Paint and register the picture, whatever is there; its code. Args: digest - what its batch is recognised by."""
    # Only where a picture is made: these rooms take a while to import, and a usual start needs none of them.
    from geoapp.demo.scene import plan_scene  # noqa: PLC0415
    from geoapp.demo.scene_paint import BANDS, paint  # noqa: PLC0415
    from geoapp.ingest.imagery import Picture, add_scene  # noqa: PLC0415
    from geoapp.raster.burn import PixelGrid, burn, write_picture  # noqa: PLC0415

    report("the demonstration picture is painted (once, some seconds)")
    scene = plan_scene(data_dir)
    grid = PixelGrid(scene.crs, scene.west, scene.north, scene.pixel_m, scene.width, scene.height)
    pixels = paint(scene, burn([(shape, int(kind)) for shape, kind in scene.shapes], grid))
    pixels[:, burn([(scene.not_scanned, 1)], grid) == 1] = 0
    picture = Picture(
        acquired_on=scene.acquired_on,
        title_vi=scene.title_vi,
        title_en=scene.title_en,
        source=(_KEY, _KEY),
        quality=Quality.DEMO,
        dataset=Dataset.DEMO,
        digest=digest,
    )
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "demo-scene.tif"
        write_picture(file, pixels, grid, BANDS, nodata=0)
        return add_scene(engine, folder, file, picture).code
