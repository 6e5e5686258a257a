"""The content of a PDF page: the operators for what is drawn, in hundredths of a millimetre."""

import math
from collections.abc import Callable, Iterable

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.ink import Circles, Item, Link, Look, Rings, Shapes, Text, Window
from geoapp.maps.sheet.lettering import MM_PER_PT, runs
from geoapp.maps.sheet.outlines import HALO, HUNDREDTHS, KAPPA, hundredths
from geoapp.maps.sheet.pdf_fonts import PdfFonts

# Points in a unit of the page.
_POINTS = 1 / (MM_PER_PT * HUNDREDTHS)


class PdfPage:
    """The operators of one page. ``pattern``, ``opacity``: give the name of what a look needs in the file."""

    def __init__(self, fonts: PdfFonts, pattern: Callable[[Look], str], opacity: Callable[[float], str]) -> None:
        self._fonts = fonts
        self._pattern = pattern
        self._opacity = opacity
        self._out: list[str] = [f"{_POINTS:.10f} 0 0 {_POINTS:.10f} 0 0 cm 1 j"]
        self.links: list[Link] = []

    def content(self) -> bytes:
        """All operators."""
        return "\n".join(self._out).encode("ascii")

    def draw(self, items: Iterable[Item]) -> None:
        """Write what is drawn."""
        for item in items:
            if isinstance(item, Shapes):
                self._shapes(item)
            elif isinstance(item, Circles):
                self._circles(item)
            elif isinstance(item, Text):
                self._text(item)
            elif isinstance(item, Link):
                self.links.append(item)
            else:
                self._window(item)

    def _window(self, window: Window) -> None:
        box = window.box
        edges = " ".join(f"{round(value * HUNDREDTHS)}" for value in (box.x, box.y, box.width, box.height))
        self._out.append(f"q {edges} re W n")
        self.draw(window.items)
        self._out.append("Q")

    def _shapes(self, item: Shapes) -> None:
        paint = _paint(item.look, closed=item.closed)
        self._out.append(f"q {self._state(item.look)}")
        self._out += [f"{_path(rings, closed=item.closed)} {paint}" for rings in item.shapes]
        self._out.append("Q")

    def _circles(self, item: Circles) -> None:
        paint = _paint(item.look, closed=True)
        radius = item.radius * HUNDREDTHS
        self._out.append(f"q {self._state(item.look)}")
        self._out += [f"{_circle(x, y, radius)} {paint}" for x, y in hundredths(item.centres)]
        self._out.append("Q")

    def _state(self, look: Look) -> str:
        parts = []
        if look.pattern is not Pattern.NONE:
            parts.append(f"/Pattern cs /{self._pattern(look)} scn")
        elif look.fill:
            parts.append(f"{colour(look.fill)} rg")
        if look.stroke:
            parts.append(f"{colour(look.stroke)} RG {look.width * HUNDREDTHS:.0f} w")
        if look.dash:
            parts.append(f"[{' '.join(f'{length * HUNDREDTHS:.0f}' for length in look.dash)}] 0 d")
        if look.opacity < 1:
            parts.append(f"/{self._opacity(look.opacity)} gs")
        return " ".join(parts)

    def _text(self, item: Text) -> None:
        if not item.text:
            return
        size = item.size_pt * MM_PER_PT * HUNDREDTHS
        turn = math.radians(item.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = item.x * HUNDREDTHS, item.y * HUNDREDTHS
        shown = []
        for run in runs(item.text, item.weight):
            name, glyphs = self._fonts.shown(run)
            place = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.0f} {y:.0f} Tm"
            shown.append(f"/{name} {size:.1f} Tf {place} <{glyphs}> Tj")
            x, y = x + run.width * size * cos, y + run.width * size * sin
        letters = " ".join(shown)
        if item.halo:
            # The halo is no text: readers that copy the page are told that it says nothing.
            around = f"q {colour(item.halo)} RG {size * HALO:.0f} w BT 1 Tr {letters} ET Q"
            self._out.append(f"/Span << /ActualText () >> BDC {around} EMC")
        self._out.append(f"BT {colour(item.colour)} rg {letters} ET")


def colour(code: str) -> str:
    """#rrggbb as three shares."""
    return " ".join(f"{int(code[i : i + 2], 16) / 255:.3g}" for i in (1, 3, 5))


def _paint(look: Look, *, closed: bool) -> str:
    fills = closed and (look.fill is not None or look.pattern is not Pattern.NONE)
    if fills:
        return "B*" if look.stroke and look.width else "f*"
    return "S" if look.stroke and look.width else "n"


def _path(rings: Rings, *, closed: bool) -> str:
    parts = []
    for ring in rings:
        points = hundredths(ring)
        if closed and points[0] == points[-1]:
            del points[-1]
        parts.append(f"{points[0][0]} {points[0][1]} m")
        parts += [f"{x} {y} l" for x, y in points[1:]]
        if closed:
            parts.append("h")
    return " ".join(parts)


def _circle(x: float, y: float, radius: float) -> str:
    bow = radius * KAPPA
    curves = (
        (x + radius, y + bow, x + bow, y + radius, x, y + radius),
        (x - bow, y + radius, x - radius, y + bow, x - radius, y),
        (x - radius, y - bow, x - bow, y - radius, x, y - radius),
        (x + bow, y - radius, x + radius, y - bow, x + radius, y),
    )
    lines = [" ".join(f"{value:.0f}" for value in curve) + " c" for curve in curves]
    return f"{x + radius:.0f} {y:.0f} m {' '.join(lines)} h"
