"""The land file of a project with its clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, text

from geoapp.errors import NotFound
from geoapp.kinds import ClockSign, ClockState
from geoapp.services.land_file import DayCount, LandFile, build_land_file, count_days
from geoapp.services.land_timeline import build_timeline
from geoapp.services.moment import Asked
from geoapp.store.engine import Role, make_engine, reading

TODAY = date(2026, 11, 27)
LAST_DAY = date(2026, 10, 31)
NEWEST = Asked(LAST_DAY, None, TODAY)
DATES = (
    "d12", "d12_shifted", "d12_fm", "d12_fm_shifted", "d24", "d24_shifted", "d24_fm", "d24_fm_shifted", "progress_end",
    "effective_end", "effective_end_shifted", "extension_end", "termination_end", "handover_date",
    "construction_start_date", "all_items_complete_date", "due_on",
)  # fmt: skip


@pytest.fixture(scope="module")
def owner(loaded_database_url: str) -> Iterator[Engine]:
    """The loaded database as its owner, who is told of all parks."""
    engine = make_engine(loaded_database_url, role=Role.OWNER, statement_timeout_ms=20000)
    yield engine
    engine.dispose()


@dataclass(frozen=True)
class Desk:
    """The land files as somebody reads them."""

    staff: Engine
    person_id: int

    def file(self, code: str, asked: Asked = NEWEST) -> LandFile:
        """One land file."""
        return build_land_file(self.staff, self.person_id, code, asked)


@pytest.fixture(scope="module")
def desk(staffed_database_url: str) -> Iterator[Desk]:
    """A viewer of all parks."""
    owner = make_engine(staffed_database_url, role=Role.OWNER)
    with reading(owner) as connection:
        person_id = connection.execute(text("SELECT id FROM people WHERE login = 'viewer'")).scalar_one()
    owner.dispose()
    staff = make_engine(staffed_database_url, role=Role.STAFF, statement_timeout_ms=20000)
    yield Desk(staff, person_id)
    staff.dispose()


def clock(**values: Any) -> Any:
    """A row of ``land_clocks``; dates that are not given are not known."""
    return SimpleNamespace(**dict.fromkeys(DATES) | {"state": "ON_TRACK", "violations": []} | values)


def event(kind: str, on: date | None, **values: Any) -> Any:
    """An event of a unit."""
    empty = dict.fromkeys(("document_on", "starts_on", "ends_on", "from_on", "to_on", "report_on"))
    return SimpleNamespace(**empty | {"kind": kind, "happened_on": on} | values)


def test_every_state_of_the_table_occurs(owner: Engine) -> None:
    """The demonstration shows each state on its last day, and most land is in order."""
    statement = text("SELECT state, count(*) FROM clock_at(:day, 'infinity') GROUP BY state")
    with reading(owner) as connection:
        found = {row.state: row.count for row in connection.execute(statement, {"day": LAST_DAY})}
    assert set(ClockState) == set(found)
    slow = found["LATE_24M"] + found["UNUSED_12M"] + found["EXT_EXPIRED"]
    assert 0.02 < slow / sum(found.values()) < 0.1


def test_every_state_has_a_sign_with_a_rank(owner: Engine) -> None:
    """No state is drawn as nothing, and the database ranks the signs as the list of the domain does."""
    statement = text(
        "SELECT DISTINCT clock_sign(s, d) FROM unnest(:states) AS s, unnest(ARRAY[NULL, 20, 100, 999]) AS d"
    )
    with reading(owner) as connection:
        signs = set(connection.execute(statement, {"states": list(ClockState)}).scalars())
        ranked = connection.execute(
            text("SELECT s FROM unnest(:signs) AS s ORDER BY clock_sign_rank(s)"), {"signs": sorted(ClockSign)}
        ).scalars()
        assert list(ClockSign) == list(ranked)
    assert set(ClockSign) == signs


def test_published_projects_have_gaps(owner: Engine) -> None:
    """Of the projects of the registry nothing is known but what was published: a gap, never innocence."""
    statement = text(
        "SELECT DISTINCT c.state FROM clock_at(:day, 'infinity') AS c JOIN projects AS p ON p.id = c.project_id"
        " WHERE p.code NOT LIKE 'demo-%'"
    )
    with reading(owner) as connection:
        assert ["DATA_GAP"] == list(connection.execute(statement, {"day": LAST_DAY}).scalars())


def test_a_project_with_portions_has_a_clock_for_each(owner: Engine, desk: Desk) -> None:
    """One portion is far behind, the other has time; only the land of the first is concerned."""
    with reading(owner) as connection:
        code = connection.execute(
            text("SELECT min(p.code) FROM land_portions AS n JOIN projects AS p ON p.id = n.project_id")
        ).scalar_one()
    file = desk.file(code)
    told = [(unit.clock.unit, unit.clock.state, unit.clock.area_in_violation_ha > 0) for unit in file.units]
    assert [("GĐ1", "LATE_24M", True), ("GĐ2", "ON_TRACK", False)] == told


def test_a_file_of_an_earlier_day_has_only_what_had_happened(owner: Engine, desk: Desk) -> None:
    """On the day before its completion a project was not complete, and no such event is told."""
    statement = text(
        "SELECT project, happened_on FROM land_events_at(:day, 'infinity')"
        " WHERE kind = 'completion' AND happened_on > '2025-01-01' ORDER BY project LIMIT 1"
    )
    with reading(owner) as connection:
        code, done = connection.execute(statement, {"day": LAST_DAY}).one()
    days = [desk.file(code, Asked(day, None, TODAY)) for day in (done - timedelta(days=1), done)]
    assert [False, True] == ["completion" in {e.kind for e in file.events} for file in days]
    assert [False, True] == [file.units[0].clock.state.startswith("COMPLETE") for file in days]


def test_an_unknown_project_is_not_found(desk: Desk) -> None:
    """Said as on the page of the project."""
    with pytest.raises(NotFound):
        desk.file("no-such-project")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # Worked case 1 of the reference: handover 10/03/2025, D12 = 10/03/2026.
        ({"handover_date": date(2025, 3, 10), "d12": date(2026, 3, 10), "due_on": date(2026, 3, 10)},
         DayCount("d12", date(2025, 3, 10), 312, 365)),
        ({"handover_date": date(2025, 3, 10), "progress_end": date(2026, 6, 30), "due_on": date(2026, 6, 30)},
         DayCount("progress_end", date(2025, 3, 10), 312, 477)),
        ({"progress_end": date(2024, 6, 30), "d24": date(2026, 6, 30), "due_on": date(2026, 6, 30)},
         DayCount("d24", date(2024, 6, 30), 565, 730)),
        ({"violations": [{"from": "2026-01-01", "to": None}]}, DayCount("violation", date(2026, 1, 1), 16, None)),
        ({"violations": [{"from": "2025-01-01", "to": "2025-02-01"}]}, None),
    ],
)  # fmt: skip
def test_the_running_period_is_counted(row: dict[str, Any], expected: DayCount | None) -> None:
    """Day n of N: the day of the event itself is not counted, a violation has a first day."""
    assert expected == count_days(clock(**row), [], date(2026, 1, 16))


def test_an_extension_is_counted_from_its_start() -> None:
    """Where no start is printed, from the decision."""
    row = clock(effective_end=date(2027, 7, 1), due_on=date(2027, 7, 1))
    events = [event("extension", date(2026, 6, 20), starts_on=date(2026, 7, 1)), event("extension", date(2025, 1, 1))]
    assert DayCount("effective_end", date(2026, 7, 1), 31, 365) == count_days(row, events, date(2026, 8, 1))


def test_dates_stand_on_the_line_by_their_days() -> None:
    """Half of the time is half of the line; the deadlines of a unit in use are left out."""
    row = clock(handover_date=date(2024, 1, 1), progress_end=date(2025, 1, 1), d24=date(2027, 1, 1))
    events = [event("handover", date(2024, 1, 1))]
    line = build_timeline(row, events, date(2024, 6, 1))
    assert line is not None
    assert [("handover", 2.0), ("progress_end", 34.06), ("d24", 98.0)] == [
        (mark.kind, mark.place) for mark in line.marks
    ]
    row.state = "COMPLETE"
    shorter = build_timeline(row, events, date(2024, 6, 1))
    assert shorter is not None
    assert ["handover", "progress_end"] == [mark.kind for mark in shorter.marks]


def test_a_violation_runs_to_the_day_that_is_shown() -> None:
    """Its span ends where the dashed line stands."""
    row = clock(progress_end=date(2024, 6, 30), d24=date(2026, 6, 30), violations=[{"from": "2026-07-01", "to": None}])
    line = build_timeline(row, [event("handover", date(2023, 1, 1))], date(2026, 9, 1))
    assert line is not None
    assert [line.today] == [span.end for span in line.spans if span.kind == "violation"]
