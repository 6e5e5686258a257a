"""The annex of parks: areas, occupancy, clearance, infrastructure, plants; one row a park, sums below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoapp.core.report_model import Annex, Cell, Column, Row, RowId, ShareRule, SumRule, Table, TableAt
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, number, total
from geoapp.services.report.desk import Desk
from geoapp.services.report.source import current_parts, of_rows

TABLE, KEY = "parks", "parks"
_NONE = N_("no figure of this park")
_STALE = N_("the newest figure, of %(day)s, is too old to count")
_OTHER = N_("the figure tells no parts, or was reckoned by another method")


@dataclass(frozen=True)
class _Spec:
    """A column of figures. ``measure``: of one park; ``is_summed``: its parks add up."""

    key: str
    title: str
    shape: Shape
    measure: Callable[[Any], Measure]
    is_summed: bool = True


def parks_annex(desk: Desk, number_told: str) -> tuple[Annex, Table]:
    """All parks with their figures."""
    title = desk.say(N_("Figures of the industrial parks"))
    return Annex(KEY, number_told, title, (TableAt(TABLE),), is_wide=True), _table(desk)


def _specs(desk: Desk) -> tuple[_Spec, ...]:
    say = desk.say

    def part(indicator: str, name: str) -> Callable[[Any], Measure]:
        rows = _by_park(desk, indicator)
        counted = {row.park_id for row in current_parts(desk.source.figures.get(("now", indicator), ()))}
        return lambda park: _part(desk, rows.get(park.park_id), name, is_counted=park.park_id in counted)

    shares = {
        "occupancy": (N_("Industrial and service land"), N_("Leased"), N_("Occupancy")),
        "clearance_cumulative": (N_("To be cleared"), N_("Cleared to date"), N_("Cleared (share)")),
    }
    columns = [_Spec("area_planned", say(N_("Planned area")), desk.ha, _single(desk, "area_planned"))]
    for indicator, (whole, done, share) in shares.items():
        columns += [
            _Spec(f"{indicator}_of", say(whole), desk.ha, part(indicator, "denominator")),
            _Spec(f"{indicator}_done", say(done), desk.ha, part(indicator, "numerator")),
            _Spec(indicator, say(share), desk.share, part(indicator, "value"), is_summed=False),
        ]
    return (
        *columns,
        _Spec(
            "infrastructure_completeness",
            say(N_("Infrastructure completeness")),
            desk.share,
            part("infrastructure_completeness", "value"),
            is_summed=False,
        ),
        _Spec("capacity", say(N_("Plants: capacity")), desk.unit("m3_day", 0), _plant(desk, "capacity_m3_day")),
        _Spec("load", say(N_("Plants: flow")), desk.unit("m3_day", 0), _plant(desk, "load_m3_day")),
    )


def _by_park(desk: Desk, indicator: str) -> Mapping[int, Any]:
    return {row.park_id: row for row in desk.source.figures.get(("now", indicator), ())}


def _single(desk: Desk, indicator: str) -> Callable[[Any], Measure]:
    rows = _by_park(desk, indicator)

    def measure(park: Any) -> Measure:
        row = rows.get(park.park_id)
        return of_rows([row], row.value) if row is not None else Measure(None, desk.say(_NONE))

    return measure


def _part(desk: Desk, row: Any, name: str, *, is_counted: bool) -> Measure:
    """A part of a share of one park, where it counts towards the share over all."""
    if row is None:
        return Measure(None, desk.say(_NONE))
    if row.is_stale:
        return Measure(None, desk.told(_STALE, day=desk.day(row.valid_on)))
    if not is_counted:
        return Measure(None, desk.say(_OTHER))
    return of_rows([row], getattr(row, name))


def _plant(desk: Desk, name: str) -> Callable[[Any], Measure]:
    def measure(park: Any) -> Measure:
        value = getattr(park, name)
        if value is None:
            reason = N_("no plant in operation") if not park.operating else N_("not on record")
            return Measure(None, desk.say(reason))
        rows = tuple(RowId("plant", str(plant)) for plant in park.plant_ids)
        return Measure(value, "", desk.span.as_of, park.plant_quality, tuple(park.plant_sources), rows)

    return measure


def _table(desk: Desk) -> Table:
    specs = _specs(desk)
    columns = tuple(Column(spec.key, spec.title, spec.shape.unit) for spec in specs)
    rows, measured = [], []
    for place, park in enumerate(desk.source.parks, 1):
        measures = [spec.measure(park) for spec in specs]
        measured.append(measures)
        rows.append(_row(desk, place, park, specs, measures))
    keys = tuple(row.key for row in rows)
    summed = tuple(spec.key for spec in specs if spec.is_summed)
    return Table(
        TABLE,
        desk.say(N_("Industrial parks: land, clearance, infrastructure, wastewater")),
        desk.told(N_("Data to %(day)s"), day=desk.day(desk.span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("park", desk.say(N_("Park")), is_number=False),
            Column("status", desk.say(N_("State")), is_number=False),
            *columns,
            Column("standard", desk.say(N_("Plants: standard")), is_number=False),
        ),
        (*rows, _total(desk, specs, measured)),
        sums=(SumRule("total", keys, summed),),
        shares=(
            ShareRule("occupancy", "occupancy_done", "occupancy_of"),
            ShareRule("clearance_cumulative", "clearance_cumulative_done", "clearance_cumulative_of"),
        ),
        notes=(
            desk.say(
                N_(
                    "A dash: no figure that counts on this day; the reason of each stands with its reference on the"
                    " page of the report. Sums are of the parks with figures."
                )
            ),
        ),
        by_place=True,
        is_wide=True,
    )


def _row(desk: Desk, place: int, park: Any, specs: Sequence[_Spec], measures: Sequence[Measure]) -> Row:
    name = desk.local(park, "name")
    link = desk.links.to(f"/parks/{park.slug}")
    cells = []
    for column, (spec, measure) in enumerate(zip(specs, measures, strict=True), 1):
        told = Measure(**{**vars(measure), "link": link})
        cells.append(number(desk.book.place(f"PL1.{place}.{column}", f"{name}: {spec.title}", spec.shape, told)))
    standard = desk.label("standard_met", park.standard_met or "no_data") if park.status == "operating" else "–"
    short = name.removeprefix("KCN ").removesuffix(" Industrial Park")
    status = desk.label("park_status", park.status)
    return Row(park.slug, (Cell(str(place)), Cell(short), Cell(status), *cells, Cell(standard)))


def _total(desk: Desk, specs: Sequence[_Spec], measured: Sequence[Sequence[Measure]]) -> Row:
    name = desk.say(N_("Total"))
    sums = {spec.key: total([row[at] for row in measured], desk.say(_NONE)) for at, spec in enumerate(specs)}
    cells = []
    for column, spec in enumerate(specs, 1):
        measure = sums[spec.key] if spec.is_summed else _share(desk, spec.key)
        cells.append(number(desk.book.place(f"PL1.T.{column}", f"{name}: {spec.title}", spec.shape, measure)))
    return Row("total", (Cell(""), Cell(name), Cell(""), *cells, Cell("")), is_total=True)


def _share(desk: Desk, indicator: str) -> Measure:
    """The share over all parks: of sums, never the mean of shares."""
    return desk.parts("now", indicator).share
