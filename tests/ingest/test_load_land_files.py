"""Land files by the door of all tables."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from geoapp.errors import DataError
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import Loaded, load_bundle
from geoapp.store.engine import Role, make_engine, reading
from tests.factories import land_event, outline, park, plot, project, write_bundle


@pytest.fixture
def engine(database_url: str) -> Engine:
    """An empty database to load into."""
    engine = make_engine(database_url, role=Role.OWNER)
    yield engine
    engine.dispose()


def load(engine: Engine, folder: Path, **tables: object) -> Loaded:
    """Load the project p-1 in its park with more tables."""
    around = {"parks": [park()], "park_outlines": [outline()], "plots": [plot()], "projects": [project()]}
    loaded = load_bundle(engine, read_bundle(write_bundle(folder, **{**around, **tables})), report=lambda _: None)
    assert loaded is not None
    return loaded


def events(engine: Engine, what: str, known_at: str = "infinity") -> list[tuple[object, ...]]:
    """Columns of the events as known at a moment, in the order of their codes."""
    statement = text(f"SELECT {what} FROM land_events_at('2026-11-27', :known_at) ORDER BY code")
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(statement, {"known_at": known_at})]


def faults_of(engine: Engine, folder: Path, **tables: object) -> str:
    """What is said of a bundle that is refused."""
    with pytest.raises(DataError) as refused:
        load(engine, folder, **tables)
    return "\n".join(refused.value.faults)


def test_events_come_out_as_they_went_in(engine: Engine, tmp_path: Path) -> None:
    """A portion with its plot, and an event of it with document, area and source."""
    portion = {"project": "p-1", "code": "A", "area_ha": 2, "park": "thu", "plots": "A1"}
    load(engine, tmp_path, land_portions=[portion], land_events=[land_event(portion="A", area_ha=2)])
    told = events(engine, "project, portion, kind, happened_on::text, document_no, area_ha, quality, source_key")
    assert [("p-1", "A", "handover", "2025-03-10", "12/BB-BGĐ", 2.0, "official", "test")] == told
    with reading(engine) as connection:
        plots = connection.execute(
            text("SELECT p.code FROM land_portion_versions, plots AS p WHERE p.id = ANY (plot_ids)")
        )
        assert ["A1"] == list(plots.scalars())


def test_a_row_with_the_code_of_another_corrects_it(engine: Engine, tmp_path: Path) -> None:
    """The old row is closed and can be read as known before; what says nothing new is left alone."""
    load(engine, tmp_path / "a", land_events=[land_event(), land_event(code="02", kind="extension_request")])
    with reading(engine) as connection:
        before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    again = [land_event(happened_on="2025-04-10"), land_event(code="02", kind="extension_request")]
    stored = load(engine, tmp_path / "b", land_events=again).tables["land_events"]
    assert (1, 1, 1) == (stored.added, stored.closed, stored.unchanged)
    assert [("2025-03-10",), ("2025-04-10",)] == [
        events(engine, "happened_on::text", at)[0] for at in (before, "infinity")
    ]


def test_a_lesser_row_does_not_speak_over_a_surer_one(engine: Engine, tmp_path: Path) -> None:
    """A demonstration leaves what the board entered."""
    load(engine, tmp_path / "a", land_events=[land_event()])
    demo = [land_event(happened_on="2025-05-10", quality="demo")]
    stored = load(engine, tmp_path / "b", land_events=demo).tables["land_events"]
    assert (0, 0, 1) == (stored.added, stored.closed, stored.outranked)
    assert [("2025-03-10",)] == events(engine, "happened_on::text")


def test_an_event_entered_in_error_is_withdrawn(engine: Engine, tmp_path: Path) -> None:
    """It counts no more, and the row that says so stays."""
    load(engine, tmp_path / "a", land_events=[land_event()])
    load(engine, tmp_path / "b", land_events=[land_event(withdrawn="true")])
    assert [] == events(engine, "code")
    with reading(engine) as connection:
        assert 2 == connection.execute(text("SELECT count(*) FROM land_events")).scalar_one()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"happened_on": "2999-01-01"}, "row 2, happened_on: 01/01/2999 lies in the future"),
        ({"kind": "handed"}, "row 2, kind: expected one of land_basis, allocation, handover"),
        ({"kind": "extension"}, "row 2, ground: empty, but an event of this kind needs it"),
        ({"months": "12"}, "row 2, months: an event of kind handover has no such field"),
        ({"portion": "Z"}, "row 2, portion: 'Z' is not known"),
        ({"kind": "extension", "ground": "24m", "months": "25"}, "event 01 of project p-1: 25 months of extension"),
    ],
)
def test_a_fault_is_told_with_row_and_field(engine: Engine, tmp_path: Path, row: dict[str, object], said: str) -> None:
    """A clerk finds the cell that is wrong, and nothing is stored."""
    assert said in faults_of(engine, tmp_path, land_events=[land_event(**row)])
    assert [] == events(engine, "code")


def test_completion_before_the_start_is_refused_by_name(engine: Engine, tmp_path: Path) -> None:
    """What two rows cannot say together is told with the event and the project."""
    rows = [
        land_event(code="1", kind="construction_start", happened_on="2025-09-01"),
        land_event(code="2", kind="completion", happened_on="2025-08-01"),
    ]
    told = faults_of(engine, tmp_path, land_events=rows)
    assert "event 2 of project p-1: completed on 2025-08-01, before its construction began on 2025-09-01" in told


def test_a_portion_names_plots_that_are_there(engine: Engine, tmp_path: Path) -> None:
    """A plot that the park does not have is a fault of the row."""
    portion = {"project": "p-1", "code": "A", "park": "thu", "plots": "A1;A9"}
    assert "row 2, plots: ['A1', 'A9'] is not known" in faults_of(engine, tmp_path, land_portions=[portion])
