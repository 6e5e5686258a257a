"""Tables of a report: this period beside the one before and the same one last year; what holds up clearance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from geoapp.core.report_model import Cell, Column, DifferenceRule, Row, SumRule, Table
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, difference, number, total
from geoapp.services.report.desk import Desk
from geoapp.services.report.invest import count_of
from geoapp.services.report.land import area_of, measure_of, signs_of
from geoapp.services.report.source import of_things
from geoapp.services.report.themes import SHARE_TITLES
from geoapp.services.report.water import TITLE as WATER_TITLE
from geoapp.services.report.water import water_share

COMPARE, OBSTACLES = "compare", "obstacles"
COMPARE_NUMBER, OBSTACLES_NUMBER = 3, 4


@dataclass(frozen=True)
class _Line:
    """A row of the comparison. ``measure``: on a day (now, before, year)."""

    key: str
    title: str
    shape: Shape
    measure: Callable[[str], Measure]


def compare_table(desk: Desk) -> Table:
    """What the program measures itself, on the last days of three spans."""
    rows = tuple(_row(desk, place, line) for place, line in enumerate(_lines(desk), 1))
    span = desk.span
    note = N_(
        "Last days that are compared: %(now)s, %(before)s, %(year)s. Projects are counted within the period to its"
        " last day; all else is as of that day."
    )
    heads = (
        N_("This period"),
        N_("Period before"),
        N_("More or less"),
        N_("Same period last year"),
        N_("More or less (year)"),
    )
    keys = ("now", "before", "since_before", "year", "since_year")
    return Table(
        COMPARE,
        desk.told(N_("Table %(number)s. Beside the period before and the same one last year"), number=COMPARE_NUMBER),
        desk.told(N_("Data to %(day)s"), day=desk.day(span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("what", desk.say(N_("Indicator")), is_number=False),
            Column("unit", desk.say(N_("Unit")), is_number=False),
            *(_column(desk, key, head) for key, head in zip(keys, heads, strict=True)),
        ),
        rows,
        differences=(DifferenceRule("since_before", "now", "before"), DifferenceRule("since_year", "now", "year")),
        notes=(desk.told(note, **{name: desk.day(day) for name, day in span.days.items()}),),
    )


def _column(desk: Desk, key: str, head: str) -> Column:
    """A column of a span names its last day."""
    day = desk.span.days.get(key)
    return Column(key, f"{desk.say(head)}\n{desk.day(day)}" if day else desk.say(head), day=day)


def _lines(desk: Desk) -> Sequence[_Line]:
    count = Shape(desk.say(N_("projects")), 0)
    units = Shape(desk.say(N_("units")), 0)
    cleared, leased = desk.say(N_("Area cleared to date")), desk.say(N_("Land leased"))
    licensed, in_force = desk.say(N_("Projects newly licensed")), desk.say(N_("Projects in force"))
    signs = desk.say(N_("Units of land with a sign of slow use"))
    sign_area = desk.say(N_("Area with a sign of slow use"))
    return (
        _Line("cleared", cleared, desk.ha, lambda day: desk.parts(day, "clearance_cumulative").numerator),
        _Line("leased", leased, desk.ha, lambda day: desk.parts(day, "occupancy").numerator),
        *(
            _Line(code, desk.say(title), desk.share, partial(_share, desk, code))
            for code, title in SHARE_TITLES.items()
        ),
        _Line("water", desk.say(WATER_TITLE), desk.share, lambda day: water_share(desk, day)),
        _Line("licensed", licensed, count, lambda day: count_of(desk, day, "licensed")),
        _Line("in_force", in_force, count, lambda day: count_of(desk, day, "in_force")),
        _Line("signs", signs, units, lambda day: _signs(desk, day, is_area=False)),
        _Line("sign_area", sign_area, desk.ha, lambda day: _signs(desk, day, is_area=True)),
    )


def _share(desk: Desk, indicator: str, day: str) -> Measure:
    return desk.parts(day, indicator).share


def _signs(desk: Desk, day: str, *, is_area: bool) -> Measure:
    rows = signs_of(desk, day)
    return measure_of(desk, rows, area_of(rows) if is_area else len(rows), day)


def _row(desk: Desk, place: int, line: _Line) -> Row:
    now, before, year = (line.measure(day) for day in ("now", "before", "year"))
    is_share = line.shape.unit == "%"
    change = desk.points if is_share else replace(line.shape, is_change=True)
    told = (
        (line.shape, now),
        (line.shape, before),
        (change, difference(now, before)),
        (line.shape, year),
        (change, difference(now, year)),
    )
    cells = []
    for column, (shape, measure) in enumerate(told, 1):
        title = f"{line.title}: {_head(desk, column)}"
        cells.append(number(desk.book.place(f"{COMPARE_NUMBER}.{place}.{column}", title, shape, measure)))
    unit = desk.say(N_("per cent, points")) if is_share else line.shape.unit
    return Row(line.key, (Cell(str(place)), Cell(line.title), Cell(unit), *cells))


def _head(desk: Desk, column: int) -> str:
    heads = (
        N_("this period"),
        N_("period before"),
        N_("change on the period before"),
        N_("same period last year"),
        N_("change in a year"),
    )
    return desk.say(heads[column - 1])


@dataclass(frozen=True)
class _Held:
    key: str
    title: str
    areas: Measure
    area_ha: Measure


def obstacle_table(desk: Desk) -> Table:
    """Clearance areas that are held up, by the group of reasons."""
    area_shape = Shape(desk.say(N_("areas")), 0)
    link, day = desk.links.to("/"), desk.span.as_of
    found = [
        _Held(
            row.obstacle,
            desk.label("obstacle_reason", row.obstacle),
            of_things("clearance_area", row, row.areas, day, link),
            of_things("clearance_area", row, row.area_ha, day, link),
        )
        for row in desk.source.obstacles
    ]
    none = desk.say(N_("no area is held up on this day"))
    if found:
        areas, hectares = total([one.areas for one in found], none), total([one.area_ha for one in found], none)
        found.append(_Held("total", desk.say(N_("Total")), areas, hectares))
    rows = []
    for place, held in enumerate(found, 1):
        is_total = held.key == "total"
        row = "T" if is_total else str(place)
        figures = [
            number(desk.book.place(f"{OBSTACLES_NUMBER}.{row}.{column}", f"{held.title}: {shape.unit}", shape, measure))
            for column, (shape, measure) in enumerate(((area_shape, held.areas), (desk.ha, held.area_ha)), 1)
        ]
        rows.append(Row(held.key, (Cell("" if is_total else row), Cell(held.title), *figures), is_total=is_total))
    keys = tuple(row.key for row in rows if not row.is_total)
    return Table(
        OBSTACLES,
        desk.told(N_("Table %(number)s. Clearance areas that are held up, by reason"), number=OBSTACLES_NUMBER),
        desk.told(N_("Data to %(day)s"), day=desk.day(desk.span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("reason", desk.say(N_("Reason")), is_number=False),
            Column("areas", desk.say(N_("Number of areas"))),
            Column("area_ha", desk.say(N_("Area")), desk.ha.unit),
        ),
        tuple(rows),
        sums=(SumRule("total", keys, ("areas", "area_ha")),) if keys else (),
        notes=() if rows else (none,),
    )
