"""Names on the map: each where it can be read, none over another, none over the circle of another feature."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geoapp.catalog.model import Delivery
from geoapp.maps.sheet.features import Name, Shown
from geoapp.maps.sheet.ink import Box, Ink, Type
from geoapp.maps.sheet.lettering import BOLD, REGULAR, written
from geoapp.maps.sheet.outlines import PX_MM

# Metres of a pixel at zoom 0 in the latitude of the province.
_ZOOM_0_M = 156_543.03 * math.cos(math.radians(20.2))
# Paper is read from nearer than a screen: names come a little more than one zoom earlier. Where there are few of them,
# as of parks, it is one more: the paper cannot be asked by a pointer what a circle stands for.
_EARLIER = 1.25
_FEW, _EARLIER_IF_FEW = 60, 2.25
_CELL_MM = 12.0
_GAP_MM = 0.5
_CLEAR_MM = 0.4
# A name may be this much wider than its area and still stand in the middle of it.
_ROOMY = 1.2
_CONTEXT = "context"
_SMALLEST_PT = 4.4
_SIZES = (1.0, 0.85, 0.72)
_MOST = 0.6
_SAME_MM = 60.0
# Where a name may stand beside a circle: shares of its width and height from the circle, and the direction.
_BESIDE = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True)
class Placed:
    """A name in its place. ``box``: what it covers."""

    text: str
    box: Box


class _Taken:
    """Boxes that are in use, found by place."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in self._of(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box, own: Box | None = None) -> bool:
        near = (other for cell in self._of(box) for other in self._cells.get(cell, ()))
        return not any(other is not own and box.overlaps(other) for other in near)

    @staticmethod
    def _of(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.x // _CELL_MM), int(box.right // _CELL_MM) + 1):
            for row in range(int(box.y // _CELL_MM), int(box.top // _CELL_MM) + 1):
                yield column, row


def draw_names(ink: Ink, layers: Sequence[Shown], frame: Box, scale: int, language: str) -> list[Placed]:
    """Write the names of all layers that have them at this scale; names of data go before those of the base."""
    taken = _Taken()
    for shown in layers:
        for box in shown.obstacles:
            taken.add(box)
    zoom = math.log2(_ZOOM_0_M * 1000 / (scale * PX_MM * ink.symbol))
    named = [shown for shown in reversed(layers) if _is_named(shown, zoom)]
    named.sort(key=lambda shown: shown.source.layer.group == _CONTEXT)
    placed: list[Placed] = []
    inner = frame.grown(-_GAP_MM)
    for shown in named:
        named_here = list(_texts(shown, language))
        sizes = _sizes(shown, named_here, ink.symbol)
        for name, text in named_here:
            if any(other.text == text and _is_near(other.box, name) for other in placed):
                continue
            found = _find_place(shown, (name, text), sizes, inner, taken)
            if found is not None:
                box, style = found
                taken.add(box.grown(_GAP_MM))
                ink.text((box.x, box.y + style.height * 0.28), text, style)
                placed.append(Placed(text, box))
    return placed


def _is_named(shown: Shown, zoom: float) -> bool:
    least = shown.source.layer.label_from_zoom
    is_park = shown.source.layer.marker_below_px is not None and len(shown.names) <= _FEW
    earlier = _EARLIER_IF_FEW if is_park else _EARLIER
    return least is not None and shown.source.level is None and zoom + earlier >= least


def _texts(shown: Shown, language: str) -> Iterable[tuple[Name, str]]:
    """Names with their texts, the largest areas first."""
    layer = shown.source.layer
    field = layer.fields.get(layer.label)
    column = f"{layer.label}_{language}" if field is not None and field.localized else layer.label
    if column not in shown.source.frame.columns:
        return []
    values = shown.source.frame[column].tolist()
    named = [(name, written(str(values[name.row]))) for name in shown.names if values[name.row] is not None]
    return sorted(named, key=lambda one: (-(one[0].box.width * one[0].box.height if one[0].box else 0.0), one[1]))


def _is_near(box: Box, name: Name) -> bool:
    """The same name stands there already, for the same thing on another layer."""
    return math.hypot(box.x + box.width / 2 - name.x, box.y + box.height / 2 - name.y) < _SAME_MM


def _sizes(shown: Shown, named: Sequence[tuple[Name, str]], symbol: float) -> list[Type]:
    """Letters to try, the largest first. All plots have one size: the largest at which most of their names fit."""
    sizes = [_style(shown, symbol, share) for share in _SIZES]
    sizes = [style for style in sizes if style.size_pt >= _SMALLEST_PT]
    if not _is_plot(shown):
        return sizes
    areas = [(name.box.width, text) for name, text in named if name.box is not None]
    for style in sizes[:-1]:
        if sum(style.width(text) <= width for width, text in areas) >= _MOST * len(areas):
            return [style]
    return sizes[-1:]


def _find_place(
    shown: Shown, named: tuple[Name, str], sizes: Sequence[Type], frame: Box, taken: _Taken
) -> tuple[Box, Type] | None:
    name, text = named
    for style in sizes:
        width, height = style.width(text), style.height * 1.16
        for box in _boxes(name, width, height):
            if not _fits(shown, name, box):
                continue
            if frame.holds(box) and taken.is_free(box, name.own):
                return box, style
    return None


def _fits(shown: Shown, name: Name, box: Box) -> bool:
    """Names of plots stay within them; others may stand beside or reach over their outline."""
    if name.box is None or not _is_plot(shown):
        return True
    return name.box.grown(-0.2).holds(box)


def _is_plot(shown: Shown) -> bool:
    return shown.source.layer.delivery is Delivery.TILES


def _boxes(name: Name, width: float, height: float) -> Iterator[Box]:
    """Where a name may stand: in the middle of an area that holds it, beside a circle or a smaller area."""
    area = name.box
    if area is None:
        reach = name.radius
        area = Box(name.x - reach, name.y - reach, 2 * reach, 2 * reach)
    elif width <= area.width * _ROOMY:
        yield Box(name.x - width / 2, name.y - height / 2, width, height)
        return
    x, y = area.x + area.width / 2, area.y + area.height / 2
    for across, up in _BESIDE:
        lean = 0.75 if across and up else 1.0
        left = x + across * (area.width / 2 + _CLEAR_MM) * lean - width * (1 - across) / 2
        low = y + up * (area.height / 2 + _CLEAR_MM) * lean - height * (1 - up) / 2
        yield Box(left, low, width, height)
    if name.box is not None:
        yield Box(name.x - width / 2, name.y - height / 2, width, height)


def _style(shown: Shown, symbol: float, share: float) -> Type:
    layer = shown.source.layer
    if layer.group == _CONTEXT:
        return Type(6.4 * symbol * share, REGULAR, "#55626f", halo="#ffffff")
    if _is_plot(shown):
        return Type(6.4 * symbol * share, REGULAR, halo="#ffffff")
    return Type(7.2 * symbol * share, BOLD, halo="#ffffff")
