"""Entering and correcting events of a land file as somebody who may: judged, stored, told to the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.land_cells import FIELDS, find_cell_faults
from geoapp.core.land_events import EventFault, find_event_faults, today_here
from geoapp.errors import N_, Forbidden, NotFound, StoreError
from geoapp.services.land_case import CaseLink, case_faults, check_link, record_on_case
from geoapp.services.moment import Asked, choose_moment
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.pages import find_row, read_rows, statement

_ONCE = frozenset({"handover", "progress", "construction_start", "completion", "termination", "allocation"})


@dataclass(frozen=True)
class Sheet:
    """What the form is about: the project, its portions and events, and the event that is corrected, if any."""

    project: Any
    portions: Sequence[Any]
    events: Sequence[Any]
    current: Any


@dataclass(frozen=True)
class Entry:
    """What was typed. ``code``: of the event to correct, None for a new one; ``seen``: its row that the form showed.

    ``case``: the case that a new event is recorded on as well, in the same act.
    """

    cells: Mapping[str, str]
    code: str | None = None
    seen: int | None = None
    is_withdrawal: bool = False
    case: CaseLink | None = None


@dataclass(frozen=True)
class Entered:
    """The code of the event that was stored; None, and what is wrong, where nothing was."""

    code: str | None
    faults: Sequence[EventFault] = ()


def read_sheet(staff: Engine, person_id: int, project: str, code: str | None = None) -> Sheet:
    """What the form shows. Raises: NotFound - no such project or event; Forbidden - it lies in another park."""
    with acting_reading(staff, person_id) as connection:
        return _sheet(connection, project, code)


def enter_event(staff: Engine, person_id: int, project: str, entry: Entry) -> Entered:
    """Store an event, or say everything that is wrong with it; nothing is stored then, on no case either.

    Raises: NotFound - no such project, event or case; Forbidden - it lies in another park, or the case is not for this
    person; InvalidRequest - the case is about other land; StoreError - the database refuses for another reason.
    """
    try:
        return _enter(staff, person_id, project, entry)
    except StoreError as error:
        if entry.case is None:
            raise
        return Entered(None, case_faults(error, entry.case.number))


def _enter(staff: Engine, person_id: int, project: str, entry: Entry) -> Entered:
    with acting(staff, person_id) as connection:
        sheet = _sheet(connection, project, entry.code)
        connection.execute(statement("land_event_turn"), {"project_id": sheet.project.project_id})
        sheet = _sheet(connection, project, entry.code)
        faults = _faults(connection, sheet, entry)
        if faults:
            return Entered(None, faults)
        code = _store(connection, sheet, entry)
        if entry.case:
            check_link(connection, entry.case.number, sheet.project.project_id)
            step = record_on_case(connection, entry.case, code, entry.cells)
            audit(connection, f"case.{step}", f"case {entry.case.number}", {"project": project, "event": code})
        done = "land.withdrawn" if entry.is_withdrawal else "land.corrected" if entry.code else "land.added"
        audit(connection, done, f"project {project}", {"event": code, "kind": entry.cells["kind"]})
        return Entered(code)


def _sheet(connection: Connection, code: str, event: str | None) -> Sheet:
    moment = choose_moment(connection, Asked(None, None, today_here()))
    project: Any = find_row(connection, "project", {**moment.parameters, "code": code})
    if project is None:
        raise NotFound(
            N_("There is no project %(code)s on this day. Projects are listed on the pages of their parks."), code=code
        )
    about = {"project_id": project.project_id}
    scope: Any = find_row(connection, "land_file_scope", about)
    if not scope.is_own:
        raise Forbidden(N_("This project lies in a park that is not among yours."))
    current = find_row(connection, "land_event_current", {**about, "code": event}) if event else None
    if event and current is None:
        raise NotFound(N_("The land file of %(project)s has no event %(code)s."), project=code, code=event)
    return Sheet(
        project,
        read_rows(connection, "land_portions", {**moment.parameters, **about}),
        read_rows(connection, "land_file_current", about),
        current,
    )


def _store(connection: Connection, sheet: Sheet, entry: Entry) -> str:
    about = {"project_id": sheet.project.project_id}
    if sheet.current is None:
        free: Any = find_row(connection, "land_event_free_code", about)
        code = str(free.code)
    else:
        code = sheet.current.code
        connection.execute(statement("land_event_close"), {"id": sheet.current.id})
    cells = {name: entry.cells.get(name) or None for name in (*FIELDS, "kind")}
    connection.execute(statement("land_event_add"), {**about, **cells, "code": code, "withdrawn": entry.is_withdrawal})
    return code


def _faults(connection: Connection, sheet: Sheet, entry: Entry) -> list[EventFault]:
    if sheet.current is not None and sheet.current.id != entry.seen:
        return [
            EventFault("kind", N_("somebody else has changed this event since you opened it; compare and save again"))
        ]
    if entry.is_withdrawal:
        return []
    faults = find_cell_faults(entry.cells) or find_event_faults(entry.cells, today_here())
    return faults or [*_file_faults(sheet, entry), *_extension_faults(connection, entry.cells)]


def _extension_faults(connection: Connection, cells: Mapping[str, str]) -> list[EventFault]:
    """Longer than the law of the day of the decision allows."""
    if cells["kind"] != "extension" or not cells.get("months"):
        return []
    row: Any = find_row(connection, "most_extension_months", {"decided": cells["happened_on"]})
    if row.months is None or int(cells["months"]) <= row.months:
        return []
    return [EventFault("months", N_("the law allows %(most)s months at most"), {"most": row.months})]


def _file_faults(sheet: Sheet, entry: Entry) -> list[EventFault]:
    """What the event cannot say beside the others of the file; the database would refuse it."""
    cells, portion = entry.cells, entry.cells.get("portion") or None
    others = [event for event in sheet.events if event.code != entry.code]
    own = [event for event in others if event.portion == portion]
    faults = []
    if portion and portion not in {row.code for row in sheet.portions}:
        faults.append(EventFault("portion", N_("the project has no such portion")))
    if cells["kind"] in _ONCE and any(event.kind == cells["kind"] for event in own):
        faults.append(EventFault("kind", N_("the file has such an event already; correct that one")))
    if cells.get("about") and cells["about"] not in {event.code for event in others}:
        faults.append(EventFault("about", N_("the file has no such event")))
    return faults + _order_faults(cells, portion, others)


def _order_faults(cells: Mapping[str, str], portion: str | None, others: Sequence[Any]) -> list[EventFault]:
    on = date.fromisoformat(cells["happened_on"]) if cells.get("happened_on") else None
    days = {(event.kind, event.portion): event.happened_on for event in others if event.happened_on}
    begun = days.get(("construction_start", portion)) or days.get(("construction_start", None))
    completed = [day for (kind, part), day in days.items() if kind == "completion" and portion in {None, part}]
    handed = days.get(("handover", portion))
    if cells["kind"] == "completion" and on and begun and on < begun:
        return [EventFault("happened_on", N_("completed before construction began on %(day)s"), {"day": _told(begun)})]
    if cells["kind"] == "construction_start" and on and completed and min(completed) < on:
        return [EventFault("happened_on", N_("begun after completion on %(day)s"), {"day": _told(min(completed))})]
    if cells["kind"] == "no_handover" and handed and (on is None or on >= handed):
        return [EventFault("happened_on", N_("the land was handed over on %(day)s"), {"day": _told(handed)})]
    told = days.get(("no_handover", portion))
    if cells["kind"] == "handover" and on and told and told >= on:
        return [
            EventFault("happened_on", N_("it was known on %(day)s that there was no handover"), {"day": _told(told)})
        ]
    return []


def _told(day: date) -> str:
    return day.strftime("%d/%m/%Y")
