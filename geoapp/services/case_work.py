"""What the legal clock says of the land of a case on a day, and what it asks to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.services.land_file import LandFile, UnitClock, count_days
from geoapp.services.land_timeline import build_timeline
from geoapp.services.moment import Moment
from geoapp.store.pages import find_row, read_rows

# Dates of the clock in the order of their way, where it has them.
DATES = (
    "d12", "d12_shifted", "d12_fm", "d12_fm_shifted", "progress_end", "d24", "d24_shifted", "d24_fm", "d24_fm_shifted",
    "month13", "month25", "extension_end", "effective_end", "effective_end_shifted", "termination_end",
)  # fmt: skip


@dataclass(frozen=True)
class CaseClock:
    """The clock of the unit (None: the unit is gone on that day), its duties, and the land file that it comes from."""

    unit: UnitClock | None
    duties: Sequence[Any]
    land: LandFile | None

    @property
    def dates(self) -> list[tuple[str, Any]]:
        """Names and days of the dates that the clock has, but those that nothing moved from the plain one."""
        if self.unit is None:
            return []
        told: dict[str, Any] = {}
        for name in DATES:
            day = getattr(self.unit.clock, name)
            plain = name.removesuffix("_shifted").removesuffix("_fm")
            if day is not None and (name == plain or day != told.get(plain)):
                told[name] = day
        return list(told.items())


def build_case_clock(connection: Connection, case: Any, moment: Moment) -> CaseClock | None:
    """The clock of a case; None for one that was flagged by hand."""
    if case.project_id is None:
        return None
    about = {**moment.parameters, "project_id": case.project_id, "unit": case.unit}
    clock: Any = next((row for row in read_rows(connection, "land_clocks", about) if row.unit == case.unit), None)
    project: Any = find_row(connection, "project", {**about, "code": case.project})
    if clock is None or project is None:
        return CaseClock(None, (), None)
    events = [row for row in read_rows(connection, "land_events", about) if case.unit in row.units]
    unit = UnitClock(clock, count_days(clock, events, moment.as_of), build_timeline(clock, events, moment.as_of))
    duties = read_rows(connection, "case_duties", about)
    return CaseClock(unit, duties, LandFile(moment, project, [unit], (), events))
