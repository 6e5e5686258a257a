"""Layers as files, opened with readers that are not ours."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas
import pytest
from shapely import Point
from sqlalchemy import Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue
from geoapp.errors import InvalidRequest, NotFound
from geoapp.resources import layers_dir
from geoapp.services.export import ExportRequest, _write_csv, export_layer
from geoapp.store.engine import reading

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The layers as declared."""
    return load_catalogue(layers_dir())


def request(layer: str, **changes: object) -> ExportRequest:
    """An export as of the end of October 2026, as known now."""
    return ExportRequest(layer, AS_OF, datetime.now(UTC), **changes)


def test_a_geopackage_holds_the_rows_of_the_database(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """As many plots of one park as the database has, in WGS 84, with quality and source in every row."""
    count = export_layer(map_engine, catalogue, request("plot_state", park="bao-minh"), tmp_path / "plots.gpkg")
    with reading(map_engine) as connection:
        stored = connection.execute(
            text("SELECT count(*) FROM plots_at(:day, now()) WHERE park_slug = 'bao-minh'"), {"day": AS_OF}
        ).scalar_one()
    frame = geopandas.read_file(tmp_path / "plots.gpkg")
    assert 0 < stored == count == len(frame)
    assert "EPSG:4326" == frame.crs.to_string()
    assert {"demo"} == set(frame["quality"])


def test_every_demo_row_says_so(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """A CSV of plots carries the notice in words, in the language asked for."""
    export_layer(map_engine, catalogue, request("plot_state", park="bao-minh", language="en"), tmp_path / "plots.csv")
    with (tmp_path / "plots.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Demonstration data, not official figures; Approximate outline, not surveyed"} == {
        row["notice"] for row in rows
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_spreadsheet_runs_what_a_file_says(tmp_path: Path, start: str) -> None:
    """Text that begins like a formula is marked; numbers, negative ones too, stay numbers."""
    frame = geopandas.GeoDataFrame(
        {"name": [f"{start}1+1", "A=1"], "value": [-1.5, 2]}, geometry=[Point(106, 20)] * 2, crs=4326
    )
    _write_csv(frame, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(f"'{start}1+1", "-1.5"), ("A=1", "2.0")] == [(row["name"], row["value"]) for row in rows]


def test_codes_come_with_their_labels(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """The status of a park is there as a code and in Vietnamese words."""
    export_layer(map_engine, catalogue, request("park_status"), tmp_path / "parks.geojson")
    features = json.loads((tmp_path / "parks.geojson").read_text(encoding="utf-8"))["features"]
    said = {f["properties"]["status"]: f["properties"]["status_label"] for f in features}
    assert catalogue.codes["park_status"]["operating"].vi == said["operating"]


def test_a_layer_that_is_not_there_is_named(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """The answer names the layers that are there."""
    with pytest.raises(NotFound, match="no layer luck. Known are: .*park_status"):
        export_layer(map_engine, catalogue, request("luck"), tmp_path / "x.csv")


def test_an_unknown_kind_of_file_is_refused(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """The ending decides; an unknown one is refused before anything is read, and no file is left."""
    with pytest.raises(InvalidRequest, match=r"End its name with \.geojson, \.gpkg, \.csv"):
        export_layer(map_engine, catalogue, request("park_status"), tmp_path / "parks.shp")
    assert [] == list(tmp_path.iterdir())


def test_an_unknown_park_is_refused(map_engine: Engine, catalogue: Catalogue, tmp_path: Path) -> None:
    """A park that does not exist is not an empty file."""
    with pytest.raises(NotFound, match="no park nowhere"):
        export_layer(map_engine, catalogue, request("plot_state", park="nowhere"), tmp_path / "x.csv")
