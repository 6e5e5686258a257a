"""A drawing as PNG: rendered in bands from above by Matplotlib's Agg and packed while the next band is drawn.

So a sheet of A1 at 600 dots an inch needs the memory of a band, not of the sheet.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, Bbox

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.glyphs import outline_of
from geoapp.maps.sheet.hatching import circle_rings, dots_in, lines_in
from geoapp.maps.sheet.ink import Box, Circles, Item, Look, Rings, Shapes, Text, Window
from geoapp.maps.sheet.lettering import MM_PER_PT
from geoapp.maps.sheet.outlines import DOT_RADIUS, HALO, LINES, PX_MM
from geoapp.maps.sheet.pdf_book import MM_PER_INCH, Drawn

# Bands of about a megapixel and a half pack fastest.
_BAND_ROWS = 300
_ZLIB_LEVEL = 1
_WHITE = (1.0, 1.0, 1.0, 1.0)
# Matplotlib does not say the types of its renderer.
_Renderer: Any = RendererAgg
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_png(page: Drawn, dpi: int, title: str) -> bytes:
    """The drawing as a file; the dots an inch are written into it."""
    width, height = page.size_px(dpi)
    per_metre = round(dpi / MM_PER_INCH * 1000)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [
        _SIGNATURE,
        _chunk(b"IHDR", head),
        _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
        _chunk(b"iTXt", b"Title\0\0\0\0\0" + title.encode("utf-8")),
        *(_chunk(b"IDAT", data) for data in _packed(_bands(page, dpi, (width, height)))),
        _chunk(b"IEND", b""),
    ]
    return b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _packed(bands: Iterable[np.ndarray]) -> Iterator[bytes]:
    """Bands of rows as packed rows; a second thread packs while the next band is drawn.

    Flat colours pack best and fastest without a filter.
    """
    pack = zlib.compressobj(_ZLIB_LEVEL)
    waiting: Future[bytes] | None = None
    with ThreadPoolExecutor(1) as packer:
        for band in bands:
            if waiting is not None:
                yield waiting.result()
            waiting = packer.submit(pack.compress, band.data)
        yield (waiting.result() if waiting is not None else b"") + pack.flush()


@dataclass(frozen=True)
class _Step:
    """One thing to draw, with the rows that it reaches over, in millimetres from below."""

    low: float
    high: float
    draw: Callable[[Any, Affine2D], None]


def _bands(page: Drawn, dpi: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
    width, height = size
    rows = _BAND_ROWS
    steps = list(_steps(page.items, None, page.symbol))
    per_mm = dpi / MM_PER_INCH
    for top in range(0, height, rows):
        renderer: Any = _Renderer(width, rows, dpi)
        bottom = height - top - rows
        renderer.draw_path(GraphicsContextBase(), _paper(width, rows), Affine2D(), _WHITE)
        place = Affine2D().scale(per_mm).translate(0, -bottom)
        low, high = bottom / per_mm, (bottom + rows) / per_mm
        for step in steps:
            if step.low <= high and step.high >= low:
                step.draw(renderer, place)
        seen = np.asarray(renderer.buffer_rgba())[: min(rows, height - top)]
        yield _rows(seen)


def _rows(seen: np.ndarray) -> np.ndarray:
    """Rows as they are packed: no filter, then red, green, blue; colour by colour, the fastest way to copy them."""
    rows = np.empty((seen.shape[0], seen.shape[1] * 3 + 1), np.uint8)
    rows[:, 0] = 0
    for colour in range(3):
        rows[:, colour + 1 :: 3] = seen[:, :, colour]
    return rows


def _paper(width: int, rows: int) -> Outline:
    """White ground: Agg begins with transparent pixels, in which edges would come out hard."""
    return Outline([(-9, -9), (width + 9, -9), (width + 9, rows + 9), (-9, rows + 9), (-9, -9)], closed=True)


def _steps(items: Iterable[Item], clip: Box | None, symbol: float) -> Iterator[_Step]:
    for item in items:
        if isinstance(item, Shapes):
            yield from _shape_steps(item, clip, symbol)
        elif isinstance(item, Circles):
            yield from _circle_steps(item, clip, symbol)
        elif isinstance(item, Text) and item.text:
            yield from _text_steps(item, clip)
        elif isinstance(item, Window):
            yield from _steps(item.items, item.box, symbol)


def _shape_steps(item: Shapes, clip: Box | None, symbol: float) -> Iterator[_Step]:
    pen, face, width = _pen(item.look), _face(item.look) if item.closed else None, item.look.width
    outlines = [_outline(rings, closed=item.closed) for rings in item.shapes]
    if item.look.pattern is Pattern.NONE:
        yield from (_step(outline, pen, face, clip, width) for outline in outlines)
        return
    yield from (_step(outline, _pen(Look()), face, clip, width) for outline in outlines if face)
    yield from _pattern_steps(item.shapes, item.look, clip, symbol)
    yield from (_step(outline, pen, None, clip, width) for outline in outlines)


def _pattern_steps(shapes: Sequence[Rings], look: Look, clip: Box | None, symbol: float) -> Iterator[_Step]:
    """The lines or dots of a pattern in all shapes at once."""
    pixel = PX_MM * symbol
    if look.pattern is Pattern.DOTS:
        dots = [Outline.circle(dot, DOT_RADIUS * pixel) for dot in dots_in(shapes, symbol)]
        if dots:
            yield _step(Outline.make_compound_path(*dots), _pen(Look()), _rgba(look.lines), clip, 0)
        return
    lines = lines_in(shapes, look.pattern, symbol).reshape(-1, 2)
    if len(lines):
        width = LINES[look.pattern][1] * pixel
        outline = Outline(lines, np.tile([Outline.MOVETO, Outline.LINETO], len(lines) // 2))
        yield _step(outline, _pen(Look(stroke=look.lines, width=width)), None, clip, width)


def _outline(rings: Rings, *, closed: bool) -> Outline:
    parts = [_ring(ring) if closed else Outline(ring) for ring in rings]
    return parts[0] if len(parts) == 1 else Outline.make_compound_path(*parts)


def _ring(ring: np.ndarray) -> Outline:
    points = ring if len(ring) > 1 and (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])
    codes = np.full(len(points), Outline.LINETO, dtype=np.uint8)
    codes[0], codes[-1] = Outline.MOVETO, Outline.CLOSEPOLY
    return Outline(points, codes)


def _circle_steps(item: Circles, clip: Box | None, symbol: float) -> Iterator[_Step]:
    if item.look.pattern is not Pattern.NONE:
        yield from _shape_steps(Shapes(item.look, circle_rings(item.centres, item.radius)), clip, symbol)
        return
    pen, face = _pen(item.look), _face(item.look)
    for x, y in item.centres.tolist():
        yield _step(Outline.circle((x, y), item.radius), pen, face, clip, item.look.width)


def _text_steps(item: Text, clip: Box | None) -> Iterator[_Step]:
    outline = outline_of(item)
    if outline is None:
        return
    plain = GraphicsContextBase()
    plain.set_linewidth(0)
    if item.halo:
        around = GraphicsContextBase()
        width = item.size_pt * HALO
        around.set_foreground(item.halo)
        around.set_linewidth(width)
        around.set_joinstyle("round")
        yield _step(outline, around, None, clip, width * MM_PER_PT)
    yield _step(outline, plain, _rgba(item.colour), clip, 0)


def _step(
    outline: Outline, pen: GraphicsContextBase, face: tuple[float, ...] | None, clip: Box | None, width: float
) -> _Step:
    heights = np.asarray(outline.vertices)[:, 1]
    low, high = float(heights.min()) - width, float(heights.max()) + width
    if clip is not None:
        low, high = max(low, clip.y), min(high, clip.top)

    def draw(renderer: Any, place: Affine2D) -> None:
        if clip is None:
            pen.set_clip_rectangle(None)
        else:
            corners = place.transform([(clip.x, clip.y), (clip.right, clip.top)])
            pen.set_clip_rectangle(Bbox(corners))
        renderer.draw_path(pen, outline, place, face)

    return _Step(low, high, draw)


def _pen(look: Look) -> GraphicsContextBase:
    pen = GraphicsContextBase()
    pen.set_snap(False)
    if look.stroke and look.width:
        pen.set_foreground(look.stroke)
        pen.set_linewidth(look.width / MM_PER_PT)
        pen.set_joinstyle("round")
    else:
        pen.set_linewidth(0)
    if look.dash:
        pen.set_dashes(0, [length / MM_PER_PT for length in look.dash])
    return pen


def _face(look: Look) -> tuple[float, ...] | None:
    if look.fill is None:
        return None
    return (*_rgba(look.fill)[:3], look.opacity)


def _rgba(code: str) -> tuple[float, ...]:
    return (*(int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)), 1.0)
