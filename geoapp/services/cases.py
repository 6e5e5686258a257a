"""Cases as somebody works on them: the work list, one case, its steps, the map.

Rights are those of the person, in the database itself; what the person may not see does not exist.
"""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.permissions import Person
from geoapp.errors import N_, Conflict, InvalidRequest, NotFound, StoreError
from geoapp.services.case_refusals import told_refusal
from geoapp.services.case_work import CaseClock, build_case_clock
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Frame, frame_of
from geoapp.store import cases as store
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.cases import CaseFilters, CaseStepRow
from geoapp.store.features import Features, read_features
from geoapp.store.frames import read_frame
from geoapp.store.pages import find_row, read_rows, statement

__all__ = ["CaseFilters", "CaseStepRow", "Cases"]
Rows = Sequence[Any]
ORDERS = ("due", "area", "newest")
# Counts of tabs go no further, so that they cost the same however many cases there are.
COUNT_CAP = 1000
AROUND = 0.003
"""Degrees around the land of a case on its map, some 300 m."""
_NO_CASE = N_("There is no case %(number)s. The work list is at /cases.")


@dataclass(frozen=True)
class CasePage:
    """A page of the work list: its rows, the key of the last one where more follow, and how many each tab has."""

    rows: Rows
    following: tuple[str, int] | None
    counts: Any
    parks: Rows
    departments: Sequence[str]
    people: Rows
    signals: Rows


@dataclass(frozen=True)
class Case:
    """One case: what it says, what happened to it, what may come next, and what the clock says of its land.

    ``unfiled``: steps that the land file does not say yet; ``editors``: who may enter them.
    """

    row: Any
    events: Rows
    steps: Rows
    people: Rows
    clock: CaseClock | None
    moment: Moment
    frame: Frame
    unfiled: Rows
    editors: Rows


@dataclass(frozen=True)
class Signals:
    """Softer signals on a day: rows of land, the signals in force with their thresholds, and parks to choose from."""

    moment: Moment
    rows: Rows
    names: Rows
    parks: Rows


@dataclass(frozen=True)
class Assigned:
    """What came of giving several cases to a person: how many were, and numbers of those changed meanwhile or gone."""

    done: int
    left: Sequence[int]


class Cases:
    """The cases of one database as a person works on them. Args: engine - of the staff role."""

    def __init__(self, engine: Engine, person: Person) -> None:
        self._engine = engine
        self._person = person

    def page(self, order: str, filters: CaseFilters, after: tuple[str, int] | None, most: int) -> CasePage:
        """A page of the work list. Args: order - one of ORDERS. Raises: InvalidRequest - the place after which."""
        try:
            return self._page(order, filters, after, most)
        except StoreError as error:
            raise _bad_key(error, after) from error

    def _page(self, order: str, filters: CaseFilters, after: tuple[str, int] | None, most: int) -> CasePage:
        with acting_reading(self._engine, self._person.id) as connection:
            rows = store.read_case_page(connection, order, filters, after, most + 1)
            following = (rows[most - 1].key_told, rows[most - 1].id) if len(rows) > most else None
            counts = store.count_cases(connection, COUNT_CAP + 1)
            parks = read_rows(connection, "case_parks", {})
            departments = [str(row[0]) for row in read_rows(connection, "case_departments", {})]
            people = read_rows(connection, "case_people", {})
            signals = read_rows(connection, "soft_signals_today", {})
        return CasePage(rows[:most], following, counts, parks, departments, people, signals)

    def rows(self, filters: CaseFilters, most: int) -> Rows:
        """All rows that match, for a file."""
        with acting_reading(self._engine, self._person.id) as connection:
            return store.read_case_page(connection, "due", filters, None, most)

    def land(self, filters: CaseFilters, most: int) -> Any:
        """All cases that match with their land, as a GeoDataFrame in EPSG:4326."""
        with acting_reading(self._engine, self._person.id) as connection:
            return read_frame(connection, statement("cases_frame").text, {**vars(filters), "most": most})

    def case(self, number: int, asked: Asked) -> Case:
        """One case. Raises: NotFound - there is none, or it is of a park that is not the person's."""
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_case_moment(connection, asked)
            row = get_case(connection, number)
            about = {"case_id": number, **moment.parameters}
            events = read_rows(connection, "case_events", {**about, "after": 0})
            steps = read_rows(connection, "case_steps", about)
            people = read_rows(connection, "case_people", {})
            clock = build_case_clock(connection, row, moment)
            unfiled = read_rows(connection, "case_unfiled", about)
            editors = read_rows(connection, "case_land_editors", about)
            frame = frame_of(connection, row, AROUND)
            return Case(row, events, steps, people, clock, moment, frame, unfiled, editors)

    def since(self, number: int, seen: int) -> Rows:
        """What happened to a case after an event. Raises: NotFound."""
        with acting_reading(self._engine, self._person.id) as connection:
            get_case(connection, number)
            bound = {"case_id": number, "after": seen, "known_at": "infinity"}
            return read_rows(connection, "case_events", bound)

    def take_step(self, number: int, step: CaseStepRow) -> None:
        """One step of a case.

        Raises: NotFound; Conflict - somebody was there before; InvalidRequest - the life of the case has no such step,
        or a field is missing or cannot be; Forbidden - not a step for this person.
        """
        with self._refusing(number, step), acting(self._engine, self._person.id) as connection:
            get_case(connection, number)
            store.add_step(connection, number, step)
            audit(connection, f"case.{step.step}", f"case {number}", _told(step))

    def assign(self, seen: Mapping[int, int], assignee_id: int | None) -> Assigned:
        """Give several cases to a person. Args: seen - case -> number of its last event that was seen."""
        left = []
        for number, last in seen.items():
            try:
                self.take_step(number, CaseStepRow("assign", last + 1, assignee_id=assignee_id))
            except (Conflict, NotFound):
                left.append(number)
        return Assigned(len(seen) - len(left), left)

    def propose(self, as_of: date, today: date) -> tuple[Rows, Rows]:
        """Open what the clock shows on a day: rows of what was opened, and of signs that ended or came back."""
        check_proposed_day(as_of, today)
        with acting(self._engine, self._person.id) as connection:
            opened, noted = store.propose(connection, as_of)
            audit(connection, "case.propose", f"day {as_of}", {"opened": len(opened), "noted": len(noted)})
        return opened, noted

    def due(self, asked: Asked, days: int) -> tuple[Moment, Rows]:
        """Units of land whose next deadline comes within some days."""
        return self._clocks("cases_due", asked, {"days": days})

    def gaps(self, asked: Asked) -> tuple[Moment, Rows]:
        """Units of land whose clock cannot be computed."""
        return self._clocks("cases_gaps", asked, {})

    def signals(self, asked: Asked, signal: str | None, park: str | None) -> Signals:
        """Land with softer signals. Args: signal, park - only these; None for all."""
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_case_moment(connection, asked)
            bound = {**moment.parameters, "signal": signal, "park": park}
            rows, names, parks = (
                read_rows(connection, name, bound) for name in ("soft_signals_list", "soft_signals_names", "case_parks")
            )
            return Signals(moment, rows, names, parks)

    def overview(self, asked: Asked) -> tuple[Moment, Frame, Rows]:
        """Where all open cases lie, and how many there are with how much land, by state."""
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_case_moment(connection, asked)
            box = find_row(connection, "extent", moment.parameters)
            return moment, frame_of(connection, box), read_rows(connection, "cases_by_state", {})

    def features(self, number: int | None, most: int) -> Features:
        """Open cases, or one case, as GeoJSON text."""
        with acting_reading(self._engine, self._person.id) as connection:
            return read_features(connection, statement("cases_map").text, {"case_id": number, "drawn": most}, most)

    def _clocks(self, name: str, asked: Asked, more: Mapping[str, object]) -> tuple[Moment, Rows]:
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_case_moment(connection, asked)
            return moment, read_rows(connection, name, {**moment.parameters, **more})

    @contextmanager
    def _refusing(self, number: int, step: CaseStepRow) -> Any:
        try:
            yield
        except StoreError as error:
            refusal = store.refusal_of(error)
            if refusal is None:
                raise
            raise told_refusal(refusal, number, step.step) from error


def choose_case_moment(connection: Connection, asked: Asked) -> Moment:
    """The moment that the maps of cases are of: today where no day is asked for. Raises: InvalidRequest."""
    return choose_moment(connection, replace(asked, as_of=asked.as_of or asked.today))


def check_proposed_day(as_of: date, today: date) -> None:
    """Raises: InvalidRequest - a day that has not come yet."""
    if as_of > today:
        raise InvalidRequest(
            N_("%(asked)s has not come yet. Proposals are opened for a day up to today, %(today)s."),
            parameter="as_of",
            asked=as_of,
            today=today,
        )


def get_case(connection: Connection, number: int) -> Any:
    """The row of a case. Raises: NotFound - there is none, or it is not for who reads."""
    row = find_row(connection, "case", {"case_id": number})
    if row is None:
        raise NotFound(_NO_CASE, number=number)
    return row


def _bad_key(error: StoreError, after: tuple[str, int] | None) -> Exception:
    """A key in an address that is no key is the fault of who asks; anything else is ours."""
    code = getattr(getattr(error.__cause__, "orig", None), "pgcode", None) or ""
    if after is None or not code.startswith("22"):
        return error
    return InvalidRequest(
        N_("%(parameter)s: expected the place of a row, as the link to the next rows has it, found “%(found)s”."),
        parameter="after",
        found=after[0][:40],
    )


def _told(step: CaseStepRow) -> dict[str, object]:
    return {key: value for key, value in vars(step).items() if value is not None and key != "step"}
