"""The data that come with the program, at a start after the first."""

from pathlib import Path

from sqlalchemy import text

from geoapp.ingest.default import load_default
from geoapp.ingest.load import load_directory
from geoapp.kinds import Dataset
from geoapp.resources import data_dir
from geoapp.store.engine import Role, make_engine, reading
from tests.factories import park, write_bundle


def test_a_second_start_stores_nothing(loaded_copy_url: str) -> None:
    """Everything is known by its files."""
    assert [] == load_default(loaded_copy_url, data_dir(), report=lambda _: None)


def test_a_demonstration_that_was_replaced_does_not_come_back(loaded_copy_url: str, tmp_path: Path) -> None:
    """Whatever dataset the replacing bundle calls itself, the next start leaves the demonstration out."""
    engine = make_engine(loaded_copy_url, role=Role.OWNER)
    folder = write_bundle(tmp_path, dataset="registry", quality="published", parks=[park()])
    load_directory(engine, folder, replace=Dataset.DEMO, report=lambda _: None)
    assert [] == load_default(loaded_copy_url, data_dir(), report=lambda _: None)
    with reading(engine) as connection:
        assert 0 == connection.execute(text("SELECT count(*) FROM plots_at('2026-10-31', now())")).scalar_one()
    engine.dispose()
