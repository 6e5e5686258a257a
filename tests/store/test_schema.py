"""What the database itself refuses, whoever asks."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from geoapp.store.engine import Role, make_engine

SQUARE = "ST_Multi(ST_MakeEnvelope(106.1, 20.2, 106.11, 20.21, 4326))"
TRUST = "quality, source_id, batch_id"


@pytest.fixture(scope="module")
def engine(migrated_template: str) -> Iterator[Engine]:
    """The migrated database; every test is rolled back."""
    engine = make_engine(migrated_template, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """A transaction with a source, a batch, a park with an outline and a plant; rolled back at the end."""
    with engine.connect() as connection:
        for statement in (
            "INSERT INTO sources (key, title) VALUES ('test', 'Test')",
            "INSERT INTO batches (dataset, title, loaded_by, digest) VALUES ('demo', 'Test', 'test', 'x')",
            "INSERT INTO parks (slug) VALUES ('thu')",
            "INSERT INTO plots (park_id, code) SELECT id, 'A1' FROM parks",
            "INSERT INTO wastewater_plants (park_id, code) SELECT id, 'TT' FROM parks",
            "INSERT INTO projects (code) VALUES ('p-1')",
            f"INSERT INTO park_outline_versions (park_id, approximate, geom, valid, {TRUST})"
            f" SELECT id, true, {SQUARE}, daterange(NULL, NULL), 'demo', (SELECT max(id) FROM sources),"
            " (SELECT max(id) FROM batches) FROM parks",
        ):
            connection.execute(text(statement))
        yield connection
        connection.rollback()


def insert(db: Connection, table: str, **values: str) -> None:
    """Insert one row; values are SQL expressions."""
    values = {
        "quality": "'demo'",
        "source_id": "(SELECT max(id) FROM sources)",
        "batch_id": "(SELECT max(id) FROM batches)",
        **values,
    }
    db.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"))


def plot(**values: str) -> dict[str, str]:
    """Values of a plot version inside the outline."""
    defaults = {
        "plot_id": "(SELECT max(id) FROM plots)",
        "use_code": "'SKK'",
        "state": "'available'",
        "approximate": "true",
        "geom": "ST_Multi(ST_MakeEnvelope(106.102, 20.202, 106.104, 20.204, 4326))",
        "valid": "daterange('2026-01-01', NULL)",
    }
    return {**defaults, **values}


def observation(**values: str) -> dict[str, str]:
    """Values of an observation of the park."""
    defaults = {
        "subject_kind": "'park'",
        "park_id": "(SELECT max(id) FROM parks)",
        "indicator": "'occupancy'",
        "valid_on": "'2026-06-30'",
        "date_precision": "'month'",
        "value": "50",
        "method": "'decree35_2022'",
    }
    return {**defaults, **values}


def test_a_sound_plot_and_a_sound_figure_are_taken(db: Connection) -> None:
    """The rows that the refusals below start from are good."""
    insert(db, "plot_versions", **plot())
    insert(db, "observations", **observation())


REFUSED_PLOTS = {
    "a point": ({"geom": "ST_SetSRID(ST_Point(106.1, 20.2), 4326)"}, "does not match column type"),
    "another SRID": ({"geom": f"ST_Transform({SQUARE}, 3857)"}, "SRID"),
    "a bow tie": (
        {"geom": "'SRID=4326;MULTIPOLYGON(((106.1 20.2, 106.11 20.21, 106.11 20.2, 106.1 20.21, 106.1 20.2)))'"},
        "geom_valid",
    ),
    "an empty geometry": ({"geom": "'SRID=4326;MULTIPOLYGON EMPTY'"}, "geom_"),
    "swapped axes": ({"geom": f"ST_FlipCoordinates({SQUARE})"}, "Invalid coordinate"),
    "a place abroad": ({"geom": f"ST_Translate({SQUARE}, 20, 0)"}, "in_viet_nam"),
    "a plot outside its park": (
        {"geom": "ST_Multi(ST_MakeEnvelope(106.2, 20.2, 106.21, 20.21, 4326))"},
        "100.0 % outside",
    ),
    "an unknown use": ({"use_code": "'XYZ'"}, "use_code_check"),
    "an unknown state": ({"state": "'sold'"}, "state_check"),
    "an unknown quality": ({"quality": "'sure'"}, "quality_check"),
    "no source": ({"source_id": "NULL"}, "source_id"),
    "no days": ({"valid": "daterange('2026-01-01', '2026-01-01')"}, "valid_check"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED_PLOTS.values(), ids=list(REFUSED_PLOTS))
def test_a_bad_plot_is_refused(db: Connection, change: dict[str, str], reason: str) -> None:
    """Type, validity, SRID, place, lists, trust and time of a plot are checked by the database."""
    with pytest.raises(DBAPIError, match=reason):
        insert(db, "plot_versions", **plot(**change))


REFUSED_FIGURES = {
    "over 100 per cent": ({"value": "100.5"}, "outside 0 to 100"),
    "under 0 per cent": ({"value": "-1"}, "outside 0 to 100"),
    "a share that does not add up": ({"numerator": "30", "denominator": "50"}, "value 50 but"),
    "nothing to divide by": ({"numerator": "0", "denominator": "0"}, "denominator_check"),
    "an unknown indicator": ({"indicator": "'luck'"}, "foreign key|not an indicator"),
    "a method of another indicator": ({"method": "'by_value'"}, "foreign key"),
    "a park figure without a park": ({"park_id": "NULL"}, "one_subject"),
    "a park's load": ({"indicator": "'wastewater_load'", "method": "NULL"}, "not an indicator of a park"),
    "undated with a date": ({"date_precision": "'undated'"}, "dated"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED_FIGURES.values(), ids=list(REFUSED_FIGURES))
def test_a_bad_figure_is_refused(db: Connection, change: dict[str, str], reason: str) -> None:
    """Range, arithmetic, method, subject and date of a figure are checked by the database."""
    with pytest.raises(DBAPIError, match=reason):
        insert(db, "observations", **observation(**change))


def test_two_current_figures_of_one_thing_are_refused(db: Connection) -> None:
    """One subject, indicator, day, method and source has one figure at a time."""
    insert(db, "observations", **observation())
    with pytest.raises(DBAPIError, match="one_current"):
        insert(db, "observations", **observation(value="51"))


def test_figures_of_two_sources_stand_beside_each_other(db: Connection) -> None:
    """A conflict between sources is kept, and said by other_values."""
    insert(db, "observations", **observation())
    db.execute(text("INSERT INTO sources (key, title) VALUES ('other', 'Other')"))
    insert(db, "observations", **observation(value="51"))
    row = db.execute(text("SELECT other_values FROM figures_at('occupancy', '2026-07-01', now())")).one()
    assert 1 == row.other_values


def test_two_current_versions_of_one_plot_are_refused(db: Connection) -> None:
    """Versions of one thing may not overlap in both clocks."""
    insert(db, "plot_versions", **plot())
    with pytest.raises(DBAPIError, match="one_at_a_time"):
        insert(db, "plot_versions", **plot(valid="daterange('2026-05-01', NULL)", state="'leased'"))


@pytest.mark.parametrize(
    "statement", ["UPDATE observations SET value = 51", "DELETE FROM observations", "DELETE FROM park_outline_versions"]
)
def test_nothing_is_overwritten_or_deleted(db: Connection, statement: str) -> None:
    """Rows with history are only ever closed."""
    insert(db, "observations", **observation())
    with pytest.raises(DBAPIError, match="never (changed|deleted)"):
        db.execute(text(statement))


def test_a_closed_row_cannot_be_opened_again(db: Connection) -> None:
    """Closing works once; after it the row is fixed."""
    insert(db, "observations", recorded="tstzrange('2026-01-01', NULL)", **observation())
    db.execute(text("UPDATE observations SET recorded = tstzrange(lower(recorded), '2026-02-01')"))
    with pytest.raises(DBAPIError, match="never changed"):
        db.execute(text("UPDATE observations SET recorded = tstzrange(lower(recorded), NULL)"))


def test_progress_over_100_per_cent_is_refused(db: Connection) -> None:
    """Percentages outside figures are checked too."""
    db.execute(text("INSERT INTO infrastructure_items (park_id, code) SELECT id, 'GT' FROM parks"))
    with pytest.raises(DBAPIError, match="per_cent"):
        insert(
            db,
            "infrastructure_item_versions",
            infrastructure_item_id="(SELECT max(id) FROM infrastructure_items)",
            kind="'roads'",
            name_vi="'Đường'",
            name_en="'Road'",
            state="'building'",
            progress_pct="101",
            approximate="true",
            geom=SQUARE,
            valid="daterange(NULL, NULL)",
        )


def test_areas_are_those_of_the_ellipsoid(db: Connection) -> None:
    """A cell of 0.01 by 0.01 degree at 20.2 N: its area on WGS 84 is worked out by PROJ's geodesic routines."""
    from pyproj import Geod  # noqa: PLC0415

    area, _ = Geod(ellps="WGS84").polygon_area_perimeter([106.1, 106.11, 106.11, 106.1], [20.2, 20.2, 20.21, 20.21])
    stored = db.execute(text("SELECT area_ha FROM park_outline_versions")).scalar_one()
    assert abs(area) / 1e4 == pytest.approx(stored, rel=1e-6)


CHECK_VALUES = [
    (105.975, 20.25, 5897, 601_666.129, 2_240_227.219),
    (106.17, 20.42, 9209, 569_723.883, 2_258_888.931),
]


@pytest.mark.parametrize(("lon", "lat", "srid", "east", "north"), CHECK_VALUES)
def test_vn2000_agrees_with_the_check_values(
    db: Connection, lon: float, lat: float, srid: int, east: float, north: float
) -> None:
    """WGS 84 to the provincial VN-2000 zones, against the values of the EPSG data set, within 2 mm."""
    query = text("SELECT ST_X(p), ST_Y(p) FROM ST_Transform(ST_SetSRID(ST_Point(:lon, :lat), 4326), :srid) AS p")
    x, y = db.execute(query, {"lon": lon, "lat": lat, "srid": srid}).one()
    assert (east, north) == (pytest.approx(x, abs=0.002), pytest.approx(y, abs=0.002))


def test_every_provincial_zone_is_there_with_the_datum_shift(db: Connection) -> None:
    """EPSG:9205 to 9218, each with the official seven parameters in position-vector signs."""
    query = text(
        "SELECT count(*) FROM spatial_ref_sys WHERE srid BETWEEN 9205 AND 9218 AND proj4text LIKE"
        " '%towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278%'"
    )
    assert 14 == db.execute(query).scalar_one()


READINGS = {
    "met": ([("cod", 60, None), ("ph", 7, None)], "met"),
    "an exceedance not yet confirmed": ([("cod", 80, None)], "met"),
    "a confirmed exceedance": ([("cod", 80, "true")], "not_met"),
    "pH under its range": ([("ph", 5, "true")], "not_met"),
    "no readings": ([], "no_data"),
}


@pytest.mark.parametrize(("readings", "expected"), READINGS.values(), ids=list(READINGS))
def test_a_plant_meets_the_standard_by_its_three_conditions(
    db: Connection, readings: list[tuple[str, float, str | None]], expected: str
) -> None:
    """Column A, COD at most 75 mg/l (Kq = Kf = 1): operating, permit valid, no confirmed exceedance; else why not."""
    insert_plant(db)
    for parameter, value, confirmed in readings:
        insert(
            db,
            "wastewater_readings",
            wastewater_plant_id="(SELECT max(id) FROM wastewater_plants)",
            measured_on="'2026-05-31'",
            parameter=f"'{parameter}'",
            value=str(value),
            confirmed=confirmed or "NULL",
        )
    assert (
        expected == db.execute(text("SELECT standard_met FROM wastewater_plants_at('2026-06-30', now())")).scalar_one()
    )


def standard_met(db: Connection) -> str:
    """What the only plant is said to be at the end of June 2026."""
    return str(db.execute(text("SELECT standard_met FROM wastewater_plants_at('2026-06-30', now())")).scalar_one())


def insert_plant(db: Connection, **changes: str) -> None:
    """A plant with a permit of 2024, column A."""
    values = {
        "wastewater_plant_id": "(SELECT max(id) FROM wastewater_plants)",
        "name_vi": "'Nhà máy'",
        "name_en": "'Plant'",
        "state": "'operating'",
        "capacity_m3_day": "5000",
        "discharge_column": "'A'",
        "permit_granted": "true",
        "permit_from": "'2024-01-01'",
        "approximate": "true",
        "valid": "daterange(NULL, NULL)",
    }
    insert(db, "wastewater_plant_versions", **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"permit_granted": "false", "permit_from": "NULL"}, "not_met"),
        ({"permit_granted": "NULL", "permit_from": "NULL"}, "no_data"),
        ({"permit_to": "'2026-01-31'"}, "not_met"),
        ({"state": "'trial'"}, "not_operating"),
        # Permits since 01/09/2025 come under QCVN 40:2025, whose limits are not in the database: nothing to judge by.
        ({"permit_from": "'2025-09-01'"}, "no_data"),
    ],
)
def test_permit_and_state_are_conditions_of_their_own(db: Connection, changes: dict[str, str], expected: str) -> None:
    """Good readings alone do not make a plant meet the standard; what is not known is said to be unknown."""
    insert_plant(db, **changes)
    insert(
        db,
        "wastewater_readings",
        wastewater_plant_id="(SELECT max(id) FROM wastewater_plants)",
        measured_on="'2026-05-31'",
        parameter="'cod'",
        value="10",
    )
    assert (
        expected == db.execute(text("SELECT standard_met FROM wastewater_plants_at('2026-06-30', now())")).scalar_one()
    )


def test_limits_follow_permit_then_standard_times_kq_and_kf(db: Connection) -> None:
    """COD in column B with Kq 0.9, Kf 1.1 is 150 x 0.99 = 148.5; pH takes no K; the permit's own limit is first."""
    insert_plant(db, discharge_column="'B'", kq="0.9", kf="1.1")
    db.execute(
        text("INSERT INTO permit_limits (wastewater_plant_id, parameter) SELECT max(id), 'tss' FROM wastewater_plants")
    )
    insert(
        db,
        "permit_limit_versions",
        permit_limit_id="(SELECT max(id) FROM permit_limits)",
        upper="40",
        valid="daterange(NULL, NULL)",
    )
    rows = db.execute(text("SELECT parameter, upper_limit FROM discharge_limits_at('2026-06-30', now())"))
    limits = {row.parameter: row.upper_limit for row in rows}
    assert (148.5, 9, 40) == (pytest.approx(limits["cod"]), limits["ph"], limits["tss"])


def test_a_figure_older_than_its_indicator_allows_is_stale(db: Connection) -> None:
    """Occupancy of June 2019 is told in 2026, but marked stale; that of May 2026 is current."""
    insert(db, "observations", **observation(valid_on="'2019-06-30'", value="100"))
    stale = text("SELECT is_stale FROM figures_at('occupancy', CAST(:day AS date), now())")
    assert db.execute(stale, {"day": "2026-06-30"}).scalar_one() is True
    assert db.execute(stale, {"day": "2020-05-31"}).scalar_one() is False


def test_an_undated_figure_is_never_current(db: Connection) -> None:
    """A figure without a date is kept, but no day has it."""
    insert(db, "observations", **observation(valid_on="NULL", date_precision="'undated'"))
    assert [] == db.execute(text("SELECT 1 FROM figures_at('occupancy', 'infinity', now())")).all()
