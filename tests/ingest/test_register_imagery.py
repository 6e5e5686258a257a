"""The demonstration picture: made once, marked, with land, sea, nodata and clouds in it; and two that come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
from sqlalchemy import text

from geoapp.ingest.imagery import Picture, add_scene
from geoapp.ingest.imagery_demo import load_demo_scene
from geoapp.kinds import Dataset
from geoapp.resources import data_dir
from geoapp.store import loading
from geoapp.store.engine import Role, make_engine, reading, writing
from tests.pictures import ramp, write_picture


def test_the_demonstration_picture_is_made_once_and_marked(loaded_copy_url: str, tmp_path: Path) -> None:
    """Marked demo, with holes where clouds and the edge of the swath are; a second start makes nothing."""
    code = load_demo_scene(loaded_copy_url, data_dir(), tmp_path, report=lambda _: None)
    with rasterio.open(tmp_path / f"{code}.tif") as file:
        assert (4, "uint16") == (file.count, file.dtypes[0])
        valid = file.dataset_mask(out_shape=(832, 640)) > 0
        red, nir = (file.read(band, out_shape=(832, 640)).astype(float) for band in (3, 4))
    assert 0.7 < valid.mean() < 0.95
    # Vegetation shines in the near infrared, water does not: both are there.
    share = ((nir - red) / (nir + red + 1))[valid]
    assert (True, True) == (np.mean(share > 0.4) > 0.2, np.mean(share < -0.2) > 0.2)
    engine = make_engine(loaded_copy_url, role=Role.OWNER)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT code, quality FROM imagery_at('2026-10-31', now())")).all()
        assert [(code, "demo")] == [tuple(row) for row in rows]
    assert None is load_demo_scene(loaded_copy_url, data_dir(), tmp_path, report=lambda _: None)
    with writing(engine) as connection:
        loading.close_dataset(connection, Dataset.DEMO)
    # Whoever replaced the demonstration does not get its picture back.
    assert None is load_demo_scene(loaded_copy_url, data_dir(), tmp_path, report=lambda _: None)
    engine.dispose()


@pytest.mark.parametrize("at_once", [4])
def test_one_picture_brought_by_several_at_once_is_stored_once(database_url: str, tmp_path: Path, at_once: int) -> None:
    """One is new, the others hear that it is known."""
    engine = make_engine(database_url, role=Role.OWNER)
    file = write_picture(tmp_path / "a.tif", ramp())
    folder, picture = tmp_path / "imagery", Picture(date(2026, 9, 15))
    with ThreadPoolExecutor(at_once) as threads:
        found = list(threads.map(lambda _: add_scene(engine, folder, file, picture), range(at_once)))
    assert ([False] * (at_once - 1) + [True], 1) == (
        sorted(added.is_new for added in found), len(list(folder.iterdir()))
    )  # fmt: skip
    engine.dispose()
