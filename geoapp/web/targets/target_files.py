"""Targets as files: all of them, and the rows that make one; CSV and XLSX. Each goes into the log of downloads."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.core.target_model import TargetState
from geoapp.errors import N_
from geoapp.services.moment import Moment
from geoapp.services.table_files import FileColumn, TableFile, Value
from geoapp.services.target_board import TargetCard
from geoapp.web.file_answers import answer_file, column, known_until, notices
from geoapp.web.formats import local
from geoapp.web.languages import language
from geoapp.web.page_parts import begin, code_label, plain
from geoapp.web.permissions import needs
from geoapp.web.targets import target_words as words
from geoapp.web.targets.room import board, person, targets

# Marked for translation: headings that only files have.
_WORDS = (
    N_("Basis of the due date"), N_("Actual to"), N_("Cumulative since"), N_("Months missing"), N_("Forecast, low"),
    N_("Forecast, high"), N_("Forecast for"), N_("Pace needed a month"), N_("Per cent of the target"),
    N_("Same period last year"), N_("Estimate of the running period"), N_("Value of the target"), N_("First month"),
)  # fmt: skip


@targets.get("/targets.csv")
@needs(Permission.EXPORT_INTERNAL)
def all_csv() -> Response:
    """All targets for programs."""
    return _all("csv")


@targets.get("/targets.xlsx")
@needs(Permission.EXPORT_INTERNAL)
def all_xlsx() -> Response:
    """All targets for people."""
    return _all("xlsx")


@targets.get("/targets/<code>/rows.csv")
@needs(Permission.EXPORT_INTERNAL)
def rows_csv(code: str) -> Response:
    """The rows that make one target, for programs."""
    return _rows(plain(code), "csv")


@targets.get("/targets/<code>/rows.xlsx")
@needs(Permission.EXPORT_INTERNAL)
def rows_xlsx(code: str) -> Response:
    """The rows that make one target, for people."""
    return _rows(plain(code), "xlsx")


def _all(kind: str) -> Response:
    found = board().page(person(), begin())
    has_demo = any(one.actual and one.actual.quality == "demo" for one in found.states)
    table = TableFile(
        str(_("Targets")), language(), _head(found.moment), notices(has_demo=has_demo, is_approximate=False),
        _columns(), [_row(one) for one in found.states],
    )  # fmt: skip
    return answer_file(table, kind, f"{_name()}-{found.moment.as_of.isoformat()}")


def _rows(code: str, kind: str) -> Response:
    card = board().card(person(), code, begin())
    columns, rows, has_demo = _made_of(card)
    table = TableFile(
        f"{card.state.code} {local(card.state, 'name')}"[:120], language(), _head(card.moment),
        notices(has_demo=has_demo, is_approximate=False), columns, rows,
    )  # fmt: skip
    return answer_file(table, kind, f"{_name()}-{card.state.code}-{card.moment.as_of.isoformat()}")


def _name() -> str:
    return "muc-tieu" if language() == "vi" else "targets"


def _head(moment: Moment) -> list[tuple[str, Value]]:
    return [(str(_("Data to")), moment.as_of), (str(_("As known on")), known_until(moment.known_at))]


def _columns() -> list[FileColumn]:
    return [
        column("Code"), column("Target"), column("Section"), column("Department"), column("Unit"),
        column("Value of the target", "", 1), column("Due"), column("Basis of the due date"),
        column("Actual", "", 2), column("Actual to"), column("Cumulative", "", 2), column("Cumulative since"),
        column("Months missing"), column("Per cent of the target", "%", 1), column("Same period last year", "", 2),
        column("Estimate of the running period", "", 2), column("Pace needed a month", "", 2),
        column("Forecast", "", 2), column("Forecast, low", "", 2), column("Forecast, high", "", 2),
        column("Forecast for"), column("State"), column("Quality"), column("Source"),
    ]  # fmt: skip


def _row(one: TargetState) -> Sequence[Value]:
    actual, total, ahead, need = one.actual, one.cumulative, one.forecast, one.pace_needed
    last_year = one.same_period_last_year
    return [
        one.code, local(one, "name"), one.section, words.department(one.department), words.unit(one.unit), one.value,
        one.period.last, words.basis(one.period), actual.value if actual else None, actual.day if actual else None,
        total.value if total else None, total.first if total else None,
        words.months(total.missing_months) if total else "", one.per_cent, last_year.value if last_year else None,
        one.estimate.value if one.estimate else None, need.per_month if need else None,
        ahead.value if ahead else None, ahead.low if ahead else None, ahead.high if ahead else None,
        ahead.day if ahead else None, words.standing(one), code_label("quality", actual.quality) if actual else "",
        one.source,
    ]  # fmt: skip


def _made_of(card: TargetCard) -> tuple[list[FileColumn], list[Sequence[Value]], bool]:
    if card.plants:
        return _plant_columns(), [_plant(row) for row in card.plants], _has_demo(card.plants)
    if card.land:
        return _land_columns(), [_land(row) for row in card.land], _has_demo(card.land)
    columns = [
        column("Month"), column("Value", card.state.unit, 2), column("Numerator", "", 2), column("Denominator", "", 2),
        column("Quality"), column("Source"),
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [
        [one.month, one.value, one.numerator, one.denominator, code_label("quality", one.quality), one.source]
        for one in card.months
    ]
    return columns, rows, _has_demo(card.months)


def _has_demo(rows: Any) -> bool:
    return any(row.quality == "demo" for row in rows)


def _land_columns() -> list[FileColumn]:
    return [
        column("Park"), column("Status"), column("Land leased (numerator)", "ha", 2),
        column("Industrial and service land (denominator)", "ha", 2), column("Occupancy", "%", 1), column("As of"),
        column("In the total"), column("On offer", "ha", 2), column("Infrastructure", "%", 1), column("Quality"),
        column("Source"),
    ]  # fmt: skip


def _land(row: Any) -> Sequence[Value]:
    return [
        local(row, "name"), code_label("park_status", row.status), row.leased_ha, row.leasable_ha, row.value,
        row.valid_on, words.told_why(row.told), row.on_offer_ha, row.completeness,
        code_label("quality", row.quality) if row.quality else "", row.source_title,
    ]  # fmt: skip


def _plant_columns() -> list[FileColumn]:
    return [
        column("Park"), column("Plant operates"), column("Permit valid"), column("No confirmed exceedance"),
        column("Counts"), column("Last data"), column("Quality"), column("Source"),
    ]  # fmt: skip


def _plant(row: Any) -> Sequence[Value]:
    return [
        local(row, "name"), words.condition(row.operates), words.condition(row.permit_valid),
        words.condition(row.keeps_limits), code_label("standard_met", row.standard_met), row.readings_on,
        code_label("quality", row.quality), row.source_title,
    ]  # fmt: skip
