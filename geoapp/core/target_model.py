"""What is said of a target on a day: its value, what was reached, what is expected, and how it stands; no database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoapp.core.plan_kinds import TargetStanding
from geoapp.core.series import Goal


class DueBasis(StrEnum):
    """Where the last day of a target comes from."""

    STATED = "stated"
    READING = "reading"
    UNKNOWN = "unknown"


class Missing(StrEnum):
    """Why there is no figure."""

    NOT_MEASURED = "not_measured"
    NO_FIGURES = "no_figures"
    NONE_OPERATING = "none_operating"


@dataclass(frozen=True)
class RowRef:
    """A row that a figure is made of.

    ``kind``: observation, target_figure, park or plant; ``id``: as addresses name it.
    """

    kind: str
    id: str


@dataclass(frozen=True)
class TargetPeriod:
    """The days in which a target is to be reached; None where nobody says. ``basis``: of both days."""

    first: date | None
    last: date | None
    basis: DueBasis
    told_vi: str | None = None
    told_en: str | None = None


@dataclass(frozen=True)
class Actual:
    """A figure and what it is made of.

    ``first`` to ``day``: the days it is of (first None: as of the day). ``rows``: all rows that make it up.
    ``missing_months``: first days of months of the span of which no approved figure is there.
    ``source``: title; None for what is added up here.
    """

    value: float
    first: date | None
    day: date
    quality: str
    source: str | None
    rows: tuple[RowRef, ...]
    numerator: float | None = None
    denominator: float | None = None
    missing_months: tuple[date, ...] = ()


@dataclass(frozen=True)
class PaceNeeded:
    """What is needed each month from the day of the actual figure on to reach the target on its last day."""

    per_month: float
    months_left: float
    until: date


@dataclass(frozen=True)
class TargetForecast:
    """What is expected on a day at today's pace. ``method``: theil_sen, see ``core/series.py``.

    ``goal``: when the target is reached at this pace.
    """

    day: date
    value: float
    low: float
    high: float
    pace_per_month: float
    points: int
    goal: Goal | None
    method: str = "theil_sen"


@dataclass(frozen=True)
class DecidingPark:
    """A park that decides a target.

    ``weight``: in ``unit``, the hectares that lack, or what it reported; ``share``: of all of them, per cent.
    """

    slug: str
    name_vi: str
    name_en: str
    weight: float
    unit: str
    share: float


@dataclass(frozen=True)
class TargetState:
    """A target as of a day and as known at a moment.

    Target, actual, estimate and forecast are never one number: each has a field of its own.
    ``value``: of the target, in ``unit``. ``actual``: the newest figure that may be held against it (approved, or
    measured); ``cumulative``: since the beginning of its period, where figures add up; ``previous``: the period before
    (month, or month end); ``same_period_last_year``: the same span one year earlier; ``estimate``: of the running
    period by the department, approved, never part of the actual.
    ``per_cent``: of the target that the figure held against it comes to. ``missing``: why there is no actual figure.
    ``decided_from``: first day on which this value holds; ``source``: title of the document.
    """

    code: str
    name_vi: str
    name_en: str
    unit: str
    direction: str
    wording: str
    value: float
    period: TargetPeriod
    section: str
    department: str | None
    department_basis: str | None
    scope_vi: str | None
    scope_en: str | None
    measure: str
    indicator: str | None
    decided_from: date | None
    quality: str
    source: str
    actual: Actual | None
    missing: Missing | None
    cumulative: Actual | None
    previous: Actual | None
    same_period_last_year: Actual | None
    estimate: Actual | None
    per_cent: float | None
    pace_needed: PaceNeeded | None
    forecast: TargetForecast | None
    standing: TargetStanding
    parks: tuple[DecidingPark, ...]
    note: str | None = None
