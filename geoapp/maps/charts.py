"""Charts as Vega-Lite specifications: plain JSON, the same on a page and in a report; no library is needed to write it.

A chart tells of one share or flow over time: the series of the current figure, figures of other sources as points of
their own, the target, and what is expected at today's pace. How sure a figure is, its shape says, not colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geoapp.maps.style import Plain

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Shape and filling by quality; in the order of the legend.
_SHAPES = {"official": "circle", "published": "diamond", "estimated": "triangle-up", "demo": "circle"}
_FILLED = ("official", "published", "estimated")
_WHOLE = 100
_ROOM = 92
_HEIGHT = 140
_LEGEND = {"orient": "bottom", "direction": "horizontal"}


@dataclass(frozen=True)
class Look:
    """Colours of a chart, and the typeface."""

    series: str
    other: str
    ink: str
    secondary: str
    line: str
    surface: str
    target: str
    font: str = "Be Vietnam Pro, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class ChartMark:
    """A figure, as the tooltip tells of it too; ``is_main``: of the series of the current figure."""

    day: date
    value: float
    quality: str
    is_main: bool
    label: str
    source: str
    told_day: str


@dataclass(frozen=True)
class ChartAhead:
    """What is expected on a day, with its interval."""

    day: date
    value: float
    low: float
    high: float
    label: str
    told_day: str


@dataclass(frozen=True)
class Chart:
    """What a chart shows. ``target``: a value, or a range; ``limit``: a line that is no target, as a capacity."""

    description: str
    unit: str
    is_share: bool
    marks: Sequence[ChartMark]
    ahead: Sequence[ChartAhead]
    until: date
    target: tuple[float, float | None] | None
    target_label: str
    limit: float | None
    limit_label: str
    words: Mapping[str, str]


def build_chart(chart: Chart, look: Look, *, height: int = _HEIGHT) -> Plain:
    """The specification. ``words``: value, date, source, quality, forecast, series, other, and each quality."""
    layers = [*_target(chart, look), *_limit(chart, look), *_ahead(chart, look), *_series(chart, look)]
    return {
        "$schema": SCHEMA,
        "description": chart.description,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "data": {"values": _rows(chart)},
        "encoding": {"x": _time(chart)},
        "layer": layers,
        "config": _config(look),
    }


def _time(chart: Chart) -> Plain:
    # One time for all: a day is no moment, so no time zone may move it.
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [_start(chart).isoformat(), chart.until.isoformat()], "clamp": False},
        "axis": {"title": None, "format": "%m/%Y", "tickCount": 5, "grid": False, "labelFlush": True},
    }


def _start(chart: Chart) -> date:
    """Where the series begins; a single figure of long ago does not push it into a corner."""
    main = [mark.day for mark in chart.marks if mark.is_main]
    return min(main or [mark.day for mark in chart.marks] or [chart.until])


def _value(chart: Chart, field: str = "value") -> Plain:
    values = [mark.value for mark in chart.marks] + [ahead.value for ahead in chart.ahead]
    top = _WHOLE if chart.is_share else max([*values, chart.limit or 0, 1]) * 1.1
    scale = {"domain": [0, top], "nice": not chart.is_share, "zero": True}
    axis = {"title": chart.unit, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -6, "titleX": 0}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": {**axis, "tickCount": 5, "format": ",~f"}}


def _target(chart: Chart, look: Look) -> list[Plain]:
    if chart.target is None:
        return []
    lower, upper = chart.target
    ends = [{"day": day.isoformat(), "lower": lower, "upper": upper or lower} for day in (_start(chart), chart.until)]
    line: Plain = {"type": "line", "color": look.target, "strokeDash": [6, 3], "strokeWidth": 1.5}
    band: Plain = {"type": "area", "color": look.target, "opacity": 0.16}
    drawn: list[Plain] = []
    if upper is not None:
        span = {"y": _value(chart, "lower"), "y2": {"field": "upper"}}
        drawn.append({"data": {"values": ends}, "mark": band, "encoding": span})
    drawn.append({"data": {"values": ends}, "mark": line, "encoding": {"y": _value(chart, "lower")}})
    return [
        *drawn,
        _said(chart, look, (lower + (upper or lower)) / 2, chart.target_label, is_in_band=upper is not None),
    ]


def _limit(chart: Chart, look: Look) -> list[Plain]:
    if chart.limit is None:
        return []
    ends = [{"day": day.isoformat(), "value": chart.limit} for day in (_start(chart), chart.until)]
    line = {"type": "line", "color": look.ink, "strokeWidth": 1}
    drawn = {"data": {"values": ends}, "mark": line, "encoding": {"y": _value(chart)}}
    return [drawn, _said(chart, look, chart.limit, chart.limit_label, is_in_band=False)]


def _said(chart: Chart, look: Look, value: float, label: str, *, is_in_band: bool) -> Plain:
    """What a line means, at its end, where only the forecast lies: in its band, above it, or below it at the top."""
    rows = [{"day": chart.until.isoformat(), "value": value, "label": label}]
    is_high = chart.is_share and value > _ROOM
    base, shift = ("middle", 0) if is_in_band else ("top", 4) if is_high else ("bottom", -3)
    text: Plain = {"type": "text", "align": "right", "baseline": base, "dx": -4, "dy": shift, "color": look.secondary}
    return {"data": {"values": rows}, "mark": text, "encoding": {"y": _value(chart), "text": {"field": "label"}}}


def _ahead(chart: Chart, look: Look) -> list[Plain]:
    if not chart.ahead:
        return []
    last = max((mark for mark in chart.marks if mark.is_main), key=lambda mark: mark.day)
    start = {"day": last.day.isoformat(), "value": last.value, "low": last.value, "high": last.value}
    rows = [{**start, "label": last.label, "when": last.told_day}]
    rows += [
        {"day": a.day.isoformat(), "value": a.value, "low": a.low, "high": a.high, "label": a.label, "when": a.told_day}
        for a in chart.ahead
    ]
    band = {"type": "area", "color": look.series, "opacity": 0.16, "line": False}
    line = {"type": "line", "color": look.series, "strokeDash": [2, 3], "strokeWidth": 1.5}
    tip = [{"field": "when", "title": chart.words["date"]}, {"field": "label", "title": chart.words["forecast"]}]
    dots = {"type": "point", "size": 60, "opacity": 0}
    return [
        {
            "data": {"values": rows},
            "mark": band,
            "encoding": {"y": _value(chart, "low"), "y2": {"field": "high"}},
        },
        {"data": {"values": rows}, "mark": line, "encoding": {"y": _value(chart)}},
        {
            "data": {"values": rows[1:]},
            "mark": dots,
            "encoding": {"y": _value(chart), "tooltip": tip},
        },
    ]


def _series(chart: Chart, look: Look) -> list[Plain]:
    line = {"type": "line", "color": look.series, "strokeWidth": 2}
    is_main = {"filter": f"datum.series === {_text(chart.words['series'])}"}
    point = {"type": "point", "size": 34, "strokeWidth": 1.4, "opacity": 1}
    return [
        {"transform": [is_main], "mark": line, "encoding": {"y": _value(chart)}},
        {"mark": point, "encoding": {"y": _value(chart), **_points(chart, look)}},
    ]


def _rows(chart: Chart) -> list[Plain]:
    first = _start(chart)
    return [
        {
            "day": mark.day.isoformat(),
            "value": mark.value,
            "quality": chart.words[mark.quality],
            "series": chart.words["series" if mark.is_main else "other"],
            "label": mark.label,
            "when": mark.told_day,
            "source": mark.source,
        }
        for mark in chart.marks
        if mark.day >= first
    ]


def _points(chart: Chart, look: Look) -> Plain:
    """Shape says how sure a figure is, colour whose it is; what is demonstration is hollow."""
    drawn = [mark for mark in chart.marks if mark.day >= _start(chart)]
    there = [quality for quality in _SHAPES if any(mark.quality == quality for mark in drawn)]
    names = [chart.words[quality] for quality in there]
    owners = [chart.words["series"], chart.words["other"]]
    has_others = any(not mark.is_main for mark in drawn)
    colours = {"domain": owners, "range": [look.series, look.other]}
    filled = [chart.words[quality] for quality in _FILLED]
    tests = [f"datum.series === {_text(owner)} && indexof({_list(filled)}, datum.quality) >= 0" for owner in owners]
    paints = zip(tests, (look.series, look.other), strict=True)
    return {
        "shape": {
            "field": "quality",
            "type": "nominal",
            "title": None,
            "scale": {"domain": names, "range": [_SHAPES[quality] for quality in there]},
            "legend": {
                **_LEGEND,
                "encoding": {"symbols": {"stroke": {"value": look.ink}, "fill": _symbols(chart, look)}},
            },
        },
        "stroke": {
            "field": "series",
            "type": "nominal",
            "title": None,
            "scale": colours,
            "legend": {**_LEGEND, "symbolType": "stroke", "symbolStrokeWidth": 3} if has_others else None,
        },
        "fill": {"condition": [{"test": test, "value": paint} for test, paint in paints], "value": look.surface},
        "tooltip": [
            {"field": "when", "title": chart.words["date"]},
            {"field": "label", "title": chart.words["value"]},
            {"field": "quality", "title": chart.words["quality"]},
            {"field": "source", "title": chart.words["source"]},
        ],
    }


def _symbols(chart: Chart, look: Look) -> Plain:
    """In the legend too what is demonstration is hollow."""
    filled = _list([chart.words[quality] for quality in _FILLED])
    return {"condition": [{"test": f"indexof({filled}, datum.value) >= 0", "value": look.ink}], "value": look.surface}


def _text(value: str) -> str:
    """A text in an expression of Vega; ours come from translations, but may hold quotes all the same."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _config(look: Look) -> Plain:
    told: Plain = {
        "labelColor": look.secondary,
        "titleColor": look.secondary,
        "labelFont": look.font,
        "titleFont": look.font,
    }
    return {
        "font": look.font,
        "view": {"stroke": None},
        "text": {"font": look.font, "fontSize": 11},
        "axis": {**told, "gridColor": look.line, "domainColor": look.line, "tickColor": look.line, "labelFontSize": 11,
                 "titleFontSize": 11, "titleFontWeight": 400},
        "legend": {**told, "labelFontSize": 11, "symbolSize": 50, "offset": 6, "rowPadding": 2, "columnPadding": 12,
                   "labelColor": look.secondary},
    }  # fmt: skip
