"""Charts in the language and the colours of a reader: from a series to a specification."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from geoapp.core.series import MONTH_DAYS, Reach
from geoapp.kinds import Quality
from geoapp.maps.charts import Chart, ChartAhead, ChartMark, Look, build_chart
from geoapp.maps.style import Plain
from geoapp.services.series import Mark, Series
from geoapp.web.formats import day, local, measure, number, precise_day, signed, unit_sign
from geoapp.web.page_parts import code_label

SCHEMES = ("light", "dark")
# Light and dark; the fourth is the darkest class of each ramp that stands out on the ground.
_RAMPS = {
    "clearance_cumulative": ("#9c6322", "#e0bd8a"),
    "clean_site": ("#9c6322", "#e0bd8a"),
    "infrastructure_completeness": ("#44719f", "#7b9fc4"),
    "occupancy": ("#368763", "#6cb292"),
}
_PLAIN = ("#0b6e8a", "#5cbcd6")
_LOOKS = {
    "light": ("#55626f", "#17212b", "#55626f", "#d9dee3", "#ffffff", "#8a6d00"),
    "dark": ("#9aa7b3", "#e8edf2", "#9aa7b3", "#2b3640", "#18202a", "#f4c869"),
}


def chart_of(series: Series, scheme: str) -> Plain:
    """The specification of a series. Args: scheme - light or dark."""
    ramp = _RAMPS.get(code_of(series), _PLAIN)
    return build_chart(_chart(series), look_of(scheme, ramp))


def look_of(scheme: str, ramp: tuple[str, str]) -> Look:
    """The colours of a chart. Args: scheme - light or dark; ramp - of its series, on light and on dark ground."""
    return Look(ramp[SCHEMES.index(scheme)], *_LOOKS[scheme])


def code_of(series: Series) -> str:
    """The code of the indicator of a series; none for the share that is counted over plants."""
    return "" if series.indicator is None else str(series.indicator.code)


def unit_of(series: Series) -> str:
    """The unit of a series, as a code of the indicators."""
    return "%" if series.indicator is None else str(series.indicator.unit)


def title_of(indicator: Any) -> str:
    """The name of an indicator in the language of the request."""
    return local(indicator, "name") if indicator is not None else str(_("Operating parks that meet the standard"))


def _chart(series: Series) -> Chart:
    unit = unit_of(series)
    target = series.target
    ahead = series.forecast.ahead if series.forecast else ()
    return Chart(
        description=description_of(series),
        unit=unit_sign(unit),
        is_share=unit == "%",
        marks=[_mark(mark, unit) for mark in series.marks if mark.valid_on is not None],
        ahead=[_ahead(one, unit) for one in ahead],
        until=ahead[-1].day if ahead else series.moment.as_of,
        target=(target.lower, target.upper) if target else None,
        target_label=target_told(series),
        limit=series.capacity,
        limit_label=str(_("capacity %(value)s", value=measure(series.capacity, unit, 0))) if series.capacity else "",
        words=_words(series),
    )


def _words(series: Series) -> dict[str, str]:
    told = {
        "value": _("Value"),
        "date": _("Date"),
        "source": _("Source"),
        "quality": _("Quality"),
        "forecast": _("Forecast"),
        "series": _("over all parks") if series.is_total else _("series of the current figure"),
        "other": _("other sources"),
    }
    return told | {quality: code_label("quality", quality) for quality in Quality}


def _mark(mark: Mark, unit: str) -> ChartMark:
    assert mark.valid_on is not None  # noqa: S101 - undated ones are left out before
    source = mark.source_title or str(_("sum over the parks"))
    told_day = precise_day(mark.valid_on, mark.date_precision)
    return ChartMark(mark.valid_on, mark.value, mark.quality, mark.is_main, measure(mark.value, unit), source, told_day)


def _ahead(one: Any, unit: str) -> ChartAhead:
    span = f"{measure(one.value, unit)} ({number(one.low)}–{number(one.high)})"
    return ChartAhead(one.day, one.value, one.low, one.high, span, day(one.day))


def target_told(series: Series) -> str:
    """The target in words; nothing where the plan names none."""
    target = series.target
    if target is None:
        return ""
    if target.upper:
        return str(_("target %(lower)s–%(upper)s", lower=number(target.lower, 0), upper=measure(target.upper, "%", 0)))
    return str(_("target %(lower)s", lower=measure(target.lower, "%", 0)))


def description_of(series: Series) -> str:
    """What a chart shows, for those who do not see it."""
    dated = [mark for mark in series.marks if mark.valid_on]
    if not dated:
        return str(_("%(name)s: no figures to draw.", name=title_of(series.indicator)))
    main = [mark for mark in dated if mark.is_main] or dated
    unit = unit_of(series)
    told = _(
        "%(name)s over time: from %(first)s (%(first_day)s) to %(last)s (%(last_day)s).",
        name=title_of(series.indicator),
        first=measure(main[0].value, unit),
        first_day=precise_day(main[0].valid_on, main[0].date_precision),
        last=measure(main[-1].value, unit),
        last_day=precise_day(main[-1].valid_on, main[-1].date_precision),
    )
    return f"{told} {forecast_told(series)}"


def forecast_told(series: Series) -> str:
    """The forecast in one sentence: the pace, and when the target, or the whole, would be reached at it."""
    ahead, goal = series.forecast, series.goal
    if ahead is None:
        return str(_("Not enough figures for a forecast: it takes six of the last twelve months."))
    if goal and goal.reach is Reach.REACHED and not ahead.pace.per_month:
        return _goal_told(series)
    unit = unit_of(series)
    name = _("points a month") if unit == "%" else _("%(unit)s a month", unit=unit_sign(unit))
    pace = _(
        "Pace of the last %(count)s figures: %(pace)s %(name)s (%(low)s to %(high)s).",
        count=ahead.pace.points,
        pace=signed(ahead.pace.per_month, 2),
        low=signed(ahead.pace.low, 2),
        high=signed(ahead.pace.high, 2),
        name=name,
    )
    return f"{pace} {_goal_told(series)}" if goal else str(pace)


def _goal_told(series: Series) -> str:
    goal = series.goal
    assert goal is not None  # noqa: S101 - asked by the caller
    what = {"goal": measure(goal.value, unit_of(series), 0)}
    aim = _("The target of %(goal)s", **what) if series.target else what["goal"]
    if goal.reach is Reach.REACHED:
        return str(_("%(aim)s is reached.", aim=aim))
    if goal.reach is Reach.AHEAD and goal.day:
        months = max(round((goal.day - series.moment.as_of).days / MONTH_DAYS), 0)
        span = ngettext("%(num)s month", "%(num)s months", months)
        return str(
            _("%(aim)s would be reached on %(day)s at this pace (in %(span)s).", aim=aim, day=day(goal.day), span=span)
        )
    if goal.reach is Reach.FAR:
        return str(_("%(aim)s would be reached in more than ten years at this pace.", aim=aim))
    return str(_("%(aim)s is not reached at this pace.", aim=aim))


def method_of_forecast() -> str:
    """The method in one sentence, shown under every chart with a forecast."""
    return str(
        _(
            "Method: median of the slopes between every two figures of the last 12 months (Theil–Sen), with its "
            "interval of 90 per cent, drawn on in a straight line; it knows nothing of plans."
        )
    )
