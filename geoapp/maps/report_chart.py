"""Charts of a report on paper: lines over time with the values at their ends; repeatable."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

DPI = 200
_MM = 25.4
# Told apart by dash and marker too: reports are printed in black.
_LOOKS = (("#0b6e8a", "solid", "o"), ("#9c6322", (0, (6, 2)), "s"), ("#44719f", (0, (2, 2)), "^"))
_INK, _GRID, _TARGET = "#17212b", "#d9dee3", "#b3261e"
# Labels at the ends keep this far apart, in per cent of the height.
_APART = 7.0


@dataclass(frozen=True)
class PaperLine:
    """A series: its name, days with values, oldest first, and the last value as it is printed."""

    title: str
    points: Sequence[tuple[date, float]]
    last: str


@dataclass(frozen=True)
class PaperChart:
    """A chart of shares from 0 to 100 in its size on paper. ``targets``: lines across; ``regular``: the typeface."""

    lines: Sequence[PaperLine]
    unit: str
    targets: Sequence[float]
    width_mm: float
    height_mm: float
    regular: Path


def draw_chart(chart: PaperChart) -> bytes:
    """A chart as PNG, 200 dots an inch; the same chart gives the same bytes."""
    figure = Figure(figsize=(chart.width_mm / _MM, chart.height_mm / _MM), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.06, 0.1, 0.83, 0.74))
    _frame(axes, chart)
    for line, (colour, dash, marker) in zip(chart.lines, _LOOKS, strict=False):
        days = [_number(day) for day, _ in line.points]
        values = [value for _, value in line.points]
        axes.plot(days, values, color=colour, linestyle=dash, linewidth=1.6, label=line.title, zorder=3)
        axes.plot(days[-1:], values[-1:], color=colour, marker=marker, markersize=5, zorder=4, clip_on=False)
    _ends(axes, chart)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.02), ncols=3, frameon=False, prop=_font(chart, 8.5), borderaxespad=0
    )
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=DPI, metadata={"Software": None})
    return target.getvalue()


def _frame(axes: Axes, chart: PaperChart) -> None:
    days = [day for line in chart.lines for day, _ in line.points]
    first, last = min(days), max(days)
    axes.set_xlim(_number(first), _number(last) + 1)
    axes.set_ylim(0, 100)
    marks = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    shown = [mark for mark in marks if first <= mark <= last]
    axes.set_xticks(
        [_number(mark) for mark in shown], [f"{mark:%m/%Y}" for mark in shown], fontproperties=_font(chart, 8)
    )
    axes.set_yticks(range(0, 101, 20), [str(value) for value in range(0, 101, 20)], fontproperties=_font(chart, 8))
    axes.text(
        -0.005, 1.02, chart.unit, transform=axes.transAxes, fontproperties=_font(chart, 8.5), ha="right", va="bottom"
    )
    axes.grid(axis="y", color=_GRID, linewidth=0.6)
    axes.tick_params(length=2, color=_INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for value in chart.targets:
        axes.axhline(value, color=_TARGET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=2)


def _ends(axes: Axes, chart: PaperChart) -> None:
    """The last value of each line to the right of it, never one on the other."""
    places = sorted(
        ((line.points[-1][1], line.last, look[0]) for line, look in zip(chart.lines, _LOOKS, strict=False)),
        key=lambda place: place[0],
    )
    below = -_APART
    for value, told, colour in places:
        height = max(value, below + _APART)
        below = height
        axes.annotate(
            told, (1.012, height), xycoords=("axes fraction", "data"), fontproperties=_font(chart, 9), color=colour,
            va="center", ha="left", annotation_clip=False,
        )  # fmt: skip


def _font(chart: PaperChart, size: float) -> FontProperties:
    return FontProperties(fname=str(chart.regular), size=size)


def _number(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]
