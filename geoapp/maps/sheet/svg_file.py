"""A drawing as SVG: shapes as paths, text as text, the letters that it uses embedded."""

import base64
import io
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import ClassVar

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.ink import Circles, Item, Link, Look, Rings, Shapes, Text, Window
from geoapp.maps.sheet.lettering import MM_PER_PT, Face, runs
from geoapp.maps.sheet.outlines import DOT_RADIUS, DOTS, HALO, HUNDREDTHS, LINES, PX_MM, TILE_PX, hundredths
from geoapp.maps.sheet.pdf_book import Drawn


def write_svg(page: Drawn, *, title: str, language: str) -> bytes:
    """The drawing as a file."""
    return _Svg(page).file(title, language)


class _Svg:
    """One file. Coordinates are hundredths of a millimetre from above."""

    _WEIGHTS: ClassVar = {"BeVietnamPro-SemiBold": 600, "DejaVuSans-Bold": 700}

    def __init__(self, page: Drawn) -> None:
        self._page = page
        self._height = page.height_mm * HUNDREDTHS
        self._out: list[str] = []
        self._patterns: dict[str, str] = {}
        self._windows = 0
        self._letters: dict[Face, set[str]] = {}

    def file(self, title: str, language: str) -> bytes:
        """Everything, in order: head, fonts, patterns, drawing."""
        page = self._page
        self._draw(page.items)
        width, height = page.width_mm, page.height_mm
        size = f'width="{width:g}mm" height="{height:g}mm"'
        view = f'viewBox="0 0 {width * HUNDREDTHS:.0f} {height * HUNDREDTHS:.0f}"'
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} xml:lang="{escape(language)}">',
            f"<title>{escape(title)}</title>",
            "<style>text{font-kerning:none;white-space:pre}" + "".join(self._faces()) + "</style>",
            f"<defs>{''.join(self._patterns.values())}</defs>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            '<g stroke-linejoin="round">',
            *self._out,
            "</g></svg>",
        ]
        return "\n".join(parts).encode("utf-8")

    def _faces(self) -> Iterable[str]:
        for face in sorted(self._letters, key=lambda one: one.name):
            data = base64.b64encode(_letters_of(face, "".join(sorted(self._letters[face])))).decode("ascii")
            family, weight = face.name, self._WEIGHTS.get(face.name, 400)
            yield f'@font-face{{font-family:"{family}";font-weight:{weight};src:url(data:font/ttf;base64,{data})}}'

    def _draw(self, items: Iterable[Item]) -> None:
        for item in items:
            if isinstance(item, Shapes):
                self._shapes(item)
            elif isinstance(item, Circles):
                self._circles(item)
            elif isinstance(item, Text):
                self._text(item)
            elif isinstance(item, Link):
                self._link(item)
            else:
                self._window(item)

    def _window(self, window: Window) -> None:
        self._windows += 1
        name, box = f"w{self._windows}", window.box
        edges = f'x="{box.x * HUNDREDTHS:.0f}" y="{self._height - box.top * HUNDREDTHS:.0f}"'
        size = f'width="{box.width * HUNDREDTHS:.0f}" height="{box.height * HUNDREDTHS:.0f}"'
        self._out.append(f'<clipPath id="{name}"><rect {edges} {size}/></clipPath><g clip-path="url(#{name})">')
        self._draw(window.items)
        self._out.append("</g>")

    def _shapes(self, item: Shapes) -> None:
        self._out.append(f"<g {self._state(item.look, closed=item.closed)}>")
        self._out += [f'<path d="{self._path(rings, closed=item.closed)}"/>' for rings in item.shapes]
        self._out.append("</g>")

    def _circles(self, item: Circles) -> None:
        radius = item.radius * HUNDREDTHS
        self._out.append(f"<g {self._state(item.look, closed=True)}>")
        self._out += [
            f'<circle cx="{x}" cy="{self._height - y:.0f}" r="{radius:.0f}"/>' for x, y in hundredths(item.centres)
        ]
        self._out.append("</g>")

    def _state(self, look: Look, *, closed: bool) -> str:
        fill = "none"
        if closed:
            fill = f"url(#{self._pattern(look)})" if look.pattern is not Pattern.NONE else (look.fill or "none")
        parts = [f'fill="{fill}"', 'fill-rule="evenodd"']
        if look.opacity < 1:
            parts.append(f'fill-opacity="{look.opacity:g}"')
        if look.stroke and look.width:
            parts.append(f'stroke="{look.stroke}" stroke-width="{look.width * HUNDREDTHS:.0f}"')
        if look.dash:
            parts.append(f'stroke-dasharray="{" ".join(f"{length * HUNDREDTHS:.0f}" for length in look.dash)}"')
        return " ".join(parts)

    def _path(self, rings: Rings, *, closed: bool) -> str:
        parts = []
        for ring in rings:
            points = hundredths(ring)
            if closed and points[0] == points[-1]:
                del points[-1]
            parts.append("M" + "L".join(f"{x} {self._height - y:.0f}" for x, y in points) + ("Z" if closed else ""))
        return "".join(parts)

    def _text(self, item: Text) -> None:
        size = item.size_pt * MM_PER_PT * HUNDREDTHS
        x, y = item.x * HUNDREDTHS, self._height - item.y * HUNDREDTHS
        around = ""
        if item.halo:
            around = f' stroke="{item.halo}" stroke-width="{size * HALO:.0f}" paint-order="stroke"'
        turn = f' transform="rotate({-item.angle:g} {x:.0f} {y:.0f})"' if item.angle else ""
        self._out.append(
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.1f}" fill="{item.colour}"{around}{turn}>'
            + "".join(self._run(run.face, run.text) for run in runs(item.text, item.weight))
            + "</text>"
        )

    def _run(self, face: Face, text: str) -> str:
        self._letters.setdefault(face, set()).update(text)
        family, weight = face.name, self._WEIGHTS.get(face.name, 400)
        return f'<tspan font-family="\'{family}\'" font-weight="{weight}">{escape(text)}</tspan>'

    def _link(self, link: Link) -> None:
        box = link.box
        edges = f'x="{box.x * HUNDREDTHS:.0f}" y="{self._height - box.top * HUNDREDTHS:.0f}"'
        size = f'width="{box.width * HUNDREDTHS:.0f}" height="{box.height * HUNDREDTHS:.0f}"'
        self._out.append(f'<a href="{escape(link.address)}"><rect {edges} {size} fill-opacity="0"/></a>')

    def _pattern(self, look: Look) -> str:
        name = f"p-{look.pattern}{(look.fill or 'none').lstrip('#')}{look.lines.lstrip('#')}"
        if name not in self._patterns:
            scale = PX_MM * self._page.symbol * HUNDREDTHS
            ground = f'<rect width="8" height="8" fill="{look.fill}"/>' if look.fill else ""
            self._patterns[name] = (
                f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{TILE_PX:g}" height="{TILE_PX:g}"'
                f' patternTransform="scale({scale:.5f})">{ground}{_tile(look)}</pattern>'
            )
        return name


def _tile(look: Look) -> str:
    if look.pattern is Pattern.DOTS:
        return "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{DOT_RADIUS:g}" fill="{look.lines}"/>' for x, y in DOTS)
    lines, width = LINES[look.pattern]
    path = "".join(f"M{x1:g} {y1:g}L{x2:g} {y2:g}" for x1, y1, x2, y2 in lines)
    return f'<path d="{path}" stroke="{look.lines}" stroke-width="{width:g}"/>'


@lru_cache(maxsize=64)
def _letters_of(face: Face, letters: str) -> bytes:
    """A font file of some letters, as browsers want it."""
    font = TTFont(io.BytesIO(face.path.read_bytes()), recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    picked = Subsetter(options)
    picked.populate(text=letters)
    picked.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
