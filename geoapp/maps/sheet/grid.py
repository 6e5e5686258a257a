"""The frame of a map with the grid of VN-2000: crosses inside, coordinates between the two lines of the frame."""

import math

from geoapp.maps.sheet.colours import INK, SECOND
from geoapp.maps.sheet.ground import Ground
from geoapp.maps.sheet.ink import Box, Ink, Look, Type

# Millimetres on A4.
_LABEL_PT = 5.6
_OUTER = 3.8
_TICK = 1.6
_CROSS = 1.5
_APART = 42.0


def draw_grid(ink: Ink, ground: Ground) -> None:
    """Crosses where lines of the grid meet; to be drawn in the window of the map, above areas."""
    k = ink.symbol
    arm = _CROSS * k
    crosses = []
    for x in _lines(ground, across=True).values():
        for y in _lines(ground, across=False).values():
            crosses += [[(x - arm, y), (x + arm, y)], [(x, y - arm), (x, y + arm)]]
    ink.lines(crosses, Look(stroke=SECOND, width=0.12 * k))


def draw_frame(ink: Ink, ground: Ground) -> None:
    """The two lines of the frame, the marks of the grid on all four sides and their coordinates in metres."""
    k, frame = ink.symbol, ground.frame
    outer = frame.grown(_OUTER * k)
    ink.rectangle(frame, Look(stroke=INK, width=0.3 * k))
    ink.rectangle(outer, Look(stroke=INK, width=0.16 * k))
    _side(ink, ground, outer, across=True)
    _side(ink, ground, outer, across=False)


def _side(ink: Ink, ground: Ground, outer: Box, *, across: bool) -> None:
    k, frame = ink.symbol, ground.frame
    middle = (_OUTER * k) / 2
    ticks = []
    style = Type(_LABEL_PT * k, angle=0 if across else 90)
    rise = style.height * 0.36
    for metres, place in _lines(ground, across=across).items():
        text = f"{metres:,}".replace(",", "\u00a0")
        half = style.width(text) / 2 + 0.8 * k
        if across:
            ticks += [[(place, frame.top), (place, frame.top + _TICK * k * 0.4)]]
            ticks += [[(place, frame.y), (place, frame.y - _TICK * k * 0.4)]]
            inside = outer.x + half < place < outer.right - half
            spots = [(place, frame.top + middle - rise), (place, frame.y - middle - rise)]
        else:
            ticks += [[(frame.x, place), (frame.x - _TICK * k * 0.4, place)]]
            ticks += [[(frame.right, place), (frame.right + _TICK * k * 0.4, place)]]
            # Not into the corners: there the coordinates of the other side stand.
            inside = frame.y + half < place + 0.8 * k and place - 0.8 * k < frame.top - half
            spots = [(frame.x - middle + rise, place), (frame.right + middle + rise, place)]
        if inside:
            for spot in spots:
                ink.text(spot, text, style, "middle")
    ink.lines(ticks, Look(stroke=INK, width=0.16 * k))


def _lines(ground: Ground, *, across: bool) -> dict[int, float]:
    """Coordinates of the lines of the grid in metres, each with its place on the paper."""
    frame = ground.frame
    length = frame.width if across else frame.height
    low, start = (ground.west, frame.x) if across else (ground.south, frame.y)
    count = max(2.0, min(ground.frame.width, ground.frame.height) / (_APART * _unit(frame)))
    step = round_step(min(frame.width, frame.height) * ground.scale / 1000 / count)
    high = low + length * ground.scale / 1000
    first = math.ceil(low / step) * step
    places = range(int(first), int(high) + 1, int(step))
    return {metres: start + (metres - low) * 1000 / ground.scale for metres in places}


def _unit(frame: Box) -> float:
    """Large sheets have wider meshes."""
    return max(1.0, min(frame.width, frame.height) / 240.0)


def round_step(about: float) -> float:
    """A round length near a length: 1, 2 or 5 with noughts; at least 1."""
    power = 10.0 ** math.floor(math.log10(max(about, 1.0)))
    return max(1.0, next(power * step for step in (1, 2, 5, 10) if power * step >= about * 0.75))
