"""Land files in the database: what it refuses, what it keeps, and what the clock reads."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from geoapp.store.engine import Role, make_engine

NOW = "2026-11-20"
TRUST = "valid, recorded, quality, source_id, batch_id"
TRUSTED = (
    "daterange(NULL, NULL), tstzrange('2025-01-01', NULL), 'official', (SELECT id FROM sources WHERE key = 'test'),"
    " (SELECT id FROM batches)"
)


@pytest.fixture(scope="module")
def engine(migrated_template: str) -> Iterator[Engine]:
    """The migrated database; every test is rolled back."""
    engine = make_engine(migrated_template, role=Role.OWNER)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """A transaction with a park and two projects, of which the second has portions A and B."""
    with engine.connect() as connection:
        for statement in (
            "INSERT INTO sources (key, title) VALUES ('test', 'Test')",
            "INSERT INTO batches (dataset, title, loaded_by, digest) VALUES ('board', 'Test', 'test', 'x')",
            "INSERT INTO parks (slug) VALUES ('thu')",
            "INSERT INTO projects (code) VALUES ('one'), ('two')",
            f"INSERT INTO project_versions (project_id, name, park_id, land_ha, state, {TRUST})"
            f" SELECT id, code, (SELECT id FROM parks), 5, 'registered', {TRUSTED} FROM projects",
            "INSERT INTO land_portions (project_id, code)"
            " SELECT id, part FROM projects, (VALUES ('A'), ('B')) AS p (part) WHERE projects.code = 'two'",
            f"INSERT INTO land_portion_versions (land_portion_id, area_ha, {TRUST})"
            f" SELECT id, 2, {TRUSTED} FROM land_portions",
        ):
            connection.execute(text(statement))
        yield connection
        connection.rollback()


def tell(db: Connection, code: str, kind: str, project: str = "one", **values: object) -> None:
    """Insert one event; ``portion`` is its code, ``recorded`` a day."""
    values = {"quality": "official", "recorded": NOW, "portion": None, **values}
    names = [name for name in values if name not in {"portion", "recorded"}]
    db.execute(
        text(
            "INSERT INTO land_events (project_id, code, kind, source_id, batch_id, recorded, portion_id,"
            f" {', '.join(names)})"
            " SELECT p.id, :code, :kind, (SELECT id FROM sources WHERE key = 'test'), (SELECT id FROM batches),"
            " tstzrange(CAST(:recorded AS timestamptz), NULL),"
            " (SELECT n.id FROM land_portions AS n WHERE n.project_id = p.id AND n.code = :portion),"
            f" {', '.join(':' + name for name in names)} FROM projects AS p WHERE p.code = :project"
        ),
        {**values, "code": code, "kind": kind, "project": project},
    )


def unit(db: Connection, name: str = "project", project: str = "one", known_at: str = "infinity") -> Any:
    """What the clock reads of a unit."""
    statement = "SELECT u.* FROM clock_units_at('2026-11-20', :known_at) AS u JOIN projects AS p ON p.id = u.project_id"
    rows = db.execute(
        text(f"{statement} WHERE p.code = :project AND u.unit = :unit"),
        {"known_at": known_at, "project": project, "unit": name},
    )
    return rows.one()


def count(db: Connection, relation: str, unit_name: str) -> int:
    """How many rows a relation of the clock has for a unit of the second project."""
    statement = (
        f"SELECT count(*) FROM {relation}('2026-11-20', 'infinity') AS r JOIN projects AS p ON p.id = r.project_id"
    )
    asked = {"unit": unit_name}
    return int(db.execute(text(f"{statement} WHERE p.code = 'two' AND r.unit = :unit"), asked).scalar_one())


REFUSED = {
    "an unknown kind": (("x", "sold"), {"happened_on": "2026-01-01"}, "kind_check"),
    "no day": (("x", "extension_request"), {}, "land_events_dated"),
    "a day to come": (("x", "handover"), {"happened_on": "2026-11-21"}, "has_happened"),
    "a report to come": (("x", "check"), {"happened_on": "2026-11-01", "report_on": "2026-12-01"}, "has_happened"),
    "an interval without an end": (("x", "force_majeure"), {"from_on": "2026-01-01"}, "land_events_interval"),
    "an interval the wrong way round": (
        ("x", "authority_delay"), {"from_on": "2026-02-01", "to_on": "2026-01-01"}, "land_events_interval",
    ),
    "an extension on no ground": (("x", "extension"), {"happened_on": "2026-01-01"}, "land_events_extension"),
    "a ground of something else": (("x", "handover"), {"ground": "12m"}, "land_events_extension"),
    "a progress in two ways": (
        ("x", "progress"), {"progress_form": "date", "progress_end_on": "2027-01-01", "progress_months": 3},
        "land_events_progress",
    ),
    "25 months": (
        ("x", "extension"), {"happened_on": "2026-01-01", "ground": "24m", "months": 25},
        "event x of project one: 25 months of extension; a decision may grant 24",
    ),
    "printed days that are too long": (
        ("x", "extension"),
        {"happened_on": "2026-01-01", "ground": "24m", "starts_on": "2026-01-01", "ends_on": "2028-01-02"},
        "extended from 2026-01-01 to 2028-01-02",
    ),
    "a payment for nothing": (
        ("x", "payment"), {"happened_on": "2026-01-01", "about": "99"}, "is about 99, which is no other event",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("event", "values", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_a_bad_event_is_refused(db: Connection, event: tuple[str, str], values: dict[str, object], reason: str) -> None:
    """The database itself refuses what one event cannot say."""
    with pytest.raises(DBAPIError, match=reason):
        tell(db, *event, **values)


def test_completion_before_the_start_is_refused(db: Connection) -> None:
    """Whichever of the two comes last."""
    tell(db, "1", "completion", happened_on="2026-05-01")
    with pytest.raises(
        DBAPIError, match="event 1 of project one: completed on 2026-05-01, before its construction began"
    ):
        tell(db, "2", "construction_start", happened_on="2026-05-02")


def test_a_portion_completed_before_its_project_began_is_refused(db: Connection) -> None:
    """A portion without a start of its own begins with its project."""
    tell(db, "1", "construction_start", "two", happened_on="2026-05-02")
    with pytest.raises(DBAPIError, match="completed on 2026-05-01"):
        tell(db, "2", "completion", "two", portion="A", happened_on="2026-05-01")


def test_no_handover_after_a_handover_is_refused(db: Connection) -> None:
    """It cannot be known on a later day that none had taken place."""
    tell(db, "1", "handover", happened_on="2025-03-10")
    with pytest.raises(DBAPIError, match="no handover until 2025-04-01, but handed over on 2025-03-10"):
        tell(db, "2", "no_handover", happened_on="2025-04-01")


def test_a_unit_is_handed_over_once(db: Connection) -> None:
    """A second handover is a correction of the first, or of another portion."""
    tell(db, "1", "handover", happened_on="2025-03-10")
    with pytest.raises(DBAPIError, match="land_events_once"):
        tell(db, "2", "handover", happened_on="2025-04-10")


def test_a_demonstration_may_tell_of_days_to_come(db: Connection) -> None:
    """It is told as of its own last day, whatever the clock of the machine says."""
    tell(db, "1", "handover", happened_on="2030-01-01", quality="demo")


@pytest.mark.parametrize("statement", ["UPDATE land_events SET happened_on = '2025-01-01'", "DELETE FROM land_events"])
def test_an_event_is_never_changed(db: Connection, statement: str) -> None:
    """Events are closed, never overwritten or deleted."""
    tell(db, "1", "handover", happened_on="2025-03-10")
    with pytest.raises(DBAPIError, match=r"never (changed|deleted)"):
        db.execute(text(statement))


def test_a_correction_is_another_event_from_then_on(db: Connection) -> None:
    """Asked as of the time before the correction, the clock reads what was known then."""
    tell(db, "1", "handover", happened_on="2025-03-10", recorded="2026-01-01")
    db.execute(text("UPDATE land_events SET recorded = tstzrange('2026-01-01', '2026-06-01')"))
    tell(db, "1", "handover", happened_on="2025-04-10", recorded="2026-06-01")
    assert ["None", "2025-03-10", "2025-04-10"] == [
        str(unit(db, known_at=day).handover_date) for day in ("2025-12-01", "2026-03-01", "2026-07-01")
    ]


def test_a_withdrawn_event_counts_for_nothing(db: Connection) -> None:
    """It stays on record, and the clock does not read it."""
    tell(db, "1", "handover", happened_on="2025-03-10", withdrawn=True)
    assert unit(db).handover_date is None


def test_a_project_without_a_file_is_a_unit(db: Connection) -> None:
    """Nothing known is a row of nothing, never no row: a gap is a finding of its own."""
    found = unit(db)
    assert (5.0, None, None) == (found.area_ha, found.handover_date, found.no_handover)


def test_a_project_with_portions_is_no_unit_itself(db: Connection) -> None:
    """Each portion has a clock of its own, with its own area."""
    statement = "SELECT unit, area_ha FROM clock_units_at('2026-11-20', 'infinity') ORDER BY project_id, unit"
    assert [("project", 5), ("A", 2), ("B", 2)] == [tuple(row) for row in db.execute(text(statement))]


def test_a_portion_takes_from_its_project_what_it_does_not_state(db: Connection) -> None:
    """A has a handover of its own; B takes that of the project; neither takes the area."""
    tell(db, "1", "handover", "two", happened_on="2025-03-10", document_no="1/BB", area_ha=5)
    tell(db, "2", "handover", "two", portion="A", happened_on="2025-06-01")
    found = [unit(db, name, "two") for name in ("A", "B")]
    assert [("2025-06-01", None, None), ("2025-03-10", "1/BB", None)] == [
        (str(row.handover_date), row.handover_record_no, row.handover_area_ha) for row in found
    ]


def test_no_handover_of_a_portion_replaces_the_handover_of_its_project(db: Connection) -> None:
    """Handover and that there was none are stated together."""
    tell(db, "1", "handover", "two", happened_on="2025-03-10")
    tell(db, "2", "no_handover", "two", portion="A", happened_on="2026-01-01")
    found = unit(db, "A", "two")
    assert (None, True) == (found.handover_date, found.no_handover)


def test_a_progress_of_its_own_comes_without_the_changes_of_the_project(db: Connection) -> None:
    """The adjustments belong to the progress that they adjust."""
    ends = {"progress_form": "date", "progress_end_on": "2026-06-30"}
    tell(db, "1", "progress", "two", **ends)
    tell(db, "2", "progress_change", "two", happened_on="2026-02-01", **ends)
    tell(db, "3", "progress", "two", portion="A", **ends)
    assert [0, 1] == [count(db, "clock_adjustments_at", name) for name in ("A", "B")]


def test_intervals_and_extensions_reach_every_portion(db: Connection) -> None:
    """What the project has and the portion does not replace counts for both."""
    span = {"from_on": "2026-01-01", "to_on": "2026-01-31"}
    tell(db, "1", "force_majeure", "two", decided_by="chairman", document_no="7/QĐ", **span)
    tell(db, "2", "authority_delay", "two", document_no="8/BB", **span)
    tell(db, "3", "extension", "two", portion="B", happened_on="2026-02-01", ground="24m", months=12)
    relations = ("clock_force_majeure_at", "clock_delays_at", "clock_extensions_at")
    assert [(1, 1, 0), (1, 1, 1)] == [tuple(count(db, one, name) for one in relations) for name in ("A", "B")]


@pytest.mark.parametrize(("payment", "expected"), [(False, None), (True, True)])
def test_an_extension_is_paid_by_a_payment_about_it(db: Connection, payment: bool, expected: bool | None) -> None:
    """Unknown is not unpaid, and a payment on record is paid."""
    tell(db, "1", "extension", happened_on="2026-02-01", ground="24m", months=12)
    if payment:
        tell(db, "2", "payment", happened_on="2026-03-01", about="1")
    statement = "SELECT paid FROM clock_extensions_at('2026-11-20', 'infinity')"
    assert expected is db.execute(text(statement)).scalar_one()


def test_the_inspection_is_the_latest_check(db: Connection) -> None:
    """A check that has no report yet hides the report of the one before."""
    tell(db, "1", "check", happened_on="2025-02-01", report_on="2025-03-01")
    tell(db, "2", "check", happened_on="2026-02-01")
    found = unit(db)
    assert ("2026-02-01", None) == (str(found.inspection_decision_date), found.inspection_report_date)


def test_events_are_those_of_the_day(db: Connection) -> None:
    """The list of a day leaves out what happened later; what has no day stays."""
    tell(db, "1", "handover", happened_on="2025-03-10")
    tell(db, "2", "construction_start", happened_on="2025-09-01")
    tell(db, "3", "land_basis", basis="lease")
    statement = "SELECT code FROM land_events_at('2025-06-30', 'infinity') ORDER BY code"
    assert ["1", "3"] == list(db.execute(text(statement)).scalars())
