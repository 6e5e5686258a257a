"""The legend: just the layers and classes that are on the paper, in the order of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoapp.catalog.model import Geometry, Layer, StyleClass, StyleKind
from geoapp.errors import N_
from geoapp.maps.sheet.colours import INK, SECOND
from geoapp.maps.sheet.features import Shown, mark_look
from geoapp.maps.sheet.ink import Box, Circles, Ink, Look, Type
from geoapp.maps.sheet.lettering import BOLD, shorten, wrap
from geoapp.maps.sheet.looks import area_look, line_look, point_look, radius_mm, ring_of
from geoapp.maps.sheet.model import Sheet

_HEAD_MM = 6.2
_ROW_PT, _TITLE_PT = 6.8, 7.2
_SWATCH = (7.4, 3.8)
_SPACE_MM = 1.6
# Where a legend is too long it is set smaller, first of all with two classes beside each other.
_SIZES = ((1.0, False), (0.92, False), (1.0, True), (0.9, True), (0.8, True), (0.7, True))
_CONTEXT = "context"


@dataclass(frozen=True)
class Row:
    """A row: how it is drawn (None: text only) and what it says.

    ``approximate``: drawn dashed; ``beside``: a text that stands below those with a swatch.
    """

    text: str
    layer: Layer | None = None
    style: StyleClass | None = None
    mark: bool = False
    approximate: bool = False
    as_point: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Block:
    """What belongs together: a title (may be empty) and its rows."""

    title: str
    rows: tuple[Row, ...]


def legend_blocks(sheet: Sheet, layers: Sequence[Shown]) -> list[Block]:
    """What the legend says: layers from above to below, the base last, then what marks mean."""
    shown = [one for one in reversed(layers) if one.classes or one.without_place]
    data = [one for one in shown if one.source.layer.group != _CONTEXT]
    base = [one for one in shown if one.source.layer.group == _CONTEXT and one.classes]
    blocks: list[Block] = []
    for one in [*data, *base]:
        block = _block(sheet, one)
        if blocks and not blocks[-1].title and not block.title:
            blocks[-1] = Block("", blocks[-1].rows + block.rows)
        else:
            blocks.append(block)
    marks = _marks(sheet, layers)
    return [*blocks, Block("", tuple(marks))] if marks else blocks


def draw_legend(ink: Ink, columns: Sequence[Box], sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Write the legend into columns; the largest letters at which all of it fits."""
    head = Type(8 * ink.symbol, BOLD)
    ink.text((columns[0].x, columns[0].top - head.height), sheet.say(N_("Legend")), head)
    rooms = [Box(one.x, one.y, one.width, one.height - _HEAD_MM * ink.symbol) for one in columns]
    for size, double in _SIZES:
        setting = _Setting(ink, size * ink.symbol, double=double)
        if setting.flow(blocks, rooms, draw=False) == 0:
            break
    else:
        # The last line of the last column tells how much is left out.
        foot = 3.2 * ink.symbol
        rooms = [Box(one.x, one.y + foot, one.width, one.height - foot) for one in rooms]
    left_out = setting.flow(blocks, rooms, draw=True)
    if left_out:
        told = sheet.say(N_("… and %(count)s more; a larger paper shows them")) % {"count": left_out}
        room = columns[-1]
        ink.text((room.x, room.y + 0.6 * ink.symbol), told, Type(5.6 * ink.symbol, colour=SECOND))


def _block(sheet: Sheet, shown: Shown) -> Block:
    layer, language = shown.source.layer, sheet.language
    rows = [
        Row(_capital(style.label.text(language)), layer, style, approximate=_only_approximate(shown))
        for style in shown.legend_classes()
    ]
    title = layer.title.text(language) if layer.style.kind is not StyleKind.SINGLE else ""
    if shown.source.level is not None:
        rows.append(Row(_capital(shown.source.level.title.text(language))))
    if shown.source.hidden:
        told = sheet.say(N_("Not drawn: %(classes)s"))
        rows.append(Row(told % {"classes": ", ".join(_hidden_labels(shown, language))}))
    rows += [Row(_capital(mark.label.text(language)), beside=True) for mark in layer.style.marks]
    if shown.without_place:
        rows.append(Row(sheet.say(N_("Place not published: %(count)s")) % {"count": shown.without_place}))
    return Block(title, tuple(rows))


def _hidden_labels(shown: Shown, language: str) -> list[str]:
    layer = shown.source.layer
    known = (*layer.style.classes, *((layer.style.no_data,) if layer.style.no_data else ()))
    return [style.label.text(language) for style in known if style.key in shown.source.hidden]


def _only_approximate(shown: Shown) -> bool:
    return shown.is_approximate and shown.source.layer.style.kind is StyleKind.SINGLE


def _marks(sheet: Sheet, layers: Sequence[Shown]) -> list[Row]:
    rows = []
    if any(shown.is_marked for shown in layers) and sheet.marked is not None:
        rows.append(Row(sheet.marked.label, mark=True))
    rough = next((shown for shown in layers if shown.is_approximate), None)
    if rough is not None:
        rows.append(Row(sheet.say(N_("Dashed: approximate outline, not surveyed")), approximate=True))
    small = next((shown for shown in reversed(layers) if shown.has_markers), None)
    if small is not None:
        style = small.legend_classes()[0]
        told = sheet.say(N_("Circle: too small for its outline at this scale"))
        rows.append(Row(told, small.source.layer, style, as_point=True))
    return rows


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Setting:
    """A legend in letters of one size."""

    def __init__(self, ink: Ink, k: float, *, double: bool) -> None:
        self.ink, self.k, self.double = ink, k, double
        self.row = Type(_ROW_PT * k)
        self.title = Type(_TITLE_PT * k, BOLD)
        self.note = Type(_ROW_PT * 0.9 * k, colour=SECOND)

    def flow(self, blocks: Sequence[Block], rooms: Sequence[Box], *, draw: bool) -> int:
        """Lay the blocks out, a column after the other; how many rows found no room."""
        place, y, left_out = 0, rooms[0].top, 0
        for block in blocks:
            height = self._height(block, rooms[0].width)
            if y - height < rooms[place].y and y < rooms[place].top and place + 1 < len(rooms):
                place, y = place + 1, rooms[place + 1].top
            lines = self._lines(block, rooms[0].width)
            if block.title and y - self._title_height(block, rooms[place].width) >= rooms[place].y:
                y = self._write_title(block, rooms[place], y, draw=draw)
            for line in lines:
                high = self._line_height(line, rooms[place].width)
                if y - high < rooms[place].y and place + 1 < len(rooms):
                    place, y = place + 1, rooms[place + 1].top
                if y - high < rooms[place].y:
                    left_out += len(line)
                    continue
                if draw:
                    self._write_line(line, rooms[place], y)
                y -= high
            y -= _SPACE_MM * self.k
        return left_out

    def _height(self, block: Block, width: float) -> float:
        lines = sum(self._line_height(line, width) for line in self._lines(block, width))
        return self._title_height(block, width) + lines

    def _title_height(self, block: Block, width: float) -> float:
        return len(wrap(block.title, self.title.size_pt, width, BOLD)) * self.title.leading + 0.6 * self.k

    def _write_title(self, block: Block, room: Box, y: float, *, draw: bool) -> float:
        for i, line in enumerate(wrap(block.title, self.title.size_pt, room.width, BOLD)):
            if draw:
                self.ink.text((room.x, y - self.title.height - i * self.title.leading), line, self.title)
        return y - self._title_height(block, room.width)

    def _lines(self, block: Block, width: float) -> list[tuple[Row, ...]]:
        """Rows beside each other: two classes where both are short and the legend is folded."""
        lines: list[tuple[Row, ...]] = []
        half = width / 2 - (_SWATCH[0] + 2.5) * self.k
        for row in block.rows:
            short = self.double and row.style is not None and self.row.width(row.text) <= half
            if short and lines and len(lines[-1]) == 1 and self._is_short(lines[-1][0], half):
                lines[-1] = (*lines[-1], row)
            else:
                lines.append((row,))
        return lines

    def _is_short(self, row: Row, half: float) -> bool:
        return row.style is not None and self.row.width(row.text) <= half

    def _line_height(self, line: tuple[Row, ...], width: float) -> float:
        count = max(len(self._wrapped(row, width)) for row in line) if len(line) == 1 else 1
        least = (_SWATCH[1] + 1.0) * self.k if any(_has_swatch(row) for row in line) else 0.0
        return max(least, count * self.row.leading + 0.7 * self.k)

    def _wrapped(self, row: Row, width: float) -> Sequence[str]:
        indent = self._indent(row)
        style = self.row if _has_swatch(row) else self.note
        return wrap(row.text, style.size_pt, width - indent)[:3]

    def _indent(self, row: Row) -> float:
        return (_SWATCH[0] + 1.8) * self.k if _has_swatch(row) or row.beside else 0.0

    def _write_line(self, line: tuple[Row, ...], room: Box, y: float) -> None:
        high = self._line_height(line, room.width)
        step = room.width / max(1, len(line))
        for i, row in enumerate(line):
            x = room.x + i * step
            middle = y - high / 2
            if _has_swatch(row):
                draw_swatch(
                    self.ink, Box(x, middle - _SWATCH[1] * self.k / 2, *(side * self.k for side in _SWATCH)), row
                )
            texts = self._wrapped(row, room.width) if len(line) == 1 else (shorten(row.text, self.row.size_pt, step),)
            style = self.row if _has_swatch(row) else self.note
            indent = self._indent(row)
            first = middle + (len(texts) - 1) * style.leading / 2 - style.height * 0.34
            for j, text in enumerate(texts):
                self.ink.text((x + indent, first - j * style.leading), text, style)


def _has_swatch(row: Row) -> bool:
    return row.style is not None or row.mark or row.approximate


def draw_swatch(ink: Ink, box: Box, row: Row) -> None:
    """How a class is drawn on the map, small."""
    k = box.height / _SWATCH[1]
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    level = [(box.x, middle[1]), (box.right, middle[1])]
    if row.mark:
        ink.rectangle(box.grown(-0.4 * k), mark_look(k * 0.8))
    elif row.style is None or row.layer is None:
        ink.rectangle(box.grown(-0.3 * k), Look(stroke=INK, width=0.22 * k, dash=(1.6 * k, 1.0 * k)))
    elif row.as_point or row.layer.geometry is Geometry.POINT:
        ring = ring_of(row.style, k)
        share = min(1.0, (box.height / 2) / ((ring[1] if ring else radius_mm(row.style, k)) + 0.3 * k))
        if ring:
            ink.items.append(Circles(ring[0], np.array([middle]), ring[1] * share))
        look = point_look(row.style, approximate=row.approximate, symbol=k)
        ink.items.append(Circles(look, np.array([middle]), radius_mm(row.style, k) * share))
    elif row.layer.geometry is Geometry.LINE:
        ink.line(level, line_look(row.style, approximate=row.approximate, symbol=k))
    else:
        ink.rectangle(box.grown(-0.3 * k), area_look(row.style, approximate=row.approximate, symbol=k))
