"""Targets on pages: all of them, how one is made, its chart."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from geoapp.core.permissions import Permission
from geoapp.maps.charts import Chart, ChartAhead, ChartMark, build_chart
from geoapp.maps.style import Plain
from geoapp.services.target_board import TargetCard
from geoapp.web.charts import SCHEMES, look_of
from geoapp.web.formats import day, unit_sign
from geoapp.web.page_parts import begin, code_label, plain
from geoapp.web.params import parse_choice, parse_day, query_of
from geoapp.web.permissions import needs
from geoapp.web.targets.room import board, person, targets
from geoapp.web.targets.target_words import amount, interval, value

_INK = ("#0b6e8a", "#5cbcd6")


@targets.get("/targets")
@needs(Permission.REPORT_READ)
def show() -> str:
    """Every target in force on the day, and the land that filling the parks takes."""
    asked = begin()
    found = board().page(person(), asked, parse_day(request.args, "until"))
    return render_template("targets/targets.html", page=None, found=found, keep=query_of(asked))


@targets.get("/targets/<code>")
@needs(Permission.REPORT_READ)
def one(code: str) -> str:
    """How one target is made: its rows, its months, its values so far."""
    asked = begin()
    card = board().card(person(), plain(code), asked)
    return render_template(
        "targets/target.html", page=None, card=card, state=card.state, spec=_chart(card), keep=query_of(asked)
    )


@targets.get("/targets/<code>/chart")
@needs(Permission.REPORT_READ)
def chart_part(code: str) -> str:
    """The chart of a target, to be put into its page. ``?scheme=dark`` for dark ground."""
    asked = begin()
    return render_template("targets/chart.html", spec=_chart(board().card(person(), plain(code), asked)))


def _chart(card: TargetCard) -> Plain:
    scheme = parse_choice(request.args, "scheme", list(SCHEMES)) or SCHEMES[0]
    state, ahead = card.state, card.state.forecast
    held = state.cumulative or state.actual
    quality = held.quality if held else "estimated"
    marks = [
        ChartMark(
            point.day, point.value, quality, True, amount(point.value, state.unit), _("figure held"), day(point.day)
        )
        for point in card.points
    ]
    coming = [_ahead(ahead, state.unit)] if ahead else []
    if ahead and marks:
        # The line begins where the figures end.
        last = card.points[-1]
        told = amount(last.value, state.unit)
        coming.insert(0, ChartAhead(last.day, last.value, last.value, last.value, told, day(last.day)))
    chart = Chart(
        description=str(_("%(target)s: figures so far, the target and the forecast.", target=state.code)),
        unit=unit_sign(state.unit),
        is_share=state.unit == "%",
        marks=marks,
        ahead=coming,
        until=ahead.day if ahead else card.moment.as_of,
        target=(state.value, None),
        target_label=str(_("target %(value)s", value=value(state))),
        limit=None,
        limit_label="",
        words=_words(),
    )
    return build_chart(chart, look_of(scheme, _INK))


def _ahead(one: Any, unit: str) -> ChartAhead:
    told = f"{amount(one.value, unit)} ({interval(one, unit)})"
    return ChartAhead(one.day, one.value, one.low, one.high, told, day(one.day))


def _words() -> dict[str, str]:
    told = {
        "value": str(_("Value")),
        "date": str(_("Date")),
        "source": str(_("Source")),
        "quality": str(_("Quality")),
        "forecast": str(_("Forecast")),
        "series": str(_("figure held")),
        "other": str(_("other sources")),
    }
    return told | {code: code_label("quality", code) for code in ("official", "published", "estimated", "demo")}
