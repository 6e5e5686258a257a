"""The calendar of reports: what is due next, by law, by the plan, and by which reading of "before"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from geoapp.core.plan_kinds import ReportEvery
from geoapp.core.report_calendar import Due, due_dates
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]
_PAST_DAYS = 21
"""How far back a deadline may lie to which working days are added."""


@dataclass(frozen=True)
class NextReport:
    """One report and when it is due next. ``row``: of report_calendar.sql, with names, who, to whom, basis and mark.

    ``due``: None where nobody states a day. ``days_left``: to the last day by our reading.
    """

    row: Any
    due: Due | None
    days_left: int | None


def next_reports(connection: Connection, day: date) -> list[NextReport]:
    """Every report in force on a day with its next date, the nearest first, those without a day last.

    Args: connection - of somebody who may read reports.
    """
    rows: Rows = read_rows(connection, "report_calendar", {"as_of": day, "known_at": "infinity"})
    found = [_next(connection, row, day) for row in rows]
    return sorted(found, key=lambda one: (one.due is None, one.due.latest if one.due else day, one.row.ordinal))


def _next(connection: Connection, row: Any, day: date) -> NextReport:
    if row.before_day is None:
        return NextReport(row, None, None)
    start = day - timedelta(days=_PAST_DAYS) if row.then_working_days else day
    dates = due_dates(ReportEvery(row.every), row.before_month, row.before_day, start, on_day=row.on_day)
    for due in islice(dates, 4):
        told = _later(connection, due, row.then_working_days) if row.then_working_days else due
        if told.before >= day:
            return NextReport(row, told, (told.latest - day).days)
    return NextReport(row, None, None)


def _later(connection: Connection, due: Due, days: int) -> Due:
    at: Any = find_row(connection, "working_days_after", {"before": due.before, "latest": due.latest, "days": days})
    return Due(due.first, due.last, at.before, at.latest)
