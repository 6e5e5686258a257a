"""What the database holds for a report, in one snapshot: the period, the one before, and the same one last year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection

from geoapp.core.months import month_ends
from geoapp.core.report_model import RowId
from geoapp.errors import N_, Forbidden
from geoapp.services.report.book import Measure, worst
from geoapp.services.report.request import Span
from geoapp.services.themes import PARK_INDICATORS
from geoapp.store.pages import find_row, read_rows
from geoapp.store.versions import read_period

Rows = Sequence[Any]
HOUSEHOLDS = ("households_affected", "households_paid")
# Planned areas, for the annex of parks.
AREAS = ("area_planned",)


@dataclass(frozen=True)
class ReportSource:
    """The rows that a report is made of. Keys of days: now, before, year.

    ``figures``: (day, indicator) -> rows of parks; ``plants``: day -> the share of plants; ``projects``: (day, kind) ->
    a row; ``land``: day -> units with their clock; ``history``: indicator -> (day, value); None for wastewater.
    """

    figures: Mapping[tuple[str, str], Rows]
    parks: Rows
    plants: Mapping[str, Any]
    projects: Mapping[tuple[str, str], Any]
    obstacles: Rows
    land: Mapping[str, Rows]
    history: Mapping[str | None, Sequence[tuple[date, float]]]
    first: date | None


def read_report_source(connection: Connection, span: Span, known_at: datetime, plants: Rows) -> ReportSource:
    """All rows.

    Args: plants - rows of wastewater_history.sql, which targets have read.
    Raises: Forbidden - who acts is not told of all parks, and a report tells of all.
    """
    reach: Any = find_row(connection, "report_reach", {})
    if not reach.sees_all:
        raise Forbidden(N_("A report tells of all parks, and this account is held to some. Ask somebody who sees all."))
    at = {"as_of": span.as_of, "known_at": known_at}
    days = span.days
    first = read_period(connection).first
    return ReportSource(
        _figures(connection, days, at),
        read_rows(connection, "report_parks", at),
        {name: find_row(connection, "wastewater_totals", {**at, "as_of": day}) for name, day in days.items()},
        _projects(connection, span, known_at),
        read_rows(connection, "report_obstacles", at),
        {name: read_rows(connection, "report_land", {**at, "as_of": day}) for name, day in days.items()},
        _history(connection, first, at, plants),
        first,
    )


def _figures(connection: Connection, days: Mapping[str, date], at: Mapping[str, object]) -> dict[tuple[str, str], Rows]:
    names = {day: name for name, day in days.items()}
    indicators = [*PARK_INDICATORS, *HOUSEHOLDS, *AREAS]
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    asked = {**at, "days": list(names), "indicators": indicators}
    for row in read_rows(connection, "report_shares", asked):
        one: Any = row
        found[names[one.day], one.indicator].append(one)
    return dict(found)


def _projects(connection: Connection, span: Span, known_at: datetime) -> dict[tuple[str, str], Any]:
    spans = {
        "now": (span.period.first, span.as_of),
        "before": (span.before.first, span.before.last),
        "year": (span.year_before.first, span.year_as_of),
    }
    asked = {
        "labels": list(spans),
        "firsts": [first for first, _ in spans.values()],
        "lasts": [last for _, last in spans.values()],
        "known_at": known_at,
    }
    rows: Rows = read_rows(connection, "report_projects", asked)
    return {(row.label, row.kind): row for row in rows}


def _history(
    connection: Connection, first: date | None, at: Mapping[str, Any], plants: Rows
) -> dict[str | None, list[tuple[date, float]]]:
    if first is None or first > at["as_of"]:
        return {}
    asked: dict[str, Any] = {**at, "days": month_ends(first, at["as_of"]), "indicators": list(PARK_INDICATORS)}
    told: dict[str | None, list[tuple[date, float]]] = defaultdict(list)
    shares: Rows = read_rows(connection, "totals_history", asked)
    for row in shares:
        told[row.indicator].append((row.day, row.value))
    ends = set(asked["days"])
    told[None] = [(row.day, float(row.value)) for row in plants if row.day in ends]
    return dict(told)


@dataclass(frozen=True)
class Links:
    """Addresses from the root of the site that show what a report says, as of the same two clocks."""

    as_of: date
    known_at: datetime

    def to(self, path: str, **more: str) -> str:
        """A page as of the clocks of the report."""
        moment = self.known_at.isoformat().replace("+00:00", "Z")
        return f"{path}?{urlencode({**more, 'as_of': self.as_of.isoformat(), 'known_at': moment})}"

    def share(self, indicator: str) -> str:
        """The figure of the province, with its parts by park."""
        return self.to(f"/figures/province/ninh-binh/{indicator}")


@dataclass(frozen=True)
class ShareParts:
    """A share over all parks with its numerator and denominator; ``counted``: how many parks."""

    share: Measure
    numerator: Measure
    denominator: Measure
    counted: int
    method: str | None


def current_parts(rows: Rows) -> list[Any]:
    """Rows that count towards a share: not stale, with both parts, by the one method of most parks (totals.sql)."""
    usable = [row for row in rows if row.numerator is not None and row.denominator and not row.is_stale]
    methods: dict[str, int] = defaultdict(int)
    for row in usable:
        methods[row.method or ""] += 1
    chosen = min(methods, key=lambda method: (-methods[method], method), default="")
    return [row for row in usable if (row.method or "") == chosen]


def share_of(rows: Rows, link: str, missing: str) -> ShareParts:
    """The share over all parks. Args: rows - the latest figure of each park; missing - why there is none."""
    parts = current_parts(rows)
    if not parts:
        nothing = Measure(None, missing, link=link)
        return ShareParts(nothing, nothing, nothing, 0, None)
    numerator = sum(row.numerator for row in parts)
    denominator = sum(row.denominator for row in parts)

    def measure(value: float) -> Measure:
        return of_rows(parts, value, link)

    share = measure(100 * numerator / denominator)
    return ShareParts(share, measure(numerator), measure(denominator), len(parts), parts[0].method)


def of_rows(rows: Rows, value: float | None, link: str = "", missing: str = "") -> Measure:
    """A value that observations make up."""
    return Measure(
        value,
        missing,
        max((row.valid_on for row in rows if row.valid_on), default=None),
        worst(row.quality for row in rows),
        tuple(dict.fromkeys(row.source_title for row in rows)),
        tuple(RowId("observation", str(row.observation_id)) for row in rows),
        link,
    )


def of_things(kind: str, row: Any, value: float | None, as_of: date, link: str = "") -> Measure:
    """A value that things make up: ``row`` has their numbers as ``ids``, their quality and the titles of sources."""
    return Measure(
        value,
        "",
        as_of,
        row.quality,
        tuple(row.sources),
        tuple(RowId(kind, str(number)) for number in row.ids),
        link,
    )
