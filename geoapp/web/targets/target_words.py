"""Words of targets, monthly figures and tasks, in the language of the request."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from geoapp.core.plan_kinds import TargetMeasure, TargetWording
from geoapp.core.series import Reach
from geoapp.core.target_model import Actual, DueBasis, Missing, TargetForecast, TargetPeriod, TargetState
from geoapp.services.target_needs import ALL, NEW, OPERATING
from geoapp.web.formats import day, local, measure, number, unit_sign
from geoapp.web.languages import language
from geoapp.web.page_parts import code_label

# Departments that the plan names; others are told as they are written.
_DEPARTMENTS_EN = {
    "Văn phòng Ban": "Office of the board",
    "Phòng Doanh nghiệp và Lao động": "Enterprises and Labour Division",
    "Phòng Tài nguyên và Môi trường": "Natural Resources and Environment Division",
}


def department(name: str | None) -> str:
    """A department; that nobody is named, where nobody is."""
    if not name:
        return str(_("no department named"))
    return _DEPARTMENTS_EN.get(name, name) if language() == "en" else name


def value(state: TargetState) -> str:
    """The value of a target as the document words it."""
    told = (
        measure(state.value, state.unit, decimals_of(state.unit))
        if state.unit != "%"
        else f"{number(state.value)}\u00a0%"
    )
    if state.wording == TargetWording.ABOUT:
        return str(_("about %(value)s", value=told))
    if state.wording == TargetWording.FROM:
        return str(_("%(value)s or more", value=told))
    if state.wording == TargetWording.AT_LEAST:
        return str(_("at least %(value)s", value=told))
    return told


def amount(figure: float | None, unit: str) -> str:
    """A figure with its unit and the decimals that suit it."""
    return measure(figure, unit, decimals_of(unit))


def decimals_of(unit: str) -> int:
    """Decimals with which figures of a unit are told."""
    return {"%": 1, "vnd_m_month": 2, "pct_year": 1, "ha": 1}.get(unit, 0)


def due(period: TargetPeriod) -> str:
    """Until when a target is to be reached."""
    if period.last is None:
        return str(_("the plan states no year"))
    if period.first is not None and period.first.year != period.last.year and period.first.month == 1:
        return f"{period.first.year}–{period.last.year}"
    if period.first is not None and period.first.year == period.last.year and period.first.month == 1:
        return str(_("year %(year)s", year=period.last.year))
    return str(_("by %(day)s", day=day(period.last)))


def is_reading(period: TargetPeriod) -> bool:
    """Whether the days of a target are our reading."""
    return period.basis is DueBasis.READING


def reading(period: TargetPeriod) -> str:
    """Why the days are read so."""
    return local(period, "told")


def span(actual: Actual) -> str:
    """Of which days a figure is."""
    if actual.first is None:
        return str(_("to %(day)s", day=day(actual.day)))
    first, last = actual.first, actual.day
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year and first.month == 1:
        return str(_("%(count)s months of %(year)s", count=last.month, year=first.year))
    return f"{month(first)} – {month(last)}"


def month(first: date) -> str:
    """A month: 10/2026, or Oct 2026."""
    return f"{first:%b %Y}" if language() == "en" else f"{first:%m/%Y}"


def months(firsts: Any) -> str:
    """Several months."""
    return ", ".join(month(one) for one in firsts)


def missing(reason: Missing | None) -> str:
    """Why there is no actual figure."""
    words: dict[Missing, str] = {
        Missing.NOT_MEASURED: _("not measured by the board"),
        Missing.NO_FIGURES: _("no data"),
        Missing.NONE_OPERATING: _("none of the new parks is in operation yet"),
    }
    return str(words[reason]) if reason else str(_("no data"))


def per_month(pace: float, unit: str) -> str:
    """A pace."""
    if unit == "%":
        return str(_("%(value)s points a month", value=number(pace, 2)))
    decimals = decimals_of(unit) or (2 if abs(pace) < 10 else 0)
    return str(_("%(value)s a month", value=measure(pace, unit, decimals)))


def interval(ahead: TargetForecast, unit: str) -> str:
    """The interval of a forecast."""
    decimals = decimals_of(unit)
    return f"{number(ahead.low, decimals)}–{number(ahead.high, decimals)}"


def reach(ahead: TargetForecast) -> str:
    """When the value is reached at this pace."""
    goal = ahead.goal
    if goal is None:
        return ""
    if goal.reach is Reach.AHEAD:
        return str(_("reached on %(day)s at this pace", day=day(goal.day)))
    if goal.reach is Reach.FAR:
        return str(_("reached in more than ten years at this pace"))
    if goal.reach is Reach.NEVER:
        return str(_("not reached at this pace"))
    return str(_("reached"))


def standing(state: TargetState) -> str:
    """How a target stands."""
    return code_label("target_standing", state.standing)


def why_unknown(state: TargetState) -> str:
    """Why a target cannot be judged."""
    if state.actual is None:
        return missing(state.missing)
    if state.period.last is None:
        return str(_("the plan states no year"))
    return str(_("not enough figures for a forecast"))


def group(name: str) -> str:
    """A group of parks."""
    words: dict[str, str] = {
        ALL: _("all parks with figures"),
        OPERATING: _("parks in operation"),
        NEW: _("new parks that the plan names"),
    }
    return str(words[name])


def condition(holds: bool | None) -> str:
    """One of the three conditions of a plant."""
    if holds is None:
        return str(_("no data"))
    return str(_("yes")) if holds else str(_("no"))


def told_why(code: str) -> str:
    """Why a park is counted in a total, or not."""
    words: dict[str, str] = {
        "counted": _("counted"),
        "no_figure": _("no figure"),
        "no_parts": _("no hectares told"),
        "stale": _("figure out of date"),
        "other_method": _("other method"),
    }
    return str(words[code])


def part_unit(state: TargetState, indicator: Any) -> str:
    """The unit of numerator and denominator."""
    if state.measure in {TargetMeasure.OCCUPANCY, TargetMeasure.OCCUPANCY_NEW}:
        return unit_sign("ha")
    return unit_sign(indicator.part_unit) if indicator is not None and indicator.part_unit else unit_sign("parks")


def unit(code: str) -> str:
    """How a unit is written."""
    return unit_sign(code)


def period_of_report(due_of: Any, every: str) -> str:
    """The period that a report is of."""
    first, last = due_of.first, due_of.last
    if every == "month":
        return month(first)
    if every == "quarter":
        quarter = (first.month + 2) // 3
        told = str(quarter) if language() == "en" else ("I", "II", "III", "IV")[quarter - 1]
        return str(_("quarter %(quarter)s of %(year)s", quarter=told, year=first.year))
    if every == "half_year" and last.month == 6:
        return str(_("first half of %(year)s", year=first.year))
    return str(_("year %(year)s", year=first.year))


def basis(period: TargetPeriod) -> str:
    """Where the last day of a target comes from."""
    words: dict[DueBasis, str] = {
        DueBasis.STATED: _("stated in the plan"),
        DueBasis.READING: _("our reading"),
        DueBasis.UNKNOWN: _("the plan states no year"),
    }
    return str(words[period.basis])
