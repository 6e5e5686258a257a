"""The demonstration picture: painted from its recipe where it is not there yet, and registered by the one door."""

import hashlib
import tempfile
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
    engine = make_engine(url, role=Role.OWNER)
    try:
        digest = hashlib.sha256(f"scene {recipe_digest(data_dir)}".encode()).hexdigest()
        with reading(engine) as connection:
            shown = [row.code for row in list_scenes(connection) if row.quality == Quality.DEMO]
            is_there = loading.is_loaded(connection, digest) and all((folder / f"{c}.tif").exists() for c in shown)
            if is_there or not demo_is_wanted(connection):
                return None
        return make_demo_scene(engine, data_dir, folder, digest, report)
    finally:
        engine.dispose()


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
