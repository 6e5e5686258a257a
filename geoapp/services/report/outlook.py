"""What a report says about targets in words: results by department figure, how targets stand, what is expected."""

from collections.abc import Sequence

from geoapp.core.plan_kinds import TargetStanding
from geoapp.core.report_model import Block, Cell, Column, Row, Table, TableAt, Text
from geoapp.core.target_model import TargetState
from geoapp.core.units import unit_sign
from geoapp.errors import N_
from geoapp.services.report.book import Measure, Shape, number, ref
from geoapp.services.report.desk import Desk
from geoapp.services.report.targets import (
    DECIMALS,
    STANDINGS,
    TargetRows,
    named,
    ref_of,
    row_of,
    rows_of,
    target_measure,
)

FORECAST, FORECAST_NUMBER = "forecast", 5
PRODUCTION = ("revenue", "exports", "budget_payments")
LABOUR = ("workers", "income")
PUBLIC_CAPITAL = ("capital_disbursed",)
PROCEDURES = ("procedures_online", "payments_online")
# A target that is the lower or the upper end of one range: in words the lower end speaks for both.
_UPPER_END = "-HI"
_TOTAL = "-T"


def result_blocks(desk: Desk, rows: TargetRows, indicators: Sequence[str]) -> list[Block]:
    """A sentence for each indicator that departments report, with the figures of the table of targets."""
    found = [state for code in indicators for state in rows.states if _speaks(state, code)]
    if not found:
        return [desk.book.sentence(N_("The plan names no target of this part, and no figures were entered."))]
    return [_result(desk, rows, state) for state in found]


def _speaks(state: TargetState, indicator: str) -> bool:
    return state.indicator == indicator and not state.code.endswith(_TOTAL)


def _result(desk: Desk, rows: TargetRows, state: TargetState) -> Text:
    place, held = row_of(rows.states, state), state.cumulative or state.actual
    name = state.name_vi if desk.language == "vi" else state.name_en
    return desk.book.sentence(
        N_(
            "%(name)s: in the period %(period)s; cumulative to %(day)s %(cumulative)s, %(per_cent)s of the target of"
            " %(target)s; on the same period last year %(year)s."
        ),
        name=name,
        day=desk.day(held.day if held else desk.span.as_of),
        **{column: ref(ref_of(place, column)) for column in ("period", "cumulative", "per_cent", "target", "year")},
    )


def standing_blocks(desk: Desk, rows: TargetRows) -> list[Block]:
    """Targets by how they stand."""
    said: list[Block] = []
    for standing, message in STANDINGS.items():
        names = [_name(desk, state) for state in rows.states if state.standing == standing]
        if names:
            said.append(desk.book.sentence(message, targets="; ".join(names)))
    return said or [desk.book.sentence(N_("No target is on record on this day."))]


def _name(desk: Desk, state: TargetState) -> str:
    return f"{state.name_vi if desk.language == 'vi' else state.name_en} ({state.code})"


def forecast_blocks(desk: Desk, rows: TargetRows) -> list[Block]:
    """The table of what is expected, and how it is reckoned."""
    if not _ahead(rows):
        return [desk.book.sentence(N_("No target has figures enough for a forecast."))]
    return [
        desk.book.sentence(
            N_(
                "At today's pace, the median of the slopes between all figures of the last twelve months, targets come"
                " to what the table says; the interval is that of the pace (90 per cent). It knows nothing of plans,"
                " seasons or single large projects."
            )
        ),
        TableAt(FORECAST),
    ]


def _ahead(rows: TargetRows) -> list[TargetState]:
    return [state for state in rows.states if state.forecast and not state.code.endswith(_UPPER_END)]


def forecast_table(desk: Desk, rows: TargetRows) -> Table:
    """What is expected of each target on its last day, or in a year where it has none; and the pace that is needed."""
    heads = (
        N_("Target"),
        N_("Pace a month"),
        N_("Pace needed a month"),
        N_("Expected"),
        N_("Low"),
        N_("High"),
    )
    keys = ("target", "pace", "needed", "expected", "low", "high")
    made = [_forecast(desk, place, state, heads) for place, state in enumerate(_ahead(rows), 1)]
    return Table(
        FORECAST,
        desk.told(N_("Table %(number)s. What is expected at today's pace"), number=FORECAST_NUMBER),
        desk.told(N_("Data to %(day)s"), day=desk.day(desk.span.as_of)),
        (
            Column("place", desk.say(N_("No.")), is_number=False),
            Column("what", desk.say(N_("Indicator")), is_number=False),
            Column("unit", desk.say(N_("Unit")), is_number=False),
            *(Column(key, desk.say(head)) for key, head in zip(keys, heads, strict=True)),
            Column("day", desk.say(N_("On day")), is_number=False),
        ),
        tuple(made),
    )


def _forecast(desk: Desk, place: int, state: TargetState, heads: Sequence[str]) -> Row:
    ahead, needed = state.forecast, state.pace_needed
    if ahead is None:
        raise ValueError(state.code)
    link, held = desk.links.to("/targets"), state.cumulative or state.actual
    decimals = DECIMALS.get(state.unit, 0)
    unit = unit_sign(state.unit, desk.language)
    shape, pace = Shape(unit, decimals), Shape(unit, decimals + 1)

    def measure(value: float | None, missing: str = "") -> Measure:
        quality = held.quality if held else None
        return Measure(value, missing, ahead.day, quality, (), rows_of(held), link, ahead.method)

    per_month = needed.per_month if needed else 0 if state.standing == TargetStanding.REACHED else None
    told = (
        (shape, target_measure(state, link)),
        (pace, measure(ahead.pace_per_month)),
        (
            pace,
            measure(per_month, desk.say(N_("the plan names no last day"))),
        ),
        (shape, measure(ahead.value)),
        (shape, measure(ahead.low)),
        (shape, measure(ahead.high)),
    )
    name = named(desk, state)
    cells = [
        number(desk.book.place(f"{FORECAST_NUMBER}.{place}.{column}", f"{name}: {desk.say(head)}", one, value))
        for column, (head, (one, value)) in enumerate(zip(heads, told, strict=True), 1)
    ]
    return Row(state.code, (Cell(str(place)), Cell(name), Cell(unit), *cells, Cell(desk.day(ahead.day))))
