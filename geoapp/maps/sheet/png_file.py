"""A drawing as PNG: rendered in bands from above by Matplotlib's Agg and packed while the next band is drawn.

So a sheet of A1 at 600 dots an inch needs the memory of a band, not of the sheet.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, Bbox

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.glyphs import outline_of
from geoapp.maps.sheet.ink import Box, Circles, Item, Look, Shapes, Text, Window
from geoapp.maps.sheet.lettering import MM_PER_PT
from geoapp.maps.sheet.outlines import DOT_RADIUS, DOTS, HALO, LINES, PX_MM, TILE_PX
from geoapp.maps.sheet.pdf_book import Drawn

MM_PER_INCH = 25.4
# Bands of about a megapixel and a half pack fastest; their height must be whole inches, so that patterns join.
_BAND_ROWS = 300
_ZLIB_LEVEL = 1
_UP = 2
_WHITE = (1.0, 1.0, 1.0, 1.0)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size_px(page: Drawn, dpi: int) -> tuple[int, int]:
    """Width and height of a page in pixels."""
    return round(page.width_mm / MM_PER_INCH * dpi), round(page.height_mm / MM_PER_INCH * dpi)


def write_png(page: Drawn, dpi: int, title: str) -> bytes:
    """The drawing as a file; the dots an inch are written into it."""
    width, height = size_px(page, dpi)
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
    """Bands of (rows, columns, red-green-blue) as packed rows; a second thread packs while the next band is drawn."""
    pack = zlib.compressobj(_ZLIB_LEVEL, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    above: np.ndarray | None = None
    waiting: Future[bytes] | None = None
    with ThreadPoolExecutor(1) as packer:
        for band in bands:
            rows = np.empty((band.shape[0], band.shape[1] + 1), np.uint8)
            rows[:, 0] = _UP
            np.subtract(band[1:], band[:-1], out=rows[1:, 1:])
            rows[0, 1:] = band[0] if above is None else band[0] - above
            above = band[-1]
            if waiting is not None:
                yield waiting.result()
            waiting = packer.submit(pack.compress, rows.data)
        yield (waiting.result() if waiting is not None else b"") + pack.flush()


@dataclass(frozen=True)
class _Step:
    """One thing to draw, with the rows that it reaches over, in millimetres from below."""

    low: float
    high: float
    draw: Callable[[RendererAgg, Affine2D], None]


class _Hatched(GraphicsContextBase):
    """The pen of a shape with a pattern: the same tiles as on screen, as many as fit an inch."""

    def __init__(self, look: Look, symbol: float) -> None:
        super().__init__()
        self._tiles = max(1, round(MM_PER_INCH / (PX_MM * TILE_PX * symbol)))
        self._look = look
        self.set_hatch("/")
        self.set_hatch_color(look.lines)
        tile_pt = 72 / self._tiles / TILE_PX
        width = 0.0 if look.pattern is Pattern.DOTS else LINES[look.pattern][1]
        self.set_hatch_linewidth(width * tile_pt)

    def get_hatch_path(self, density: float = 6.0) -> Outline:  # noqa: ARG002 - asked by Matplotlib
        """All lines or dots of an inch, in a square of 1."""
        tiles = self._tiles
        places = [(column, row) for column in range(tiles) for row in range(tiles)]
        if self._look.pattern is Pattern.DOTS:
            radius = DOT_RADIUS / TILE_PX / tiles
            dots = [((i + x / TILE_PX) / tiles, (j + 1 - y / TILE_PX) / tiles) for i, j in places for x, y in DOTS]
            return Outline.make_compound_path(*(Outline.circle(dot, radius) for dot in dots))
        lines = np.array(LINES[self._look.pattern][0]).reshape(-1, 2, 2) / TILE_PX
        lines[:, :, 1] = 1 - lines[:, :, 1]
        moved = [(lines + place) / tiles for place in places]
        points = np.concatenate(moved).reshape(-1, 2)
        return Outline(points, [Outline.MOVETO, Outline.LINETO] * (len(points) // 2))


def _bands(page: Drawn, dpi: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
    width, height = size
    rows = dpi * max(1, _BAND_ROWS // dpi)
    steps = list(_steps(page.items, None, page.symbol, dpi))
    per_mm = dpi / MM_PER_INCH
    for top in range(0, height, rows):
        renderer = RendererAgg(width, rows, dpi)
        bottom = height - top - rows
        renderer.draw_path(GraphicsContextBase(), _paper(width, rows), Affine2D(), _WHITE)
        place = Affine2D().scale(per_mm).translate(0, -bottom)
        low, high = bottom / per_mm, (bottom + rows) / per_mm
        for step in steps:
            if step.low <= high and step.high >= low:
                step.draw(renderer, place)
        seen = np.asarray(renderer.buffer_rgba())[: min(rows, height - top)]
        yield np.ascontiguousarray(seen[:, :, :3]).reshape(seen.shape[0], -1)


def _paper(width: int, rows: int) -> Outline:
    """White ground: Agg begins with transparent pixels, in which edges would come out hard."""
    return Outline([(-9, -9), (width + 9, -9), (width + 9, rows + 9), (-9, rows + 9), (-9, -9)], closed=True)


def _steps(items: Iterable[Item], clip: Box | None, symbol: float, dpi: int) -> Iterator[_Step]:
    for item in items:
        if isinstance(item, Shapes):
            yield from _shape_steps(item, clip, symbol)
        elif isinstance(item, Circles):
            yield from _circle_steps(item, clip, symbol)
        elif isinstance(item, Text) and item.text:
            yield from _text_steps(item, clip)
        elif isinstance(item, Window):
            yield from _steps(item.items, item.box, symbol, dpi)


def _shape_steps(item: Shapes, clip: Box | None, symbol: float) -> Iterator[_Step]:
    pen = _pen(item.look, symbol)
    face = _face(item.look) if item.closed else None
    # Agg paints the tile of a pattern anew for every outline, so that shapes with one are painted as a whole.
    together = [[ring for rings in item.shapes for ring in rings]]
    for rings in item.shapes if item.look.pattern is Pattern.NONE else together:
        parts = [_ring(ring) if item.closed else Outline(ring) for ring in rings]
        outline = parts[0] if len(parts) == 1 else Outline.make_compound_path(*parts)
        yield _step(outline, pen, face, clip, item.look.width)


def _ring(ring: np.ndarray) -> Outline:
    points = ring if len(ring) > 1 and (ring[0] == ring[-1]).all() else np.concatenate([ring, ring[:1]])
    codes = np.full(len(points), Outline.LINETO, dtype=np.uint8)
    codes[0], codes[-1] = Outline.MOVETO, Outline.CLOSEPOLY
    return Outline(points, codes)


def _circle_steps(item: Circles, clip: Box | None, symbol: float) -> Iterator[_Step]:
    pen, face = _pen(item.look, symbol), _face(item.look)
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
    low, high = float(outline.vertices[:, 1].min()) - width, float(outline.vertices[:, 1].max()) + width
    if clip is not None:
        low, high = max(low, clip.y), min(high, clip.top)

    def draw(renderer: RendererAgg, place: Affine2D) -> None:
        if clip is None:
            pen.set_clip_rectangle(None)
        else:
            corners = place.transform([(clip.x, clip.y), (clip.right, clip.top)])
            pen.set_clip_rectangle(Bbox(corners))
        renderer.draw_path(pen, outline, place, face)

    return _Step(low, high, draw)


def _pen(look: Look, symbol: float) -> GraphicsContextBase:
    pen = GraphicsContextBase() if look.pattern is Pattern.NONE else _Hatched(look, symbol)
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
