"""The land file of a project: its units with their clocks, and the events that they are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from geoapp.errors import N_, NotFound
from geoapp.services.land_timeline import Timeline, build_timeline
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.store.acting import acting_reading
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]


@dataclass(frozen=True)
class DayCount:
    """Day ``number`` of ``of`` of a period that began on ``start``; ``of`` is None where the period has no end.

    ``period``: ``d12``, ``progress_end``, ``d24``, ``effective_end``, ``termination_end`` or ``violation``.
    """

    period: str
    start: date
    number: int
    of: int | None


@dataclass(frozen=True)
class UnitClock:
    """One unit: its row of ``land_clocks``, the period that runs, and its dates on one line."""

    clock: Any
    days: DayCount | None
    timeline: Timeline | None


@dataclass(frozen=True)
class LandFile:
    """What is on record of the land of a project as of a day, as known at a moment.

    ``signals``: softer ones, a choice of the board.
    """

    moment: Moment
    project: Any
    units: Sequence[UnitClock]
    portions: Rows
    events: Rows
    signals: Rows = ()

    @property
    def has_demo(self) -> bool:
        """Whether any event is made up."""
        return any(event.quality == "demo" for event in self.events)


def build_land_file(staff: Engine, person_id: int, code: str, asked: Asked) -> LandFile:
    """The land file of a project, as somebody may see it: of a park that is not the person's own, nothing.

    Args: staff - engine of the staff role.
    Raises: NotFound - no such project on the day; InvalidRequest - see the moment.
    """
    with acting_reading(staff, person_id) as connection:
        moment = choose_moment(connection, asked)
        project: Any = find_row(connection, "project", {**moment.parameters, "code": code})
        if project is None:
            raise NotFound(
                N_("There is no project %(code)s on this day. Projects are listed on the pages of their parks."),
                code=code,
            )
        about = {**moment.parameters, "project_id": project.project_id}
        events: Rows = read_rows(connection, "land_events", about)
        units = [_unit(clock, events, moment.as_of) for clock in read_rows(connection, "land_clocks", about)]
        portions, signals = (read_rows(connection, name, about) for name in ("land_portions", "soft_signals_of"))
        return LandFile(moment, project, units, portions, events, signals)


def _unit(clock: Any, events: Rows, as_of: date) -> UnitClock:
    own = [event for event in events if clock.unit in event.units]
    return UnitClock(clock, count_days(clock, own, as_of), build_timeline(clock, own, as_of))


def count_days(clock: Any, events: Rows, as_of: date) -> DayCount | None:
    """Which day of the running period it is; None where none runs. The day on which a period begins is not counted.

    Args: clock - a row of ``land_clocks``; events - those that count for the unit.
    """
    for violation in clock.violations or ():
        start = date.fromisoformat(violation["from"])
        if violation["to"] is None and start <= as_of:
            # A violation has its first day.
            return DayCount("violation", start, (as_of - start).days + 1, None)
    for period, ends, begun in _periods(clock, events):
        if begun and clock.due_on and clock.due_on in ends and begun <= as_of:
            return DayCount(period, begun, (as_of - begun).days, (ends[0] - begun).days)
    return None


def _periods(clock: Any, events: Rows) -> list[tuple[str, tuple[date, ...], date | None]]:
    """Every period that may run: its ends without and with a shift, and the day from which it is counted."""
    extended = max((e.starts_on or e.happened_on for e in events if e.kind == "extension"), default=None)
    ended = max((e.happened_on for e in events if e.kind == "termination"), default=None)
    return [
        ("effective_end", (clock.effective_end, clock.effective_end_shifted), extended),
        ("termination_end", (clock.termination_end,), ended),
        ("d12", (clock.d12, clock.d12_shifted, clock.d12_fm, clock.d12_fm_shifted), clock.handover_date),
        ("progress_end", (clock.progress_end,), clock.handover_date),
        ("d24", (clock.d24, clock.d24_shifted, clock.d24_fm, clock.d24_fm_shifted), clock.progress_end),
    ]
