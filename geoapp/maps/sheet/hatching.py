"""Lines and dots of a pattern within shapes, for pictures: worked out by scan lines, which is faster than tiles are."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geoapp.catalog.model import Pattern
from geoapp.maps.sheet.ink import Points, Rings
from geoapp.maps.sheet.outlines import DOTS, PX_MM, TILE_PX

_TURNS = {Pattern.HATCH: (45.0,), Pattern.CROSS: (45.0, 135.0)}
_ROUND = np.linspace(0, 2 * math.pi, 33)


def lines_in(shapes: Sequence[Rings], pattern: Pattern, symbol: float) -> Points:
    """The lines of a pattern within shapes: (n, 2, 2), starts and ends in millimetres."""
    step = TILE_PX * PX_MM * symbol / math.sqrt(2)
    found = [_turned(*_spans(shapes, turn, step, 0.0), turn) for turn in _TURNS[pattern]]
    return np.concatenate(found)


def dots_in(shapes: Sequence[Rings], symbol: float) -> Points:
    """The dots of a pattern whose middle lies within shapes: (n, 2)."""
    step = TILE_PX * PX_MM * symbol
    found = []
    for x, y in DOTS:
        shift = x / TILE_PX * step
        heights, starts, ends = _spans(shapes, 0.0, step, (1 - y / TILE_PX) * step)
        first, last = np.ceil((starts - shift) / step), np.floor((ends - shift) / step)
        counts = np.maximum(last - first + 1, 0).astype(np.int64)
        places = np.repeat(first, counts) + _running(counts)
        found.append(np.column_stack([places * step + shift, np.repeat(heights, counts)]))
    return np.concatenate(found)


def circle_rings(centres: Points, radius: float) -> list[list[Points]]:
    """Circles as rings."""
    ring = np.column_stack([np.cos(_ROUND), np.sin(_ROUND)]) * radius
    return [[ring + centre] for centre in centres]


def _spans(
    shapes: Sequence[Rings], turn: float, step: float, shift: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Where parallel lines run within shapes: how far across each lies, and from where to where along it.

    A line enters and leaves a shape by turns, so its crossings with all rings, in order, are starts and ends.
    """
    edges = [np.stack([ring, np.roll(ring, -1, axis=0)], axis=1) for rings in shapes for ring in rings]
    owners = [np.full(len(ring), i) for i, rings in enumerate(shapes) for ring in rings]
    turned = np.concatenate(edges) @ _axes(turn)
    along, across = turned[:, :, 0], (turned[:, :, 1] - shift) / step
    low, high = across.min(axis=1), across.max(axis=1)
    counts = (np.ceil(high) - np.ceil(low)).astype(np.int64)
    which = np.repeat(np.arange(len(counts)), counts)
    line = np.repeat(np.ceil(low), counts) + _running(counts)
    rise = (across[:, 1] - across[:, 0])[which]
    share = (line - across[which, 0]) / rise
    place = along[which, 0] + share * (along[which, 1] - along[which, 0])
    order = np.lexsort((place, line, np.concatenate(owners)[which]))
    line, place = line[order], place[order]
    lines: NDArray[np.float64] = np.asarray(line[::2] * step + shift, dtype=np.float64)
    return lines, place[::2], place[1::2]


def _turned(across: NDArray[np.float64], starts: NDArray[np.float64], ends: NDArray[np.float64], turn: float) -> Points:
    pairs = np.stack([np.column_stack([starts, across]), np.column_stack([ends, across])], axis=1)
    back: Points = pairs @ _axes(turn).T
    return back


def _axes(turn: float) -> NDArray[np.float64]:
    """Columns: the direction along the lines, and the one across."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return np.array([[cos, -sin], [sin, cos]])


def _running(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 … within each of some runs."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
