"""What a report says about targets in words: results by department figure, how targets stand, what is expected."""

from collections.abc import Sequence

from geoapp.core.report_model import Block, Text
from geoapp.core.target_model import Standing, TargetState
from geoapp.errors import N_
from geoapp.services.report_book import Measure, Shape, ref
from geoapp.services.report_desk import Desk
from geoapp.services.report_targets import STANDINGS, TargetRows, ref_of, row_of, unit_of

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
    place = row_of(rows.states, state)
    name = state.name_vi if desk.language == "vi" else state.name_en
    return desk.book.sentence(
        N_(
            "%(name)s: in the period %(period)s; cumulative %(cumulative)s, %(per_cent)s of the target of %(target)s;"
            " on the same period last year %(year)s."
        ),
        name=name,
        **{column: ref(ref_of(place, column)) for column in ("period", "cumulative", "per_cent", "target", "year")},
    )


def standing_blocks(desk: Desk, rows: TargetRows) -> list[Block]:
    """Targets by how they stand."""
    said: list[Block] = []
    for standing, message in STANDINGS.items():
        names = [_name(desk, state) for state in rows.states if state.standing is standing]
        if names:
            said.append(desk.book.sentence(message, targets="; ".join(names)))
    return said or [desk.book.sentence(N_("No target is on record on this day."))]


def _name(desk: Desk, state: TargetState) -> str:
    return f"{state.name_vi if desk.language == 'vi' else state.name_en} ({state.code})"


def forecast_blocks(desk: Desk, rows: TargetRows) -> list[Block]:
    """What is expected of each target at today's pace, with the interval and the pace that is needed."""
    ahead = [state for state in rows.states if state.forecast and not state.code.endswith(_UPPER_END)]
    said: list[Block] = [_forecast(desk, rows, state) for state in ahead]
    return said or [desk.book.sentence(N_("No target has figures enough, and a last day, for a forecast."))]


def _forecast(desk: Desk, rows: TargetRows, state: TargetState) -> Text:
    ahead = state.forecast
    if ahead is None:
        raise ValueError(state.code)
    place = row_of(rows.states, state)
    decimals = 1 if state.unit == "%" else 0
    shape = Shape(unit_of(desk, state), decimals)
    day = state.actual.day if state.actual else desk.span.as_of

    def add(title: str, value: float | None, missing: str = "") -> str:
        measure = Measure(
            value, missing, day, state.actual.quality if state.actual else None, link=desk.links.to("/targets")
        )
        return desk.book.add("V", f"{_name(desk, state)}: {desk.say(title)}", shape, measure)

    needed = state.pace_needed
    return desk.book.sentence(
        N_(
            "%(name)s: at today's pace %(forecast)s on %(day)s (90 per cent: %(low)s to %(high)s), target %(target)s;"
            " pace of the last twelve months %(pace)s a month, needed %(needed)s a month."
        ),
        name=_name(desk, state),
        forecast=ref(ref_of(place, "forecast")),
        day=desk.day(ahead.day),
        low=ref(add(N_("lower end of the forecast"), ahead.low), with_unit=False),
        high=ref(add(N_("upper end of the forecast"), ahead.high)),
        target=ref(ref_of(place, "target")),
        pace=ref(add(N_("pace a month"), ahead.pace_per_month)),
        needed=ref(
            add(
                N_("pace needed a month"),
                needed.per_month if needed else 0 if state.standing is Standing.REACHED else None,
                desk.say(N_("no last day")),
            )
        ),
    )
