"""Targets in a report: the table with the six columns, and sentences that take their figures from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoapp.core.months import end_of_month
from geoapp.core.plan_kinds import TargetStanding, TargetWording
from geoapp.core.report_model import Cell, Column, Row, RowId, Table
from geoapp.core.target_model import Actual, DueBasis, Missing, TargetState
from geoapp.core.units import unit_sign
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, difference, growth, number
from geoapp.services.report.desk import Desk
from geoapp.services.report.themes import SHARE_TITLES

TABLE = "targets"
NUMBER = 1
COLUMNS = ("target", "period", "cumulative", "per_cent", "year", "forecast")
_HEADS = (
    N_("Target"),
    N_("Actual in the period"),
    N_("Cumulative"),
    N_("Per cent of target"),
    N_("On same period last year"),
    N_("Expected for the whole term"),
)
MISSING: Mapping[Missing | None, str] = {
    Missing.NOT_MEASURED: N_("nothing in the data measures it"),
    Missing.NO_FIGURES: N_("no approved figure of the department"),
    Missing.NONE_OPERATING: N_("none of these parks operates yet"),
    None: N_("no figure"),
}
DECIMALS = {"%": 1, "pct_year": 1, "vnd_m_month": 1}
_SHARES_BESIDE = ("clearance_cumulative", "clean_site", "infrastructure_completeness")
_FLOORS = {TargetWording.AT_LEAST, TargetWording.FROM, TargetWording.RANGE_LOW, TargetWording.RANGE_HIGH}


@dataclass(frozen=True)
class TargetRows:
    """The targets as of the day, and what is needed beside them.

    ``months``: (day, indicator) -> sums of monthly figures; ``land``: (day, measure) -> what the system
    measures itself.
    """

    states: Sequence[TargetState]
    months: Mapping[tuple[str, str], Any]
    land: Mapping[tuple[str, str], Actual | None]


def target_table(desk: Desk, rows: TargetRows) -> Table:
    """Every target, and below them the shares of the monthly reports that have none."""
    made = [_target_row(desk, place, state, rows) for place, state in enumerate(rows.states, 1)]
    made += [_share_row(desk, len(made) + place, code) for place, code in enumerate(_SHARES_BESIDE, 1)]
    span = desk.span
    until = N_("Data to %(day)s")
    open_end = N_("Data to %(day)s; the period is not over, figures of the whole term are what is expected")
    return Table(
        TABLE,
        desk.told(N_("Table %(number)s. Targets: reached, compared, expected"), number=NUMBER),
        desk.told(until if span.is_over else open_end, day=desk.day(span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("what", desk.say(N_("Indicator")), is_number=False),
            Column("unit", desk.say(N_("Unit")), is_number=False),
            *(Column(key, desk.say(head)) for key, head in zip(COLUMNS, _HEADS, strict=True)),
        ),
        tuple(made),
        notes=(
            desk.say(
                N_(
                    "Actual in the period: sums and means of approved monthly figures; of shares and stocks, the change"
                    " within the period. Cumulative: since the beginning of the term of the target, or where it stands"
                    " now. Expected for the whole term: today's pace to the last day of the target (median of slopes of"
                    " twelve months), never part of what was reached. “Reading”: the plan does not say the year."
                )
            ),
        ),
    )


def row_of(states: Sequence[TargetState], state: TargetState) -> int:
    """The number of the row of a target."""
    return list(states).index(state) + 1


def ref_of(place: int, column: str) -> str:
    """The reference of a figure of the table."""
    return f"{NUMBER}.{place}.{COLUMNS.index(column) + 1}"


def _target_row(desk: Desk, place: int, state: TargetState, rows: TargetRows) -> Row:
    unit = unit_sign(state.unit, desk.language)
    shape = Shape(unit, DECIMALS.get(state.unit, 0))
    period, change = _in_period(desk, state, rows, shape)
    year = _on_last_year(desk, state, rows)
    reason = desk.say(MISSING[state.missing])
    link = desk.links.to("/targets")
    target = target_measure(state, link)
    held = state.cumulative or state.actual
    per_cent = Measure(
        state.per_cent, reason, held.day if held else None, held.quality if held else None, rows=rows_of(held)
    )
    cells = (
        (target, shape, _sign(desk, state), False),
        (period, change, "", change.unit != unit),
        (measure_of(desk, held, reason), shape, "", False),
        (per_cent, desk.share, "", False),
        (year, desk.points if _is_share(state) else Shape("%", 1, is_change=True), "", True),
        (_expected(desk, state), shape, "", False),
    )
    name = state.name_vi if desk.language == "vi" else state.name_en
    figures = [
        Cell(text, desk.book.place(ref_of(place, key), f"{name}: {desk.say(head)}", one, measure), with_unit)
        for key, head, (measure, one, text, with_unit) in zip(COLUMNS, _HEADS, cells, strict=True)
    ]
    return Row(state.code, (Cell(str(place)), Cell(named(desk, state)), Cell(unit), *figures))


def target_measure(state: TargetState, link: str) -> Measure:
    """The value that the plan wants."""
    row = RowId("target", state.code)
    return Measure(state.value, quality=state.quality, sources=(state.source,), rows=(row,), link=link)


def named(desk: Desk, state: TargetState) -> str:
    """The name with the term of the target, and whether that is a reading."""
    name = state.name_vi if desk.language == "vi" else state.name_en
    last = state.period.last
    if last is None:
        unknown = desk.say(N_("year not stated"))
        return f"{name} ({unknown})"
    first = state.period.first
    term = f"{first.year}–{last.year}" if first and first.year != last.year else str(last.year)
    reading = desk.say(N_("reading"))
    return f"{name} ({term}, {reading})" if state.period.basis is DueBasis.READING else f"{name} ({term})"


def _sign(desk: Desk, state: TargetState) -> str:
    """How the plan words the value."""
    if state.wording in _FLOORS:
        return "≥ "
    about = desk.say(N_("about"))
    return f"{about} " if state.wording == TargetWording.ABOUT else ""


def rows_of(actual: Actual | None) -> tuple[RowId, ...]:
    """The rows that a figure is made of."""
    return tuple(RowId(row.kind, row.id) for row in actual.rows) if actual else ()


def measure_of(desk: Desk, actual: Actual | None, missing: str) -> Measure:
    """A figure of a target, or why there is none."""
    if actual is None:
        return Measure(None, missing)
    sources = (actual.source,) if actual.source else ()
    return Measure(actual.value, "", actual.day, actual.quality, sources, rows_of(actual), desk.links.to("/targets"))


def _is_share(state: TargetState) -> bool:
    return state.unit == "%"


def _in_period(desk: Desk, state: TargetState, rows: TargetRows, shape: Shape) -> tuple[Measure, Shape]:
    """What was done within the period; of what is no monthly figure, how much it moved."""
    if ("now", state.indicator or "") in rows.months:
        return month_sum(desk, rows, "now", state.indicator or ""), shape
    change = desk.points if _is_share(state) else Shape(shape.unit, shape.decimals, is_change=True)
    missing = desk.say(MISSING[state.missing])
    then = measure_of(desk, rows.land.get(("before", state.measure)), desk.reason("before"))
    return difference(measure_of(desk, state.actual, missing), then), change


def month_sum(desk: Desk, rows: TargetRows, day: str, indicator: str) -> Measure:
    """Approved monthly figures over a span; missing where a month of it is."""
    row = rows.months[day, indicator]
    if row.months < row.expected:
        told = N_("%(missing)s of %(all)s months have no approved figure")
        missing = desk.told(told, missing=row.expected - row.months, all=row.expected)
        return Measure(None, missing, link=desk.links.to("/targets"))
    ids = tuple(RowId("target_figure", str(number)) for number in row.ids)
    last = end_of_month(row.month)
    return Measure(row.value, "", last, row.quality, tuple(row.sources), ids, desk.links.to("/targets"))


def _on_last_year(desk: Desk, state: TargetState, rows: TargetRows) -> Measure:
    """Against the same period last year: per cent, or points for shares."""
    if ("now", state.indicator or "") in rows.months:
        now, then = (month_sum(desk, rows, day, state.indicator or "") for day in ("now", "year"))
    else:
        now = measure_of(desk, state.actual, desk.say(MISSING[state.missing]))
        then = measure_of(desk, rows.land.get(("year", state.measure)), desk.reason("year"))
    if _is_share(state):
        return difference(now, then)
    return growth(now, then, desk.say(N_("it was 0 last year")))


def _expected(desk: Desk, state: TargetState) -> Measure:
    ahead = state.forecast
    if state.period.last is None:
        return Measure(None, desk.say(N_("the plan names no last day")))
    if ahead is None:
        return Measure(None, desk.say(N_("too few figures for a forecast")))
    actual = state.actual
    quality = actual.quality if actual else None
    return Measure(ahead.value, "", ahead.day, quality, (), rows_of(actual), desk.links.to("/targets"), ahead.method)


def _share_row(desk: Desk, place: int, indicator: str) -> Row:
    """A share of the monthly reports that the plan has no target of."""
    name = desk.say(SHARE_TITLES[indicator])
    none = Measure(None, desk.say(N_("the plan has no target of it")))
    forecast = Measure(None, desk.say(N_("no forecast without a target")))
    cells = (
        (none, desk.share, False),
        (desk.share_change(indicator, "before"), desk.points, True),
        (desk.parts("now", indicator).share, desk.share, False),
        (none, desk.share, False),
        (desk.share_change(indicator, "year"), desk.points, True),
        (forecast, desk.share, False),
    )
    figures = [
        Cell(
            "", number(desk.book.place(ref_of(place, key), f"{name}: {desk.say(head)}", shape, measure)).ref, with_unit
        )
        for key, head, (measure, shape, with_unit) in zip(COLUMNS, _HEADS, cells, strict=True)
    ]
    return Row(indicator, (Cell(str(place)), Cell(name), Cell("%"), *figures))


STANDINGS: Mapping[TargetStanding, str] = {
    TargetStanding.REACHED: N_("Reached: %(targets)s."),
    TargetStanding.ON_TRACK: N_("On track at today's pace: %(targets)s."),
    TargetStanding.AT_RISK: N_("At risk: %(targets)s."),
    TargetStanding.BEHIND: N_("Behind: %(targets)s."),
    TargetStanding.UNKNOWN: N_("Not to be judged for want of figures: %(targets)s."),
}
