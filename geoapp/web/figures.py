"""Where a figure comes from: a page, the same as JSON, its series, and the chart of it."""

import json
from typing import Any, cast

from flask import Blueprint, Flask, Response, render_template, request, url_for

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.kinds import SubjectKind
from geoapp.maps.style import Plain
from geoapp.services.series import PROVINCE, WASTEWATER, FigureRequest
from geoapp.web.api import atlas, conditional
from geoapp.web.api_docs import CLOCKS, check_names, documented
from geoapp.web.charts import (
    SCHEMES,
    chart_of,
    code_of,
    forecast_told,
    method_of_forecast,
    title_of,
    unit_of,
)
from geoapp.web.figure_json import card_as_json, series_as_json
from geoapp.web.languages import check_language
from geoapp.web.page_parts import begin, chart_files, kept, plain
from geoapp.web.params import parse_asked, parse_choice, query_of
from geoapp.web.permissions import needs
from geoapp.web.words import place_words

figures = Blueprint("figures", __name__)
_KINDS = ", ".join(SubjectKind)
_WHERE = f"<any({_KINDS}):kind>/<path:name>/<indicator>"


def use_figures(app: Flask) -> None:
    """What templates may ask about figures."""
    app.jinja_env.globals |= {
        "figure_address": figure_address,
        "chart_files": chart_files,
        "place_words": place_words,
        "figure_json_address": figure_json_address,
        "chart_part_address": chart_part_address,
        "forecast_told": forecast_told,
        "forecast_method": method_of_forecast,
        "indicator_title": title_of,
        "series_code": code_of,
        "series_unit": unit_of,
        "PROVINCE": PROVINCE,
        "WASTEWATER": WASTEWATER,
    }


@figures.get(f"/figures/{_WHERE}", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
def figure(kind: str, name: str, indicator: str) -> str:
    """All that is known of a figure as a page; the same part is shown over other pages."""
    asked = begin()
    card = atlas().figure(FigureRequest(kind, plain(name), plain(indicator), asked))
    return render_template("figure_page.html", card=card, page=card, keep=query_of(asked))


@figures.get(f"/api/figures/{_WHERE}", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
@documented(
    N_("All that is known of a figure: value, method, source, batch, earlier values, other sources."),
    {"application/json": {"type": "object"}},
    takes=CLOCKS,
)
def figure_json(kind: str, name: str, indicator: str) -> Response:
    """All that is known of a figure."""
    check_names()
    return _answer(card_as_json(atlas().figure(_asked(kind, name, indicator))))


@figures.get(f"/api/series/{_WHERE}", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
@documented(
    N_("A figure over time with quality, source, and what is expected at the present pace."),
    {"application/json": {"type": "object"}},
    takes=CLOCKS,
)
def series_json(kind: str, name: str, indicator: str) -> Response:
    """The figures behind a chart: values, days, quality, source, and what is expected at today's pace."""
    check_names()
    return _answer(series_as_json(atlas().series(_asked(kind, name, indicator))))


@figures.get(f"/charts/{_WHERE}", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
def chart_part(kind: str, name: str, indicator: str) -> str:
    """The chart of a figure with its forecast in words and its table, to be put into a page. ``?scheme=`` as below."""
    scheme = _scheme()
    series = atlas().series(_asked(kind, name, indicator))
    return render_template("chart_part.html", series=series, spec=chart_of(series, scheme))


@figures.get(f"/api/charts/{_WHERE}", merge_slashes=False)
@needs(Permission.READ_PUBLIC)
@documented(
    N_("The chart of a figure as a Vega-Lite specification."),
    {"application/json": {"type": "object"}},
    takes=(*CLOCKS, "scheme"),
)
def chart(kind: str, name: str, indicator: str) -> Response:
    """The chart of a figure as a Vega-Lite specification. ``?scheme=dark`` for dark ground."""
    check_names()
    return _answer(chart_of(atlas().series(_asked(kind, name, indicator)), _scheme()))


def _scheme() -> str:
    return parse_choice(request.args, "scheme", list(SCHEMES)) or SCHEMES[0]


def figure_address(kind: str, name: str, indicator: str) -> str:
    """The page of a figure, on the day that is shown."""
    return _address("figures.figure", kind, name, indicator)


def figure_json_address(kind: str, name: str, indicator: str) -> str:
    """The same for programs."""
    return _address("figures.figure_json", kind, name, indicator)


def chart_part_address(kind: str, name: str, indicator: str) -> str:
    """The chart of a figure with its table, to be put into a page."""
    return _address("figures.chart_part", kind, name, indicator)


def _address(endpoint: str, kind: str, name: str, indicator: str) -> str:
    return url_for(endpoint, kind=kind, name=name, indicator=indicator, **cast("dict[str, Any]", kept()))


def _asked(kind: str, name: str, indicator: str) -> FigureRequest:
    check_language()
    return FigureRequest(kind, plain(name), plain(indicator), parse_asked(request.args))


def _answer(body: Plain) -> Response:
    return conditional(json.dumps(body, ensure_ascii=False, default=str), "application/json")
