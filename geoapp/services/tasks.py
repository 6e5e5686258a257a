"""Tasks of the plan: where each stands on a day, what was told of it, what is overdue; telling more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.permissions import Permission, Person
from geoapp.core.plan_kinds import TaskState
from geoapp.errors import N_, InvalidRequest, NotFound
from geoapp.services.figure_entry import NOBODY, refusing
from geoapp.services.figure_lateness import Late, read_late
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.report.calendar import NextReport, next_reports
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.pages import read_rows, statement

Rows = Sequence[Any]
LONGEST_NOTE = 4000


@dataclass(frozen=True)
class TaskFilters:
    """What of the list: None and False ask for nothing. ``department``: NOBODY for tasks of none."""

    department: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class TasksPage:
    """The tasks of a day that match, the departments there are, reports that come, and who is late."""

    moment: Moment
    rows: Rows
    departments: Sequence[str | None]
    reports: Sequence[NextReport]
    late: Sequence[Late]


@dataclass(frozen=True)
class TaskPage:
    """One task and all that was told of it, the newest first."""

    moment: Moment
    row: Any
    updates: Rows


def read_tasks(connection: Connection, moment: Moment) -> Rows:
    """All tasks of a day, see tasks.sql. Args: connection - of somebody who may read reports."""
    return read_rows(connection, "tasks", moment.parameters)


class Tasks:
    """The tasks of one database as a person works on them. Args: engine - of the staff role."""

    def __init__(self, engine: Engine, person: Person) -> None:
        self._engine = engine
        self._person = person

    def page(self, asked: Asked, filters: TaskFilters) -> TasksPage:
        """The list, with the calendar of reports from the day of today on."""
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_moment(connection, asked)
            rows = read_tasks(connection, moment)
            departments = list(dict.fromkeys(row.department for row in rows))
            shown = [row for row in rows if _matches(row, filters)]
            reports = next_reports(connection, asked.as_of or asked.today)
            return TasksPage(moment, shown, departments, reports, read_late(connection, moment))

    def one(self, code: str, asked: Asked) -> TaskPage:
        """One task. Raises: NotFound."""
        with acting_reading(self._engine, self._person.id) as connection:
            moment = choose_moment(connection, asked)
            row = next((row for row in read_tasks(connection, moment) if row.code == code), None)
            if row is None:
                raise NotFound(N_("There is no task %(code)s on this day. The list is at /tasks."), code=code[:40])
            return TaskPage(moment, row, read_rows(connection, "task_updates", {**moment.parameters, "code": code}))

    def tell(self, code: str, happened_on: date | None, state: str, note: str) -> None:
        """Add an update. Raises: InvalidRequest - a field; NotFound; Forbidden - a task of another department."""
        if state not in list(TaskState):
            raise InvalidRequest(N_("Choose where the task stands."), parameter="state")
        if happened_on is None:
            raise InvalidRequest(N_("Say the day."), parameter="happened_on")
        if not note.strip() or len(note) > LONGEST_NOTE:
            raise InvalidRequest(
                N_("Say in 1 to %(most)s characters what was done."), parameter="note", most=LONGEST_NOTE
            )
        told = {"code": code, "happened_on": happened_on, "state": state, "note": note.strip()}
        with refusing(), acting(self._engine, self._person.id) as connection:
            if connection.execute(statement("task_update_add"), told).one_or_none() is None:
                raise NotFound(N_("There is no task %(code)s on this day. The list is at /tasks."), code=code[:40])
            audit(connection, "task.told", f"task {code}", {"state": state, "day": happened_on})

    def may_tell(self, row: Any) -> bool:
        """Whether the person tells of a task: one of the own department, a head of every one."""
        if not self._person.may(Permission.FIGURE_ENTER):
            return False
        own, theirs = (self._person.department or "").strip().lower(), (row.department or "").strip().lower()
        return self._person.may(Permission.REPORT_APPROVE) or bool(own and own == theirs)


def _matches(row: Any, filters: TaskFilters) -> bool:
    department = row.department or NOBODY
    return (filters.department in {None, department}) and (row.is_overdue or not filters.overdue)
