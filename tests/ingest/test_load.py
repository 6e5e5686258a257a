"""Loading bundles into a real PostGIS."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import box
from sqlalchemy import Engine, text

from geoapp.errors import DataError
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import Loaded, load_bundle, load_directory
from geoapp.kinds import Dataset
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.versions import read_version
from tests.factories import observation, outline, park, plot, square, write_bundle


@pytest.fixture
def engine(database_url: str) -> Engine:
    """An empty database to load into."""
    engine = make_engine(database_url, role=Role.OWNER)
    yield engine
    engine.dispose()


def load(engine: Engine, folder: Path, **options: object) -> Loaded:
    """Load a folder without a word."""
    loaded = load_bundle(engine, read_bundle(folder), report=lambda _: None, **options)
    assert loaded is not None
    return loaded


def scalar(engine: Engine, query: str, **params: object) -> object:
    """One value from the database."""
    with reading(engine) as connection:
        return connection.execute(text(query), params).scalar()


def test_what_is_loaded_can_be_read_as_of_a_day(engine: Engine, tmp_path: Path) -> None:
    """A park, its outline, a plot and a figure come out as they went in."""
    folder = write_bundle(
        tmp_path, parks=[park()], park_outlines=[outline()], plots=[plot()], observations=[observation()]
    )
    load(engine, folder)
    with reading(engine) as connection:
        row = connection.execute(
            text(
                "SELECT p.name_vi, p.quality, plot.code, f.value FROM parks_at('2026-10-31', now()) AS p"
                " JOIN plots_at('2026-10-31', now()) AS plot ON plot.park_id = p.park_id"
                " JOIN figures_at('occupancy', '2026-10-31', now()) AS f ON f.subject_id = p.park_id"
            )
        ).one()
    assert ("KCN Thử", "official", "A1", 50.0) == tuple(row)


def test_the_planner_knows_what_was_stored(engine: Engine, tmp_path: Path) -> None:
    """A load leaves statistics behind; without them the first pages are slow."""
    load(engine, write_bundle(tmp_path, parks=[park(), park(slug="hai")]))
    assert 2 == scalar(engine, "SELECT reltuples FROM pg_class WHERE oid = 'park_versions'::regclass")


def test_the_same_files_are_not_stored_twice(engine: Engine, tmp_path: Path) -> None:
    """A second load of the very same folder does nothing and says so."""
    folder = write_bundle(tmp_path, parks=[park()])
    assert load_directory(engine, folder, report=lambda _: None) is not None
    assert load_directory(engine, folder, report=lambda _: None) is None


def test_a_row_that_says_nothing_new_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    """Loading one more park leaves the version of the first one untouched."""
    load(engine, write_bundle(tmp_path / "a", parks=[park()]))
    loaded = load(engine, write_bundle(tmp_path / "b", parks=[park(), park(slug="hai")]))
    assert (1, 0, 1) == (loaded.tables["parks"].added, loaded.tables["parks"].closed, loaded.tables["parks"].unchanged)


def test_a_new_version_keeps_the_days_it_does_not_speak_of(engine: Engine, tmp_path: Path) -> None:
    """A status from 2026 on leaves the status before 2026 as it was."""
    load(engine, write_bundle(tmp_path / "a", parks=[park(status="building")]))
    load(engine, write_bundle(tmp_path / "b", parks=[park(status="operating", valid_from="2026-01-01")]))
    status = "SELECT status FROM parks_at(CAST(:day AS date), now())"
    assert "building" == scalar(engine, status, day="2025-12-31")
    assert "operating" == scalar(engine, status, day="2026-01-01")


def test_what_was_known_before_a_correction_can_still_be_read(engine: Engine, tmp_path: Path) -> None:
    """A corrected figure supersedes the old one; known_at before the correction gives the old one."""
    load(engine, write_bundle(tmp_path / "a", parks=[park()], observations=[observation(value=50)]))
    before = scalar(engine, "SELECT now()")
    load(engine, write_bundle(tmp_path / "b", observations=[observation(value=60)]))
    value = "SELECT value FROM figures_at('occupancy', '2026-12-31', CAST(:known AS timestamptz))"
    assert 50.0 == scalar(engine, value, known=before)
    assert 60.0 == scalar(engine, "SELECT value FROM figures_at('occupancy', '2026-12-31', now())")
    assert 1 == scalar(engine, "SELECT count(*) FROM observations WHERE supersedes_id IS NOT NULL")


def test_a_version_ends_where_the_next_begins(engine: Engine, tmp_path: Path) -> None:
    """Two rows of one plot in one file become two versions that meet."""
    rows = [plot(state="leased", valid_from="2025-03-01"), plot(state="building", valid_from="2026-03-01")]
    load(engine, write_bundle(tmp_path, parks=[park()], park_outlines=[outline()], plots=rows))
    state = "SELECT state FROM plots_at(CAST(:day AS date), now())"
    assert [None, "leased", "building"] == [
        scalar(engine, state, day=day) for day in ("2025-02-28", "2026-02-28", "2026-03-01")
    ]


def test_replacing_a_dataset_closes_all_it_says(engine: Engine, tmp_path: Path) -> None:
    """After --replace demo only the board's own plots are there; what demo said is still readable as known before."""
    demo = write_bundle(tmp_path / "a", dataset="demo", parks=[park()], park_outlines=[outline()], plots=[plot()])
    load(engine, demo)
    before = scalar(engine, "SELECT now()")
    # Far from the demo outline: it could not be stored beside the demo plot, which would lie outside it.
    own = write_bundle(
        tmp_path / "b",
        parks=[park()],
        park_outlines=[outline(geometry=square(106.3, 20.3))],
        plots=[plot(code="B7", geometry=square(106.302, 20.302, 0.002))],
    )
    load(engine, own, replace=Dataset.DEMO)
    codes = "SELECT string_agg(code, ',') FROM plots_at('2026-06-30', CAST(:known AS timestamptz))"
    assert "B7" == scalar(engine, codes, known="infinity")
    assert "A1" == scalar(engine, codes, known=before)


def test_a_folder_that_is_stored_already_still_replaces(engine: Engine, tmp_path: Path) -> None:
    """Loaded first without --replace, then with it: the demonstration is closed, and caches see a new version."""
    load(engine, write_bundle(tmp_path / "a", dataset="demo", quality="demo", parks=[park(slug="mau")]))
    own = write_bundle(tmp_path / "b", parks=[park()])
    load(engine, own)
    with reading(engine) as connection:
        before = read_version(connection)
    load_directory(engine, own, replace=Dataset.DEMO, report=lambda _: None)
    with reading(engine) as connection:
        assert before != read_version(connection)
    assert "thu" == scalar(engine, "SELECT string_agg(slug, ',') FROM parks_at('2026-06-30', now())")


def test_a_new_registry_does_not_close_what_the_board_entered(engine: Engine, tmp_path: Path) -> None:
    """A published row is held back where an official one speaks, and the load says so."""
    load(engine, write_bundle(tmp_path / "a", parks=[park(status="operating")]))
    newer = write_bundle(tmp_path / "b", dataset="registry", quality="published", parks=[park(status="building")])
    said: list[str] = []
    load_bundle(engine, read_bundle(newer), report=said.append)
    assert "operating" == scalar(engine, "SELECT status FROM parks_at('2026-06-30', now())")
    assert "  parks: 0 added, 0 closed, 0 unchanged, 1 held back by surer rows" in said


def test_of_two_loads_at_once_the_second_finds_what_the_first_stored(engine: Engine, tmp_path: Path) -> None:
    """Two starts of the program may meet: one stores, the other waits and does nothing; neither fails."""
    folder = write_bundle(tmp_path, parks=[park()], observations=[observation()])
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: load_directory(engine, folder, report=lambda _: None), range(2)))
    assert 1 == sum(loaded is not None for loaded in done)
    assert 1 == scalar(engine, "SELECT count(*) FROM batches")


def test_a_demonstration_never_speaks_over_what_is_known(engine: Engine, tmp_path: Path) -> None:
    """A demo status fills only the days before the published one begins; the published one is not closed."""
    published = park(status="operating", valid_from="2026-01-01")
    load(engine, write_bundle(tmp_path / "a", dataset="registry", quality="published", parks=[published]))
    loaded = load(engine, write_bundle(tmp_path / "b", dataset="demo", quality="demo", parks=[park(status="planned")]))
    status = "SELECT status || ' ' || quality FROM parks_at(CAST(:day AS date), now())"
    assert ["planned demo", "operating published"] == [
        scalar(engine, status, day=day) for day in ("2025-12-31", "2026-01-01")
    ]
    assert 0 == loaded.tables["parks"].closed


def test_a_package_in_vn2000_lands_where_it_belongs(engine: Engine, tmp_path: Path) -> None:
    """A GeoPackage in the Nam Định zone is moved to WGS 84 with the datum shift; the batch keeps its system."""
    folder = write_bundle(tmp_path, parks=[park(geometry={"type": "Point", "coordinates": [106.17, 20.42]})])
    easting, northing = 569_723.883, 2_258_888.931
    frame = geopandas.GeoDataFrame(
        {"park": ["thu"], "approximate": ["false"]},
        geometry=[box(easting, northing, easting + 500, northing + 500)],
        crs="EPSG:9209",
    )
    frame.to_file(folder / "bundle.gpkg", layer="park_outlines", engine="pyogrio")
    load(engine, folder)
    nearest = (
        "SELECT min(ST_Distance(vertex.geom::geography, ST_Point(106.17, 20.42, 4326)::geography))"
        " FROM parks_at('2026-01-01', now()), LATERAL ST_DumpPoints(outline) AS vertex"
    )
    assert scalar(engine, nearest) < 0.001
    assert "EPSG:4326, EPSG:9209" == scalar(engine, "SELECT source_crs FROM batches")


FAULTS = [
    ({"parks": [park(status="open")]}, "parks.geojson, row 1, status: expected one of planned, preparing"),
    ({"parks": [park(colour="red")]}, "column 'colour' is not known"),
    ({"parks": [park(name_vi="")]}, "row 1, name_vi: empty, but must be given"),
    ({"parks": [park(), park()]}, "row 2, slug: 'thu' stands in row 1 too"),
    ({"parks": [park(geometry={"type": "Point", "coordinates": [20.2, 106.1]})]}, "are the axes swapped"),
    ({"parks": [park(geometry=square(106, 20))]}, "expected Point, found Polygon"),
    ({"parks": [park(valid_from="31/12/2025")]}, "valid_from: expected a date such as 2026-10-31, found '31/12/2025'"),
    (
        {"observations": [observation(value="1.234,5")]},
        "observations.csv, row 2, value: expected a number such as 1234.5",
    ),
]


@pytest.mark.parametrize(("tables", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_bad_cell_is_named_and_nothing_is_stored(
    engine: Engine, tmp_path: Path, tables: dict[str, list[dict[str, object]]], fault: str
) -> None:
    """File, row, column, what was expected and what was found; and the database stays as it was."""
    with pytest.raises(DataError) as refused:
        load(engine, write_bundle(tmp_path, **tables))
    assert fault in str(refused.value)
    assert 0 == scalar(engine, "SELECT count(*) FROM batches")


def test_a_bow_tie_is_refused_with_its_place(engine: Engine, tmp_path: Path) -> None:
    """A polygon that crosses itself is refused, and the message says where it does."""
    tie = {
        "type": "Polygon",
        "coordinates": [[[106.1, 20.2], [106.11, 20.21], [106.11, 20.2], [106.1, 20.21], [106.1, 20.2]]],
    }
    with pytest.raises(DataError, match=r"not valid: Self-intersection\[106.105 20.205\]"):
        load(engine, write_bundle(tmp_path, parks=[park()], park_outlines=[outline(geometry=tie)]))


def test_a_cell_that_points_at_nothing_is_refused(engine: Engine, tmp_path: Path) -> None:
    """An outline of an unknown park is refused by row and value; the parks of the same bundle are not stored either."""
    with pytest.raises(DataError, match="row 1, park: 'khac' is not known"):
        load(engine, write_bundle(tmp_path, parks=[park()], park_outlines=[outline(park="khac")]))
    assert 0 == scalar(engine, "SELECT count(*) FROM parks")


def test_a_plot_outside_its_park_is_refused(engine: Engine, tmp_path: Path) -> None:
    """A plot with a tenth of it over the boundary is refused with the share; one within one per cent is taken."""
    rows = {"parks": [park()], "park_outlines": [outline()]}
    with pytest.raises(DataError, match=r"plot A1 of park thu lies 10.0 % outside it"):
        load(engine, write_bundle(tmp_path / "a", **rows, plots=[plot(geometry=square(106.1082, 20.202, 0.002))]))
    load(engine, write_bundle(tmp_path / "b", **rows, plots=[plot(geometry=square(106.10801, 20.202, 0.002))]))


def test_an_outline_that_leaves_plots_outside_is_refused(engine: Engine, tmp_path: Path) -> None:
    """A new outline alone may not leave plots outside; with the new plots in the same load it is taken."""
    load(engine, write_bundle(tmp_path / "a", parks=[park()], park_outlines=[outline()], plots=[plot()]))
    moved = {"park_outlines": [outline(geometry=square(106.3, 20.3))]}
    with pytest.raises(Exception, match="100.0 % outside"):
        load(engine, write_bundle(tmp_path / "b", **moved))
    load(engine, write_bundle(tmp_path / "c", **moved, plots=[plot(geometry=square(106.302, 20.302, 0.002))]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plots.geojson", '{"type": "FeatureCollection", "features": [{'),
        ("plots.geojson", "[]"),
        ("observations.csv", 'a,b\n"1'),
        ("bundle.gpkg", "no database"),
        ("fields.csv", "a\n1\n"),
        ("bundle.toml", "[bundle\n"),
        ("bundle.toml", '[bundle]\ndataset = "mine"\n'),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    """A file that is cut off, empty, of another kind or unknown is named; no traceback of a library."""
    folder = write_bundle(tmp_path, parks=[park()])
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=name):
        read_bundle(folder)
