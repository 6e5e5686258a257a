"""What a report says of slow land use: signs that the legal clock shows, which are proposals and name no person."""

from collections.abc import Sequence
from typing import Any

from geoapp.core.report_model import Annex, Block, Cell, Column, Row, RowId, SumRule, Table, TableAt
from geoapp.errors import N_
from geoapp.kinds import ClockState
from geoapp.services.report.book import Measure, Shape, number, ref, total, worst
from geoapp.services.report.desk import Desk

TABLE, KEY = "slow_land", "slow_land"
SIGNS = (ClockState.EXT_EXPIRED, ClockState.LATE_24M, ClockState.UNUSED_12M)
WATCHED = (ClockState.LATE_UNDER_24M, ClockState.EXT_RUNNING, ClockState.HOLD)
_PROPOSED = N_(
    "The signs are computed from dates and documents on record. They are proposals to be looked at, no conclusion that"
    " anybody broke the law; who is competent concludes after a check."
)
_ROWS = "land_unit"


def signs_of(desk: Desk, day: str) -> list[Any]:
    """Units of land that show a sign on a day."""
    return [row for row in desk.source.land[day] if row.state in SIGNS]


def measure_of(desk: Desk, rows: Sequence[Any], value: float | None, day: str = "now") -> Measure:
    """A value that units of land make up."""
    first = desk.source.first
    if first is None or desk.span.days[day] < first:
        return Measure(None, desk.reason(day))
    return Measure(
        value,
        desk.say(N_("no area is on record")),
        desk.span.days[day],
        worst(row.quality for row in rows),
        tuple(dict.fromkeys(row.source_title for row in rows)),
        tuple(RowId(_ROWS, f"{row.project}/{row.unit}") for row in rows),
        desk.links.to("/cases"),
    )


def area_of(rows: Sequence[Any]) -> float:
    """Hectares with signs."""
    return float(sum(row.area_in_violation_ha or 0 for row in rows))


def land_blocks(desk: Desk) -> list[Block]:
    """How much land shows signs, and what is watched."""
    book = desk.book
    shape = Shape(desk.say(N_("projects or parts of projects")), 0)
    refs = {}
    for day, title in (
        ("now", N_("Units of land with a sign of slow use")),
        ("before", N_("The same at the end of the period before")),
        ("year", N_("The same on that day last year")),
    ):
        rows = signs_of(desk, day)
        refs[day] = ref(
            book.add("G", desk.say(title), shape, measure_of(desk, rows, len(rows), day)), with_unit=day == "now"
        )
    rows = signs_of(desk, "now")
    refs["area"] = ref(
        book.add("G", desk.say(N_("Area with a sign of slow use")), desk.ha, measure_of(desk, rows, area_of(rows)))
    )
    for state in WATCHED:
        found = [row for row in desk.source.land["now"] if row.state == state]
        measure = measure_of(desk, found, len(found))
        refs[str(state)] = ref(book.add("G", desk.label("clock_state", state), shape, measure), with_unit=False)
    said = book.sentence(
        N_(
            "%(now)s show a sign of slow use with %(area)s (%(before)s at the end of the period before, %(year)s on"
            " the same day last year); less than 24 months behind: %(LATE_UNDER_24M)s; under extension:"
            " %(EXT_RUNNING)s; on hold by force majeure: %(HOLD)s. The list is in the appendix."
        ),
        **refs,
    )
    return [said, book.sentence(_PROPOSED)]


def land_annex(desk: Desk, number_told: str) -> tuple[Annex, Table]:
    """The list of slow land use."""
    table = _table(desk)
    blocks: tuple[Block, ...] = (desk.book.sentence(_PROPOSED), TableAt(TABLE))
    return Annex(
        KEY, number_told, desk.say(N_("List of projects with signs of slow land use")), blocks, is_wide=True
    ), table


def _table(desk: Desk) -> Table:
    order = {str(state): place for place, state in enumerate((*SIGNS, *WATCHED))}
    units = sorted(
        (row for row in desk.source.land["now"] if row.state in order),
        key=lambda row: (order[row.state], -(row.area_in_violation_ha or row.area_ha or 0), row.project, row.unit),
    )
    rows = [_row(desk, place, unit) for place, unit in enumerate(units, 1)]
    signed = [unit for unit in units if unit.state in SIGNS]
    all_rows = (*rows, _total(desk, units, signed)) if rows else ()
    return Table(
        TABLE,
        desk.say(N_("Signs of slow land use, and land that is watched")),
        desk.told(N_("Data to %(day)s"), day=desk.day(desk.span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("project", desk.say(N_("Project")), is_number=False),
            Column("park", desk.say(N_("Park")), is_number=False),
            Column("sign", desk.say(N_("What the dates show (proposed)")), is_number=False),
            Column("since", desk.say(N_("Since")), is_number=False),
            Column("area", desk.say(N_("Land of the project")), desk.ha.unit),
            Column("sign_area", desk.say(N_("Area with the sign")), desk.ha.unit),
            Column("case", desk.say(N_("Case")), is_number=False),
        ),
        all_rows,
        sums=(SumRule("total", tuple(row.key for row in rows), ("area", "sign_area")),) if rows else (),
        notes=_bases(desk, signed) if rows else (desk.say(N_("No unit of land shows a sign on this day.")),),
        by_place=True,
        is_wide=True,
    )


def _row(desk: Desk, place: int, unit: Any) -> Row:
    name = unit.project_name if unit.unit == "project" else f"{unit.project_name} – {_portion(desk, unit.unit)}"
    has_sign = unit.state in SIGNS
    area = number(_figure(desk, place, 1, name, measure_of(desk, [unit], unit.area_ha)))
    signed = (
        number(_figure(desk, place, 2, name, measure_of(desk, [unit], unit.area_in_violation_ha)))
        if has_sign
        else Cell("–")
    )
    return Row(
        f"{unit.project}/{unit.unit}",
        (
            Cell(str(place)),
            Cell(name),
            Cell(desk.local(unit, "park") if unit.park else "–"),
            Cell(f"{desk.label('clock_state', unit.state)} ({unit.rule})"),
            Cell(desk.day(unit.since)),
            area,
            signed,
            Cell(_case(desk, unit)),
        ),
    )


def _portion(desk: Desk, code: str) -> str:
    return desk.told(N_("portion %(code)s"), code=code)


def _bases(desk: Desk, signed: Sequence[Any]) -> tuple[str, ...]:
    """The legal basis of each rule that the list names, once."""
    reading = desk.say(N_("our reading of the law"))
    laws = {}
    for unit in signed:
        law = desk.local(unit, "law") if unit.law_en else "–"
        laws[unit.rule] = f"{law} ({reading})" if unit.law_mark == "reading" else law
    return tuple(
        desk.told(N_("Legal basis of %(rule)s: %(law)s."), rule=rule, law=law) for rule, law in sorted(laws.items())
    )


def _case(desk: Desk, unit: Any) -> str:
    if unit.case_id is None:
        return desk.say(N_("no case opened"))
    state = desk.label("case_state", unit.case_state)
    return desk.told(N_("No. %(number)s: %(state)s"), number=unit.case_id, state=state)


def _figure(desk: Desk, place: int | str, column: int, name: str, measure: Measure) -> str:
    titles = (N_("Land of the project"), N_("Area with the sign"))
    return desk.book.place(f"PL3.{place}.{column}", f"{name}: {desk.say(titles[column - 1])}", desk.ha, measure)


def _total(desk: Desk, units: Sequence[Any], signed: Sequence[Any]) -> Row:
    name = desk.say(N_("Total"))
    missing = desk.say(N_("no area is on record"))
    areas = total([measure_of(desk, [unit], unit.area_ha) for unit in units], missing)
    signs = total([measure_of(desk, [unit], unit.area_in_violation_ha) for unit in signed], missing)
    cells = [number(_figure(desk, "T", column, name, measure)) for column, measure in ((1, areas), (2, signs))]
    return Row("total", (Cell(""), Cell(name), Cell(""), Cell(""), Cell(""), *cells, Cell("")), is_total=True)
