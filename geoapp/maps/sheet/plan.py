"""Where everything lies on the paper: title, maps, scale, small maps, legend, notes; nothing over anything else."""

from dataclasses import dataclass

from geoapp.maps.sheet.ink import Box
from geoapp.maps.sheet.model import Paper

# How much larger than on A4 letters and symbols are, so that a large sheet reads from further away.
SYMBOLS = {"A5": 0.8, "A4": 1.0, "A3": 1.18, "A2": 1.45, "A1": 1.85}
# Lengths on A4 in millimetres.
_MARGIN = 8.0
_TITLE = 17.5
_GRID = 4.2
_BAND = 11.5
_GAP = 3.0
_SIDE = 62.0
_INSETS = 38.0
_PANEL = 82.0
_COMPARE_PANEL = 58.0
_CAPTION = 6.0
# Of a page about a park, the share of the height between title and foot that the map takes.
_PARK_MAP, _PARK_MAP_ACROSS = 0.5, 0.64


@dataclass(frozen=True)
class Plan:
    """The places of a page. Where legend and notes share a place, the notes take its foot, as much as they need."""

    symbol: float
    title: Box
    maps: tuple[Box, ...]
    band: Box
    insets: Box
    legend: tuple[Box, ...]
    notes: Box
    tables: Box | None = None


def plan_sheet(paper: Paper) -> Plan:
    """One map: beside it a column where the paper lies across, below it a panel where it stands upright."""
    k, title, body = _outer(paper)
    if paper.is_landscape:
        side = Box(body.right - _SIDE * k, body.y, _SIDE * k, body.height)
        left = Box(body.x, body.y, body.width - (_SIDE + _GAP) * k, body.height)
        frame, band = _framed(left, k)
        insets, rest = _cut_top(side, _INSETS * k, _GAP * k)
        return Plan(k, title, (frame,), band, insets, (rest,), rest)
    panel = Box(body.x, body.y, body.width, _PANEL * k)
    frame, band = _framed(_above(body, panel, k), k)
    legend, right = _cut_left(panel, 0.6, 4 * k)
    insets, notes = _cut_top(right, _INSETS * k, _GAP * k)
    return Plan(k, title, (frame,), band, insets, _columns(legend, 2, 3 * k), notes)


def plan_compare(paper: Paper) -> Plan:
    """Two maps side by side, one above the other where the paper stands upright; a panel below."""
    k, title, body = _outer(paper)
    height = _COMPARE_PANEL if paper.is_landscape else _PANEL
    panel = Box(body.x, body.y, body.width, height * k)
    area = _above(body, panel, k)
    band = Box(area.x, area.y, area.width, _BAND * k)
    upper = Box(area.x, band.top, area.width, area.height - band.height)
    if paper.is_landscape:
        halves = _columns(upper, 2, _GAP * k)
    else:
        half = (upper.height - _GAP * k) / 2
        halves = (Box(upper.x, upper.top - half, upper.width, half), Box(upper.x, upper.y, upper.width, half))
    frames = tuple(_inside(Box(one.x, one.y, one.width, one.height - _CAPTION * k), k) for one in halves)
    if paper.is_landscape:
        legend, rest = _cut_left(panel, 0.5, 4 * k)
        place, notes = _cut_left(rest, 0.45, 4 * k)
        insets, _ = _cut_top(place, _INSETS * k, 0)
        return Plan(k, title, frames, band, insets, _columns(legend, 2, 3 * k), notes)
    legend, right = _cut_left(panel, 0.6, 4 * k)
    insets, notes = _cut_top(right, _INSETS * k, _GAP * k)
    return Plan(k, title, frames, band, insets, _columns(legend, 2, 3 * k), notes)


def plan_park(paper: Paper) -> Plan:
    """A map above, below it tables on the left and what explains the map on the right."""
    k, title, body = _outer(paper)
    share = _PARK_MAP_ACROSS if paper.is_landscape else _PARK_MAP
    panel = Box(body.x, body.y, body.width, body.height * (1 - share))
    frame, band = _framed(_above(body, panel, k), k)
    tables, right = _cut_left(panel, 0.62, 5 * k)
    if paper.is_landscape:
        tables, right = _cut_left(panel, 0.5, 5 * k)
        legend, other = _cut_left(right, 0.42, 4 * k)
        insets, notes = _cut_top(other, min(_INSETS * k, other.height * 0.48), _GAP * k)
        return Plan(k, title, (frame,), band, insets, (legend,), notes, tables)
    insets, rest = _cut_top(right, _INSETS * k, _GAP * k)
    return Plan(k, title, (frame,), band, insets, (rest,), rest, tables)


def _outer(paper: Paper) -> tuple[float, Box, Box]:
    """How large symbols are, the place of the title, and all below it."""
    k = SYMBOLS[paper.name]
    margin, height = _MARGIN * k, _TITLE * k
    width = paper.width_mm - 2 * margin
    title = Box(margin, paper.height_mm - margin - height, width, height)
    return k, title, Box(margin, margin, width, title.y - margin - 1.5 * k)


def _framed(area: Box, k: float) -> tuple[Box, Box]:
    """The frame of a map with room for its grid, and the band of the scale below it."""
    band = Box(area.x, area.y, area.width, _BAND * k)
    return _inside(Box(area.x, band.top, area.width, area.height - band.height), k), band


def _inside(area: Box, k: float) -> Box:
    return area.grown(-_GRID * k)


def _above(body: Box, panel: Box, k: float) -> Box:
    bottom = panel.top + _GAP * k
    return Box(body.x, bottom, body.width, body.top - bottom)


def _cut_top(area: Box, height: float, gap: float) -> tuple[Box, Box]:
    upper = Box(area.x, area.top - height, area.width, height)
    return upper, Box(area.x, area.y, area.width, area.height - height - gap)


def _cut_left(area: Box, share: float, gap: float) -> tuple[Box, Box]:
    width = (area.width - gap) * share
    right = area.x + width + gap
    return Box(area.x, area.y, width, area.height), Box(right, area.y, area.right - right, area.height)


def _columns(area: Box, count: int, gap: float) -> tuple[Box, ...]:
    width = (area.width - gap * (count - 1)) / count
    return tuple(Box(area.x + i * (width + gap), area.y, width, area.height) for i in range(count))
