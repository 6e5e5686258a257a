# ruff: noqa: E501 - a table of messages reads best with one line each
"""Layers held against a real PostGIS: everything that does not fit is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue, Days, FieldType, Geometry
from geoapp.catalog.skeleton import write_skeleton
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.layer_check import check_layers
from geoapp.store.engine import Role, make_engine
from tests.catalog.layer_files import CODES, GROUPS, add_layer
from tests.factories import park, write_bundle

TOML = """
title = { vi = "Lớp thử", en = "Test layer" }
method = { vi = "Một câu.", en = "A sentence." }
access = "public"
geometry = "point"
order = 10
views = ["province"]
label = "name"

[fields.name]
title = { vi = "Tên", en = "Name" }
type = "text"

[fields.share]
title = { vi = "Tỷ lệ", en = "Share" }
type = "number"

[fields.state]
title = { vi = "Tình trạng", en = "State" }
type = "code"
codes = "state"

[style]
kind = "graduated"
field = "share"

[style.no_data]
label = { vi = "chưa có số liệu", en = "no data" }
fill = "#eeeeee"

[[style.classes]]
from = 0
to = 100
fill = "#112233"
"""
COLUMNS: Mapping[str, str] = {
    "id": "p.slug",
    "geom": "p.geom",
    "name": "p.name_vi",
    "share": "50.0::float8",
    "state": "'built'",
    "quality": "p.quality",
    "source": "p.source_title",
    "source_key": "p.source_key",
    "observed_on": "p.valid_from",
    "approximate": "p.approximate",
}
PLACE = "layers/parks/first/layer.sql"


def statement(rest: str = "", **changes: str | None) -> str:
    """The sound statement with some columns changed, or left out where None."""
    columns = {**COLUMNS, **changes}
    given = ", ".join(f"{value} AS {name}" for name, value in columns.items() if value is not None)
    return f"SELECT {given} FROM parks_at(:as_of, :known_at) AS p {rest}"


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """One park, as the map role sees it."""
    owner = make_engine(database_url, role=Role.OWNER)
    load_bundle(owner, read_bundle(write_bundle(tmp_path / "bundle", parks=[park()])), report=lambda _: None)
    owner.dispose()
    engine = make_engine(database_url, role=Role.MAP)
    yield engine
    engine.dispose()


def catalogue_of(tmp_path: Path, sql: str, toml: str = TOML) -> Catalogue:
    """A catalogue of one layer with this statement."""
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "groups.toml").write_text(GROUPS, encoding="utf-8")
    (folder / "codes.toml").write_text(CODES, encoding="utf-8")
    add_layer(folder, "parks/first", toml, sql)
    return load_catalogue(folder)


def test_a_sound_layer_has_no_faults(engine: Engine, tmp_path: Path) -> None:
    """The statement that the other tests break is sound."""
    assert [] == check_layers(engine, catalogue_of(tmp_path, statement()))


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (statement(name=None), "expected a column name of type text, found none"),
        (statement(quality=None), "expected a column quality of type text, found none"),
        (statement(share="'half'"), "expected the column share of type bigint or double precision or integer or numeric or real or smallint, found text"),
        (statement(observed_on="now()"), "expected the column observed_on of type date, found timestamp with time zone"),
        (statement(geom="'POINT(1 2)'"), "expected the column geom of type geometry, found text"),
        (statement(park_slug="1"), "expected the column park_slug of type text, found integer"),
        (statement(extra="1"), "expected only declared columns, found extra; declare [fields.extra] or leave it out"),
        (statement(share="1.0 AS share, 2.0"), "expected every column once, found share 2 times"),
        (statement("CROSS JOIN generate_series(1, 2)"), "expected every id once, found 2 rows with 1 ids"),
        (statement(id="NULL::text"), "expected an id in every row, found 1 rows without"),
        (statement(source="NULL::text"), "expected quality, source, source_key and approximate in every row, found 1 rows without"),
        (statement(geom="ST_Transform(p.geom, 3857)"), "expected geometries in SRID 4326, found 3857"),
        (statement(geom="ST_Buffer(p.geom, 1)"), "expected point geometries, found POLYGON"),
        (statement(state="'sold'"), "expected in state one of built, empty, found 'sold'"),
        (statement(quality="'good'"), "expected in quality one of official, published, estimated, demo, found 'good'"),
        (statement(share="101.0"), "expected share up to 100, where the classes end, found 101"),
        (statement(share="-1.0"), "expected share from 0, where the classes begin, found -1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(engine: Engine, tmp_path: Path, sql: str, fault: str) -> None:
    """Columns, types, SRID, shapes, ids, trust, codes and classes are compared with the declaration."""
    assert [f"{PLACE}: {fault}"] == check_layers(engine, catalogue_of(tmp_path, sql))


@pytest.mark.parametrize("sql", [statement("WHERE p.no_such IS NULL"), statement("WHERE")])
def test_a_statement_that_does_not_run_is_told(engine: Engine, tmp_path: Path, sql: str) -> None:
    """The words of the database are passed on."""
    (fault,) = check_layers(engine, catalogue_of(tmp_path, sql))
    assert fault.startswith(f"{PLACE}: expected a statement that the database runs, found: The database refused: ")


def test_a_layer_that_needs_more_rights_is_told(engine: Engine, tmp_path: Path) -> None:
    """The check works as the map role, as the map does."""
    sql = statement("WHERE (SELECT count(*) FROM pg_authid) > 0")
    (fault,) = check_layers(engine, catalogue_of(tmp_path, sql))
    assert "permission denied for table pg_authid" in fault


def test_one_broken_layer_does_not_hide_the_next(engine: Engine, tmp_path: Path) -> None:
    """Each layer is asked by itself."""
    one = catalogue_of(tmp_path, statement("WHERE p.no_such IS NULL"))
    first = one.layers["first"]
    both = replace(one, layers={"first": first, "next": replace(first, id="next")})
    assert 2 == len(check_layers(engine, both))


def test_an_integer_field_refuses_fractions(engine: Engine, tmp_path: Path) -> None:
    """A count with a fraction is a slip in the statement."""
    catalogue = catalogue_of(tmp_path, statement())
    layer = catalogue.layers["first"]
    fields = {**layer.fields, "share": replace(layer.fields["share"], type=FieldType.INTEGER)}
    (fault,) = check_layers(engine, replace(catalogue, layers={"first": replace(layer, fields=fields)}))
    assert "expected the column share of type bigint or integer or smallint, found double precision" in fault


DAYS = """SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, 'demo' AS quality, p.name_vi AS name,
                 50.0 AS share, p.valid FROM parks_over(:known_at) AS p"""


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        (DAYS, []),
        (DAYS.replace("p.valid FROM", "1 FROM"), ["expected a column valid of type daterange, found none"]),
        (DAYS.replace("'demo'", "1"), ["expected a column quality of type character varying or text, found integer"]),
        (DAYS.replace("AS share", "AS part"), ["expected a column share of type bigint or double precision or integer or numeric or real or smallint, found none"]),
    ],
)  # fmt: skip
def test_the_file_of_all_days_gives_what_tiles_carry(
    engine: Engine, tmp_path: Path, sql: str, faults: list[str]
) -> None:
    """The columns of the layer that stand in a tile, and the days."""
    toml = TOML.replace('geometry = "point"', 'geometry = "polygon"\ndelivery = "tiles"')
    catalogue = catalogue_of(tmp_path, statement(geom="ST_Buffer(p.geom, 1)", geom_3857="p.geom_3857"), toml)
    layer = catalogue.layers["first"]
    with_days = replace(layer, days=Days(sql, frozenset({"known_at"})))
    found = check_layers(engine, replace(catalogue, layers={"first": with_days}))
    assert [f"layers/parks/first/layer.days.sql: {fault}" for fault in faults] == found


@pytest.mark.parametrize("geometry", list(Geometry))
def test_a_layer_added_as_a_folder_is_served(engine: Engine, tmp_path: Path, geometry: Geometry) -> None:
    """A new folder is in the catalogue and fits the database, with no change of Python."""
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "groups.toml").write_text(GROUPS, encoding="utf-8")
    status = "\n".join(f'{code} = {{ vi = "{code}", en = "{code}" }}' for code in ("planned", "operating"))
    (folder / "codes.toml").write_text(f"[park_status]\n{status}\n", encoding="utf-8")
    write_skeleton(folder, "other", "brand_new", geometry)
    catalogue = load_catalogue(folder)
    assert ["brand_new"] == list(catalogue.layers)
    assert [] == check_layers(engine, catalogue)
