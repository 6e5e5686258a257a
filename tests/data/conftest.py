"""The data that come with the program: their folder, their bundles, and a database with nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.ingest.bundle import Bundle, read_bundle
from geoapp.ingest.load import load_directory
from geoapp.resources import data_dir
from geoapp.store.engine import Role, make_engine
from tests.conftest import Databases


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder ``data/``."""
    return data_dir()


@pytest.fixture(scope="session")
def context(data_folder: Path) -> Bundle:
    """The bundle of land, coast and communes."""
    return read_bundle(data_folder / "context")


@pytest.fixture(scope="session")
def registry(data_folder: Path) -> Bundle:
    """The bundle of published facts."""
    return read_bundle(data_folder / "registry")


@pytest.fixture(scope="session")
def registry_engine(databases: Databases, migrated_template: str, data_folder: Path) -> Iterator[Engine]:
    """A database with the context and the registry; tests only read it."""
    engine = make_engine(databases.make(migrated_template), role=Role.OWNER)
    for name in ("context", "registry"):
        load_directory(engine, data_folder / name, report=lambda _: None)
    yield engine
    engine.dispose()
