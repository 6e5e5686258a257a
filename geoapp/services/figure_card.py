"""Where one figure comes from: its parts, its source, who entered it, what it was before, and who says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.kinds import Quality
from geoapp.services.moment import Moment, choose_moment
from geoapp.services.series import FigureRequest, Rows, Series, Subject, get_indicator, get_subject, read_series
from geoapp.store.engine import reading
from geoapp.store.pages import find_row, read_rows


@dataclass(frozen=True)
class Standing:
    """The figure of the day. ``row`` holds its source and batch; for a total there is no one row."""

    value: float
    numerator: float | None
    denominator: float | None
    valid_on: date | None
    date_precision: str
    quality: str
    method_vi: str | None
    method_en: str | None
    is_stale: bool
    row: Any


@dataclass(frozen=True)
class Revision:
    """A figure that no longer stands: what it was, and what came in its place (None: it was taken back)."""

    row: Any
    successor: Any


@dataclass(frozen=True)
class Other:
    """The latest figure of another source, and by how much it differs from the current one (None: no current one)."""

    row: Any
    difference: float | None
    same_day: bool


@dataclass(frozen=True)
class Part:
    """A park in a total. ``told``: counted, or why it is not."""

    row: Any
    told: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True)
class FigureCard:
    """All that is known of one figure as of a day.

    ``rows``: what stands, newest first; ``parts``: of a total only; ``batches``: of all that makes it up, oldest first.
    """

    subject: Subject
    indicator: Any
    moment: Moment
    zones: Rows
    standing: Standing | None
    rows: Rows
    revisions: Sequence[Revision]
    others: Sequence[Other]
    parts: Sequence[Part]
    batches: Rows
    series: Series


def build_figure(engine: Engine, request: FigureRequest) -> FigureCard:
    """The card of a figure. Raises: NotFound - no such subject or indicator; InvalidRequest - see the moment."""
    with reading(engine) as connection:
        moment = choose_moment(connection, request.asked)
        subject = get_subject(connection, request, moment)
        indicator = get_indicator(connection, request)
        series = read_series(connection, subject, indicator, moment)
        at = {**moment.parameters, "subject_kind": subject.kind, "subject_id": subject.id}
        found = read_rows(connection, "figure_rows", {**at, "indicator": indicator.code}) if indicator else []
        parts, standing = _total(connection, series) if series.is_total else ((), None)
        rows = [row for row in found if row.known_until is None]
        if not series.is_total:
            standing = _standing(connection, series, rows)
        made_of = [part.row for part in parts if part.told in _COUNTED] or ([standing.row] if standing else [])
        return FigureCard(
            subject,
            indicator,
            moment,
            read_rows(connection, "zones", moment.parameters),
            standing,
            rows,
            _revisions(found),
            _others(rows, standing),
            parts,
            _batches(made_of),
            series,
        )


# What a park may be in a total and count; for plants whether they meet the standard or not, both are counted.
_COUNTED = ("counted", "met", "not_met", "no_data", "not_operating")


def _standing(connection: Connection, series: Series, rows: Rows) -> Standing | None:
    at = {**series.moment.parameters, "subject_kind": series.subject.kind, "subject_id": series.subject.id}
    figure: Any = find_row(connection, "figures", {**at, "indicators": [series.indicator.code]})
    row = next((one for one in rows if figure is not None and one.id == figure.observation_id), None)
    if row is None:
        return None
    return Standing(
        row.value,
        row.numerator,
        row.denominator,
        row.valid_on,
        row.date_precision,
        row.quality,
        row.method_vi,
        row.method_en,
        figure.is_stale,
        row,
    )


def _revisions(rows: Rows) -> list[Revision]:
    """What no longer stands, with the row that came in its place where there is one."""
    successors = {row.supersedes_id: row for row in rows if row.supersedes_id is not None}
    return [Revision(row, successors.get(row.id)) for row in rows if row.known_until is not None]


def _others(rows: Rows, standing: Standing | None) -> list[Other]:
    """The newest figure of every other source and method; of one that is undated its undated one."""
    current = standing.row if standing else None
    seen = {(current.source_key, current.method)} if current else set()
    others = []
    for row in rows:
        key = (row.source_key, row.method)
        if key in seen:
            continue
        seen.add(key)
        difference = row.value - standing.value if standing else None
        others.append(Other(row, difference, bool(standing) and row.valid_on == standing.valid_on))  # type: ignore[union-attr]
    return others


def _total(connection: Connection, series: Series) -> tuple[Sequence[Part], Standing | None]:
    at = series.moment.parameters
    if series.indicator is None:
        return _wastewater(connection, series)
    total: Any = find_row(connection, "totals", {**at, "indicator": series.indicator.code})
    asked = {**at, "indicator": series.indicator.code, "method": total.method}
    parts = [Part(row, row.told, row.numerator, row.denominator) for row in read_rows(connection, "total_parts", asked)]
    if not total.denominator:
        return parts, None
    return parts, Standing(
        100 * total.numerator / total.denominator,
        total.numerator,
        total.denominator,
        total.valid_on,
        "day",
        _least_sure([part.row for part in parts if part.told == "counted"]),
        total.method_vi,
        total.method_en,
        is_stale=False,
        row=None,
    )


def _wastewater(connection: Connection, series: Series) -> tuple[Sequence[Part], Standing | None]:
    rows: Rows = read_rows(connection, "wastewater_parts", series.moment.parameters)
    parts = [Part(row, row.standard_met, float(row.standard_met == "met"), 1.0) for row in rows]
    if not parts:
        return parts, None
    met = sum(part.numerator or 0 for part in parts)
    value, day = 100 * met / len(parts), series.moment.as_of
    return parts, Standing(value, met, len(parts), day, "day", _least_sure(rows), None, None, is_stale=False, row=None)


def _least_sure(rows: Rows) -> str:
    """A sum is as sure as the least sure of its parts; of a park without a plant nothing is said."""
    order = list(Quality)
    return str(max((Quality(row.quality) for row in rows if row.quality), key=order.index, default=Quality.ESTIMATED))


def _batches(rows: Rows) -> Rows:
    """The batches of some rows, each once, oldest first."""
    found = {row.batch_id: row for row in rows if row.batch_id is not None}
    return [found[key] for key in sorted(found)]
