"""The demonstration set as it is written: one bundle for all tests, tables as of a day, areas and distances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas
import pandas as pd
import pytest

from geoapp.core.areas import area_ha
from geoapp.demo.bundle import write_demo
from geoapp.ingest.bundle import Bundle, read_bundle
from geoapp.ingest.check import fill_versions
from geoapp.ingest.tables import TABLES
from geoapp.resources import data_dir

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2026, 10, 31)
# VN-2000 / TM-3 105-30, another plane than the one the set is drawn in.
METRES = "EPSG:9209"
LETTABLE = ("SKK", "TMD")
LET = ("leased", "building", "operating")


@dataclass(frozen=True)
class Tables:
    """Tables of a bundle, cells as text, with geometries (EPSG:4326) where there are any and ``valid_to`` filled."""

    frames: Mapping[str, pd.DataFrame]

    def all(self, name: str) -> pd.DataFrame:
        """Every row of a table."""
        return self.frames[name]

    def at(self, name: str, day: date) -> pd.DataFrame:
        """The rows of a versioned table that hold on a day."""
        frame, iso = self.frames[name], day.isoformat()
        return frame[(frame["valid_from"] <= iso) & ((frame["valid_to"] == "") | (frame["valid_to"] > iso))]

    def figures(self, indicator: str) -> pd.DataFrame:
        """Observations of an indicator, with value, numerator and denominator as numbers."""
        frame = self.frames["observations"]
        frame = frame[frame["indicator"] == indicator].copy()
        for column in ("value", "numerator", "denominator"):
            frame[column] = pd.to_numeric(frame[column])
        return frame


def as_tables(bundle: Bundle) -> Tables:
    """The sheets of a bundle as frames."""
    frames: dict[str, pd.DataFrame] = {}
    for name, sheet in bundle.sheets.items():
        table = TABLES[name]
        cells = fill_versions(sheet.cells, table) if table.versioned else sheet.cells
        for column in table.columns:
            if column.name not in cells.columns:
                cells = cells.assign(**{column.name: ""})
        frames[name] = (
            cells
            if sheet.geometry is None
            else geopandas.GeoDataFrame(cells, geometry=sheet.geometry.tolist(), crs="EPSG:4326")
        )
    return Tables(frames)


def areas_ha(geometries: pd.Series) -> pd.Series:
    """Areas on the ellipsoid."""
    return geometries.map(area_ha)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration set in a folder of its own."""
    return write_demo(data_dir(), tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def bundle(demo_folder: Path) -> Bundle:
    """The set as the loader reads it."""
    return read_bundle(demo_folder)


@pytest.fixture(scope="session")
def demo(bundle: Bundle) -> Tables:
    """The tables of the set; tests only read them."""
    return as_tables(bundle)


@pytest.fixture(scope="session")
def registry() -> Tables:
    """The tables of published facts."""
    return as_tables(read_bundle(data_dir() / "registry"))


@pytest.fixture(scope="session")
def context() -> Tables:
    """Land, coast and communes."""
    return as_tables(read_bundle(data_dir() / "context"))
