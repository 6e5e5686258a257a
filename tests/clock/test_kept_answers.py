"""What is kept of the clock is what the decision table says: on any day, for any file, under any law."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from geoapp.core.clock_file import parse_line
from geoapp.services.clock_kept import check_kept, refresh_kept
from geoapp.store.engine import Role, make_engine, reading, writing
from tests.clock.random_files import HARD, Maker
from tests.clock.reference_clock import evaluate
from tests.clock.test_agreement import compared
from tests.clock.test_law_changes import LONGER
from tests.conftest import Databases, EngineMaker

FILES = 240
CHANCE = random.Random(7)  # noqa: S311 - chance, no secret
DAYS = [
    *map(date.fromisoformat, HARD),
    *(date(2012, 6, 30) + timedelta(days=CHANCE.randrange(6700)) for _ in range(25)),
]
DATES = (
    *(
        "progress_end",
        "d12",
        "d12_shifted",
        "d12_fm",
        "d12_fm_shifted",
        "d24",
        "d24_shifted",
        "d24_fm",
        "d24_fm_shifted",
    ),
    *("month13", "month25", "extension_end", "effective_end", "termination_end"),
)
KEPT = text("SELECT * FROM clock_at(:day, 'infinity') ORDER BY project_id")


@pytest.fixture(scope="module")
def files() -> list[dict[str, Any]]:
    """Random projects, as nasty as files get."""
    maker = Maker(41)
    return [maker.project(number) for number in range(FILES)]


@pytest.fixture(scope="module")
def file_engine(databases: Databases, migrated_template: str, files: list[dict[str, Any]]) -> Iterator[Engine]:
    """A database whose land files are these projects, with its answers kept."""
    url = databases.make(migrated_template)
    engine = make_engine(url, role=Role.OWNER)
    with writing(engine) as connection:
        connection.exec_driver_sql(Path(__file__).with_name("stored_files.sql").read_text(encoding="utf-8"))
        rows = []
        for number, project in enumerate(files, start=1):
            parsed, faults = parse_line(json.dumps(project))
            assert parsed is not None, faults
            rows += [
                {"id": number, "unit": unit.name, "fields": json.dumps(dict(unit.fields))} for unit in parsed.units
            ]
        connection.execute(text("INSERT INTO asked_files VALUES (:id, :unit, CAST(:fields AS jsonb))"), rows)
        _keep(connection)
    yield engine
    engine.dispose()
    databases.drop(url)


def _keep(connection: Connection) -> None:
    connection.execute(text("SELECT refresh_clock(ARRAY(SELECT DISTINCT project_id FROM asked_files))"))


def _answers(connection: Connection, day: date) -> dict[tuple[int, str], dict[str, Any]]:
    """Kept answers in the form of the second implementation."""
    told = {}
    for row in connection.execute(KEPT, {"day": day}).mappings():
        unit = {
            **{name: row[name] for name in ("unit", "rule", "state", "also", "missing", "days_left", "past_unused")},
            "dates": {name: row[name].isoformat() if row[name] else None for name in DATES},
            "violations": row["violations"],
            "area_in_violation_ha": row["area_in_violation_ha"],
        }
        told[row["project_id"], row["unit"]] = compared(unit)
    return told


def test_kept_answers_are_those_of_the_second_implementation(file_engine: Engine, files: list[dict[str, Any]]) -> None:
    """On days at ends of months, around holidays and changes of law, and by chance."""
    with reading(file_engine) as connection:
        for day in DAYS:
            kept = _answers(connection, day)
            wanted = {
                (number, unit["unit"]): unit
                for number, project in enumerate(files, start=1)
                for unit in evaluate(project, day)["units"]
            }
            assert wanted == kept


def test_they_are_told_from_what_is_kept(file_engine: Engine) -> None:
    """What is known now is looked up: an answer that was changed by hand is what is told, and it is found out."""
    with file_engine.connect() as connection:
        connection.execute(
            text("UPDATE clock_spans SET state = 'ON_TRACK' WHERE state = 'LATE_24M' AND project_id <= 120")
        )
        day = {"day": date(2026, 11, 22)}
        told = connection.execute(KEPT, day).all()
        table = connection.execute(text("SELECT * FROM clock_evaluated_at(:day, 'infinity')"), day).all()
        connection.rollback()
    assert len([row for row in table if row.state == "LATE_24M"]) > len(
        [row for row in told if row.state == "LATE_24M"]
    )


def test_a_new_law_makes_all_answers_anew(file_engine: Engine) -> None:
    """Under two laws, violations of the old time keep their rule, in what is kept as in what is evaluated."""
    with file_engine.connect() as connection:
        for statement in LONGER:
            connection.execute(text(statement))
        _keep(connection)
        connection.execute(text("DELETE FROM clock_stale"))
        for day in DAYS[::4]:
            kept, table = (
                set(map(repr, connection.execute(text(f"SELECT * FROM {name}(:day, 'infinity')"), {"day": day})))
                for name in ("clock_at", "clock_evaluated_at")
            )
            assert table == kept
        connection.rollback()


def test_the_demonstration_is_kept_as_evaluated(loaded_database_url: str, engine_for: EngineMaker) -> None:
    """On days by chance, today, and far ahead; versions of projects and portions begin and end between them."""
    assert [] == check_kept(engine_for(loaded_database_url, Role.OWNER), DAYS[::3])


@pytest.fixture
def own(loaded_copy_url: str, engine_for: EngineMaker) -> Engine:
    """A copy of the demonstration that may be changed."""
    return engine_for(loaded_copy_url, Role.OWNER)


def _late_project(connection: Connection) -> int:
    one = "SELECT min(project_id) FROM clock_at('2026-10-31', 'infinity') WHERE state = 'LATE_24M' AND unit = 'project'"
    return int(connection.execute(text(one)).scalar_one())


END = text(
    "INSERT INTO land_events (project_id, code, kind, happened_on, document_no, quality, source_id, batch_id)"
    " SELECT :project, 'end', 'termination', '2026-10-01', '7', 'official', min(s.id), min(b.id)"
    " FROM sources AS s, batches AS b"
)
STATE = text("SELECT state FROM clock_at('2026-10-31', CAST(:known AS timestamptz)) WHERE project_id = :project")


def test_an_event_is_told_before_and_after_its_transaction_ends(own: Engine) -> None:
    """Within the transaction by evaluation, afterwards from what was kept, and what was known before stays."""
    with writing(own) as connection:
        project = _late_project(connection)
        spans = text("SELECT ctid, * FROM clock_spans WHERE project_id <> :project ORDER BY 2, 3, 5")
        others = connection.execute(spans, {"project": project}).all()
        before = connection.execute(text("SELECT now() - interval '1 microsecond'")).scalar_one()
        connection.execute(END, {"project": project})
        assert "TERMINATED" == connection.execute(STATE, {"project": project, "known": "infinity"}).scalar_one()
    with reading(own) as connection:
        assert "TERMINATED" == connection.execute(STATE, {"project": project, "known": "infinity"}).scalar_one()
        assert "LATE_24M" == connection.execute(STATE, {"project": project, "known": before}).scalar_one()
        assert connection.execute(text("SELECT clock_is_kept('infinity')")).scalar_one()
        assert others == connection.execute(spans, {"project": project}).all()
    assert [] == check_kept(own, [date(2026, 10, 31)])


def test_a_new_holiday_is_in_the_answers(own: Engine) -> None:
    """Whoever changes the calendar changes what is kept, in the same transaction."""
    late = "SELECT d24_shifted, project_id FROM clock_at('2026-10-31', 'infinity')"
    with writing(own) as connection:
        wanted = f"{late} WHERE d24_shifted BETWEEN '2026-11-02' AND '2028-12-20' ORDER BY 1 LIMIT 1"
        day, project = connection.execute(text(wanted)).one()
        connection.execute(text("INSERT INTO days_off VALUES (:day, 'a new one', 'fixed', 'yes')"), {"day": day})
    with reading(own) as connection:
        told = text("SELECT min(d24_shifted) FROM clock_spans WHERE project_id = :project AND d24_shifted >= :day")
        assert day < connection.execute(told, {"project": project, "day": day}).scalar_one()
    assert [] == check_kept(own, [date(2026, 10, 31)])


def test_what_was_changed_by_hand_is_found_and_mended(own: Engine) -> None:
    """The check names the unit; a refresh makes it right."""
    with writing(own) as connection:
        project = _late_project(connection)
        connection.execute(text("UPDATE clock_spans SET d24 = d24 + 1 WHERE project_id = :id"), {"id": project})
    assert ["project"] == [one.unit for one in check_kept(own, [date(2026, 10, 31)])]
    refresh_kept(own)
    assert [] == check_kept(own, [date(2026, 10, 31)])
