"""``export.layers`` over the demonstration data: opened with readers that are not ours."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas
import pytest

from geoapp.catalog.load import load_catalogue
from geoapp.resources import layers_dir
from geoapp.services.export import ExportRequest, export_layer
from geoapp.services.layer_package import layers_for
from geoapp.store.engine import Role, make_engine
from tests.job_work import Office, read_file

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def package(loaded_office: Office) -> zipfile.ZipFile:
    """What a planner gets."""
    jobs = loaded_office.jobs("planner")
    number = jobs.start("export.layers", {"form": "gpkg", "as_of": str(AS_OF)})
    loaded_office.work_off()
    return zipfile.ZipFile(io.BytesIO(read_file(jobs, number)))


def test_it_holds_what_the_person_may_take_away(package: zipfile.ZipFile, loaded_office: Office) -> None:
    """Internal layers only for those who may take them away; restricted ones for nobody in bulk."""
    layers = load_catalogue(layers_dir()).layers
    for_viewer = {layer.id for layer in layers_for(loaded_office.person("viewer"), iter(layers.values()))}
    held = {Path(name).stem for name in package.namelist()} - {"danh-muc"}
    assert {"clock_state"} == held - for_viewer
    assert {layer.id for layer in layers.values() if layer.access == "public"} == for_viewer
    assert None is package.testzip()


def test_a_file_holds_the_rows_of_its_layer(package: zipfile.ZipFile, loaded_office: Office, tmp_path: Path) -> None:
    """As many as the same layer exported by itself as of the same day, in the same coordinates."""
    engine = make_engine(loaded_office.url, role=Role.MAP, statement_timeout_ms=60_000)
    alone = tmp_path / "alone.gpkg"
    request = ExportRequest("park_status", AS_OF, datetime.now(UTC))
    count = export_layer(engine, load_catalogue(layers_dir()), request, alone)
    engine.dispose()
    package.extract("park_status.gpkg", tmp_path)
    frame = geopandas.read_file(tmp_path / "park_status.gpkg")
    assert 0 < count == len(frame)
    assert geopandas.read_file(alone).geometry.geom_equals(frame.geometry).all()


def test_its_list_names_every_layer_with_its_rows(package: zipfile.ZipFile) -> None:
    """Also those without data, which have no file; as a spreadsheet opens it."""
    rows = list(csv.DictReader(io.StringIO(package.read("danh-muc.csv").decode("utf-8-sig"))))
    listed = {row["Tệp"]: int(row["Số dòng"]) for row in rows}
    assert {name for name in package.namelist() if name.endswith(".gpkg")} == {
        name for name, count in listed.items() if count
    }
    assert {"2026-06-30"} == {row["Số liệu đến ngày"] for row in rows}
    assert {"công khai", "nội bộ"} == {row["Phân loại"] for row in rows}


@pytest.mark.usefixtures("package")
def test_what_was_taken_is_in_the_log(loaded_office: Office) -> None:
    """Each layer under the person who had it made."""
    logged = loaded_office.sql(
        "SELECT count(*) FROM audit_log AS a JOIN people AS p ON p.id = a.person_id"
        " WHERE p.login = 'planner' AND a.action = 'export.gpkg' AND a.subject = 'layer clock_state'"
    )
    assert 1 <= logged
