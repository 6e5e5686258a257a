"""Maps on paper: the plots of a case among their neighbours, with what a map must carry; repeatable."""

import io
import math
from collections.abc import Sequence

import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from geoapp.catalog.model import Pattern, StyleClass
from geoapp.core.coordinates import ZONES
from geoapp.errors import N_
from geoapp.maps.print_sheet import FRAME_MM, SHEET_MM, PrintedMap, PrintedPlot, on_paper, round_step, view_of

DPI = 200
_MM = 25.4
OWN = "#b3261e"
_LINES = "#3a4550"
_DASHED = (0, (6, 4))
_HATCHES = {Pattern.NONE: None, Pattern.HATCH: "////", Pattern.CROSS: "xxxx", Pattern.DOTS: "...."}
_INSET_MM = 36.0
_SCALE = N_("Scale")
# Smaller plots on paper have no code: it would not fit.
_LABEL_MM = 7.0
# Nearer to the frame a code would be cut.
_EDGE_MM = 6.0


def draw_map(sheet: PrintedMap) -> bytes:
    """A map as PNG, ``SHEET_MM`` at 200 dots an inch."""
    return _Drawing(sheet).png()


class _Drawing:
    """One map while it is drawn."""

    def __init__(self, sheet: PrintedMap) -> None:
        self.sheet = sheet
        self.view = view_of(on_paper(sheet.land, sheet.epsg))
        self.figure = Figure(figsize=(SHEET_MM[0] / _MM, SHEET_MM[1] / _MM), dpi=DPI, facecolor="white")
        self.canvas = FigureCanvasAgg(self.figure)

    def png(self) -> bytes:
        """The whole sheet."""
        axes = self._axes(*FRAME_MM)
        axes.set_xlim(self.view.west, self.view.east)
        axes.set_ylim(self.view.south, self.view.north)
        self._ground(axes)
        self._grid(axes)
        self._overview()
        self._legend()
        self._scale_bar()
        self._notes()
        target = io.BytesIO()
        self.figure.savefig(target, format="png", dpi=DPI, metadata={"Software": None})
        return target.getvalue()

    def font(self, size: float, *, bold: bool = False) -> FontProperties:
        """The typeface of the document in a size in points."""
        return FontProperties(fname=str(self.sheet.bold if bold else self.sheet.regular), size=size)

    def _axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        sheet_width, sheet_height = SHEET_MM
        box = (left / sheet_width, bottom / sheet_height, width / sheet_width, height / sheet_height)
        axes = self.figure.add_axes(box)
        axes.set_xticks([])
        axes.set_yticks([])
        return axes

    def _ground(self, axes: Axes) -> None:
        """Park, neighbours, and on top of all the land of the case."""
        sheet = self.sheet
        if sheet.park is not None:
            self._park(axes, 1.6)
        for plot in sorted(sheet.plots, key=lambda plot: (plot.is_own, plot.code)):
            outline = on_paper(plot.outline, sheet.epsg)
            if outline.intersects(self.view.box):
                self._plot(axes, plot, outline)
        land = on_paper(sheet.land, sheet.epsg)
        axes.add_patch(PathPatch(_outline_of(land), fill=False, edgecolor=OWN, linewidth=2.6, zorder=5))

    def _park(self, axes: Axes, width: float) -> None:
        outline = on_paper(self.sheet.park, self.sheet.epsg) if self.sheet.park is not None else shapely.Polygon()
        style = _DASHED if self.sheet.park_approximate else "solid"
        axes.add_patch(
            PathPatch(
                _outline_of(outline),
                facecolor="#f6f7f8",
                edgecolor="#17212b",
                linewidth=width,
                linestyle=style,
                zorder=1,
            )
        )

    def _plot(self, axes: Axes, plot: PrintedPlot, outline: BaseGeometry) -> None:
        axes.add_patch(
            PathPatch(
                _outline_of(outline),
                facecolor=plot.style.fill or "none",
                edgecolor=plot.style.stroke or _LINES,
                hatch=_HATCHES[plot.style.pattern],
                linewidth=0.8,
                linestyle=_DASHED if plot.approximate else "solid",
                zorder=2,
            )
        )
        place = shapely.intersection(outline, self.view.box).representative_point()
        room_mm = math.sqrt(outline.area) * 1000 / self.view.scale
        inner = self.view.box.buffer(-_EDGE_MM * self.view.scale / 1000)
        if plot.is_own or (room_mm >= _LABEL_MM and inner.contains(place)):
            axes.text(
                place.x,
                place.y,
                plot.code,
                fontproperties=self.font(10 if plot.is_own else 7, bold=plot.is_own),
                color=OWN if plot.is_own else "#17212b",
                ha="center",
                va="center",
                zorder=6,
                clip_on=True,
                path_effects=[withStroke(linewidth=2, foreground="white")],
            )

    def _grid(self, axes: Axes) -> None:
        """Coordinates of VN-2000 at the edges and small crosses where they meet."""
        view = self.view
        step = round_step((view.east - view.west) / 3)
        easts = _multiples(view.west, view.east, step)
        norths = _multiples(view.south, view.north, step)
        for east in easts:
            axes.text(east, view.north, _metres(east), fontproperties=self.font(7), ha="center", va="bottom")
            axes.plot([east, east], [view.north, view.north - 2 * view.scale / 1000], color="#17212b", linewidth=0.6)
        for north in norths:
            axes.text(
                view.west, north, _metres(north), fontproperties=self.font(7), ha="right", va="center", rotation=90
            )
            axes.plot([view.west, view.west + 2 * view.scale / 1000], [north, north], color="#17212b", linewidth=0.6)
        across = [east for east in easts for _ in norths]
        axes.scatter(across, norths * len(easts), s=30, marker="+", color="#17212b", linewidth=0.5, zorder=4)

    def _overview(self) -> None:
        """The whole park, small, with the frame of the map in it; only where the map shows a part of it."""
        if self.sheet.park is None:
            return
        park = on_paper(self.sheet.park, self.sheet.epsg)
        if self.view.box.contains(park):
            return
        left, bottom, width, height = FRAME_MM
        axes = self._axes(left + width - _INSET_MM, bottom + height - _INSET_MM, _INSET_MM, _INSET_MM)
        axes.set_facecolor("white")
        self._park(axes, 0.9)
        view = self.view
        axes.add_patch(
            Rectangle(
                (view.west, view.south), view.east - view.west, view.north - view.south,
                fill=False, edgecolor="#17212b", linewidth=0.8, zorder=3,
            )
        )  # fmt: skip
        land = on_paper(self.sheet.land, self.sheet.epsg)
        axes.add_patch(PathPatch(_outline_of(land), facecolor=OWN, edgecolor=OWN, linewidth=1, zorder=4))
        _fit(axes, shapely.union_all([park, view.box]))

    def _legend(self) -> None:
        """The classes that are on the map, what is highlighted, and what dashes mean."""
        axes = self._axes(0, 0, 92, 41)
        _bare(axes, 92, 41)
        say = self.sheet.say
        axes.text(0, 39, say(N_("Legend")), fontproperties=self.font(9, bold=True), va="top")
        rows: list[tuple[dict[str, object], str]] = [
            ({"facecolor": "none", "edgecolor": OWN, "linewidth": 2.2}, say(N_("Land of the case"))),
            (
                {"facecolor": "#f6f7f8", "edgecolor": "#17212b", "linewidth": 1.4, "linestyle": self._park_line()},
                say(N_("Outline of the park")),
            ),
        ]
        for style in self._classes():
            look = {
                "facecolor": style.fill or "none", "edgecolor": style.stroke or _LINES, "linewidth": 0.8,
                "hatch": _HATCHES[style.pattern],
            }  # fmt: skip
            rows.append((look, style.label.text(self.sheet.language)))
        for place, (look, text) in enumerate(rows):
            x, y = (0 if place < 6 else 47), 32.5 - (place % 6) * 5.6
            axes.add_patch(Rectangle((x + 0.5, y - 1.6), 7, 3.6, **look))  # type: ignore[arg-type]
            axes.text(x + 9.5, y, text, fontproperties=self.font(8), va="center")

    def _classes(self) -> Sequence[StyleClass]:
        """The classes of what is to be seen."""
        sheet = self.sheet
        shown = {plot.style.key for plot in sheet.plots if on_paper(plot.outline, sheet.epsg).intersects(self.view.box)}
        return [style for style in sheet.classes if style.key in shown]

    def _park_line(self) -> object:
        return _DASHED if self.sheet.park_approximate else "solid"

    def _is_rough(self) -> bool:
        return self.sheet.park_approximate or any(plot.approximate for plot in self.sheet.plots)

    def _scale_bar(self) -> None:
        """The scale as number and bar, and where north is."""
        axes = self._axes(94, 22, 71, 19)
        _bare(axes, 71, 19)
        scale = self.view.scale
        length = round_step(40 * scale / 1000)
        width = length * 1000 / scale
        told = f"{scale:,}".replace(",", "\u2009" if self.sheet.language == "en" else ".")
        axes.text(0, 17, f"{self.sheet.say(_SCALE)} 1:{told}", fontproperties=self.font(10, bold=True), va="top")
        for part in range(4):
            axes.add_patch(
                Rectangle(
                    (part * width / 4, 6), width / 4, 1.6,
                    facecolor="#17212b" if part % 2 == 0 else "white", edgecolor="#17212b", linewidth=0.6,
                )
            )  # fmt: skip
        for share in (0, 0.5, 1):
            unit = " m" if share == 1 else ""
            axes.text(share * width, 5, f"{length * share:g}{unit}", fontproperties=self.font(8), ha="center", va="top")
        axes.annotate(
            "", xy=(62, 15), xytext=(62, 2), arrowprops={"arrowstyle": "-|>", "color": "#17212b", "linewidth": 1.4}
        )
        letter = self.sheet.say(N_("N (north)")).split(" ")[0]
        axes.text(62, 15.4, letter, fontproperties=self.font(10, bold=True), ha="center", va="bottom")

    def _notes(self) -> None:
        """System of coordinates, day and quality of the data."""
        axes = self._axes(94, 0, 71, 21)
        _bare(axes, 71, 21)
        say = self.sheet.say
        meridian = ZONES[self.sheet.epsg]
        degrees = f"{int(meridian)}°{round(meridian % 1 * 60):02d}'"
        notes = [
            say(N_("VN-2000, zone of 3°, central meridian %(meridian)s")) % {"meridian": degrees},
            say(N_("Grid in metres; north is that of the grid")),
            say(N_("Data to %(day)s")) % {"day": self.sheet.as_of.strftime("%d/%m/%Y")},
            say(N_("Dashed: approximate outline, not surveyed")) if self._is_rough() else "",
            self.sheet.data_note,
        ]
        for place, note in enumerate(filter(None, notes)):
            axes.text(0, 20.5 - place * 4.3, note, fontproperties=self.font(8), va="top")


def _outline_of(shape: BaseGeometry) -> Outline:
    """A polygon or several, holes left out, as one outline."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if isinstance(part, shapely.Polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    if not rings:
        return Outline([(0.0, 0.0)])
    return Outline.make_compound_path(
        *(Outline([tuple(point) for point in ring.coords], closed=True) for ring in rings)
    )


def _fit(axes: Axes, shape: BaseGeometry) -> None:
    """Show a shape in a square with a little room around it."""
    west, south, east, north = shape.bounds
    half = max(east - west, north - south) * 0.54
    x, y = (west + east) / 2, (south + north) / 2
    axes.set_xlim(x - half, x + half)
    axes.set_ylim(y - half, y + half)


def _bare(axes: Axes, width: float, height: float) -> None:
    """A part of the sheet that is measured in millimetres and has no frame."""
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_axis_off()


def _multiples(low: float, high: float, step: float) -> list[float]:
    """Round values within bounds, not too near to them."""
    edge = (high - low) * 0.03
    first, last = math.ceil((low + edge) / step), math.floor((high - edge) / step)
    return [place * step for place in range(first, last + 1)]


def _metres(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u2009")
