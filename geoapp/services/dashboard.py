"""One page for the head of the board: the few figures that matter, as of a day and as known at a moment.

Every figure has its day, its quality, its course over the last months and what it was a month before; what is not on
record, or not for the reader, says so and is never 0.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.months import month_ends, months_before
from geoapp.core.permissions import Permission, Person
from geoapp.core.plan_kinds import TaskState
from geoapp.core.target_model import TargetState
from geoapp.services.changes import Changes, ChangesRequest, explain, find_place
from geoapp.services.changes_moments import AskedPair, choose_pair
from geoapp.services.history import TotalsHistory, Trend
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.services.pages import Total, read_total
from geoapp.services.report.calendar import NextReport, next_reports
from geoapp.services.targets import read_targets
from geoapp.services.tasks import read_tasks
from geoapp.services.themes import SHARES
from geoapp.store.acting import acting_reading
from geoapp.store.pages import find_row, read_rows

Rows = Sequence[Any]
TREND_MONTHS = 13
# What changed is told of these, in hectares.
CHANGED = ("land_leased", "area_cleared", "area_clean")
_SHOWN = ("park_occupancy", "park_clearance_cumulative", "park_clean_site", "plant_standard")


@dataclass(frozen=True)
class DashShare:
    """A share over all parks with its course. ``trend``: None where there are no months."""

    total: Total
    trend: Trend | None


@dataclass(frozen=True)
class DashLand:
    """Land with signs of slow use. ``now``, ``before``: on the day, and at the end of the month before (None: no data).

    ``rows``: hectares of the signs of now that were there at the ends of months, oldest first; ``cases``: open ones.
    """

    now: Any
    before: Any
    rows: Rows
    cases: Any


@dataclass(frozen=True)
class DashTasks:
    """Tasks of the plan by how they stand. ``next_due``: the next day of one not done; None: none has one."""

    count: int
    done: int
    stuck: int
    overdue: int
    without_day: int
    next_due: date | None
    has_demo: bool


@dataclass(frozen=True)
class Dashboard:
    """The page. ``land``: None where the reader reads no cases; ``changes``: None where there is no month before."""

    moment: Moment
    shares: Sequence[DashShare]
    land: DashLand | None
    targets: Sequence[TargetState]
    standings: Counter[str]
    tasks: DashTasks
    duties: Sequence[NextReport]
    reports: Rows
    changes: Sequence[Changes] | None
    since: date | None

    @property
    def has_demo(self) -> bool:
        """Whether any figure is demonstration."""
        return any(one.total.has_demo for one in self.shares)


class Dashboards:
    """The page of one database. Args: engine - of the staff role."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._history = TotalsHistory()

    def build(self, person: Person, asked: Asked) -> Dashboard:
        """The page, in one snapshot of the database. Raises: InvalidRequest - see the moment."""
        with acting_reading(self._engine, person.id) as connection:
            moment = choose_moment(connection, asked)
            at = moment.parameters
            trends = self._history.trends(connection, moment)
            shares = {share.layer: share for share in SHARES}
            targets = read_targets(connection, moment)
            changes, since = _changes(connection, moment, asked)
            return Dashboard(
                moment,
                [DashShare(read_total(connection, shares[one], moment), _last(trends.get(one))) for one in _SHOWN],
                _land(connection, moment) if person.may(Permission.CASE_READ) else None,
                targets,
                Counter(str(one.standing) for one in targets),
                _tasks(read_tasks(connection, moment)),
                [one for one in next_reports(connection, moment.as_of) if one.row.by_board],
                read_rows(connection, "dashboard_reports", at),
                changes,
                since,
            )


def _tasks(rows: Rows) -> DashTasks:
    open_days = [row.due_on for row in rows if row.due_on and row.state != TaskState.DONE and not row.is_overdue]
    return DashTasks(
        len(rows),
        sum(row.state == TaskState.DONE for row in rows),
        sum(row.state == TaskState.STUCK for row in rows),
        sum(row.is_overdue for row in rows),
        sum(row.due_on is None for row in rows),
        min(open_days, default=None),
        any(row.told_quality == "demo" for row in rows),
    )


def _last(trend: Trend | None) -> Trend | None:
    """The last months of a trend."""
    if trend is None:
        return None
    return Trend(trend.days[-TREND_MONTHS:], trend.values[-TREND_MONTHS:], trend.delta, trend.since)


def _land(connection: Connection, moment: Moment) -> DashLand:
    """Signs now and a month before, and since when those of now have been there."""
    at = moment.parameters
    since = month_before(moment.as_of)
    has_before = moment.first is not None and since >= moment.first
    days = month_ends(months_before(moment.as_of, TREND_MONTHS - 1), moment.as_of)
    return DashLand(
        find_row(connection, "dashboard_land", at),
        find_row(connection, "dashboard_land", {**at, "as_of": since}) if has_before else None,
        read_rows(connection, "dashboard_land_course", {**at, "days": days}),
        find_row(connection, "dashboard_cases", at),
    )


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def _changes(connection: Connection, moment: Moment, asked: Asked) -> tuple[Sequence[Changes] | None, date | None]:
    """What was added and taken away since the end of the month before; None where nothing was on record then."""
    since = month_before(moment.as_of)
    if moment.first is None or since < moment.first:
        return None, None
    wanted = AskedPair(since, moment.as_of, None, moment.known_at, asked.today)
    pair = choose_pair(connection, wanted)
    found = []
    for code in CHANGED:
        request = ChangesRequest(code, wanted)
        found.append(explain(connection, request, pair, find_place(connection, request, pair), most=1))
    return found, since
