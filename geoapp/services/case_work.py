"""What the legal clock says of the land of a case on a day, and what it asks to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.services.clock_stored import StoredWorking, read_working
from geoapp.services.land_file import LandFile, UnitClock, count_days
from geoapp.services.land_timeline import build_timeline
from geoapp.services.moment import Moment
from geoapp.store.pages import find_row, read_rows


@dataclass(frozen=True)
class CaseClock:
    """The clock of the unit (None: the unit is gone on that day), its working, its duties, and its land file."""

    unit: UnitClock | None
    working: StoredWorking | None
    duties: Sequence[Any]
    land: LandFile | None


def build_case_clock(connection: Connection, case: Any, moment: Moment) -> CaseClock | None:
    """The clock of a case; None for one that was flagged by hand."""
    if case.project_id is None:
        return None
    about = {**moment.parameters, "project_id": case.project_id, "unit": case.unit}
    clock: Any = next((row for row in read_rows(connection, "land_clocks", about) if row.unit == case.unit), None)
    project: Any = find_row(connection, "project", {**about, "code": case.project})
    if clock is None or project is None:
        return CaseClock(None, None, (), None)
    events = [row for row in read_rows(connection, "land_events", about) if case.unit in row.units]
    unit = UnitClock(clock, count_days(clock, events, moment.as_of), build_timeline(clock, events, moment.as_of))
    duties = read_rows(connection, "case_duties", about)
    working = read_working(connection, about, case.since or case.rules_on)
    signals = [row for row in read_rows(connection, "soft_signals_of", about) if row.unit == case.unit]
    return CaseClock(unit, working, duties, LandFile(moment, project, [unit], (), events, signals))
