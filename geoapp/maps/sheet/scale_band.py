"""Below the map: the scale as number and bar, the system of coordinates, and where north is."""

import numpy as np

from geoapp.core.coordinates import ZONES
from geoapp.errors import N_
from geoapp.maps.sheet.colours import INK, SECOND
from geoapp.maps.sheet.grid import round_step
from geoapp.maps.sheet.ground import Ground
from geoapp.maps.sheet.ink import Box, Ink, Look, Shapes, Type
from geoapp.maps.sheet.lettering import BOLD
from geoapp.maps.sheet.model import Sheet

_BAR = 46.0


def draw_band(ink: Ink, box: Box, sheet: Sheet, ground: Ground) -> None:
    """All of the band, from the left: number, bar, system of coordinates, arrow."""
    k = ink.symbol
    right = _number(ink, box, sheet, ground.scale)
    end = _bar(ink, Box(right + 7 * k, box.y, min(_BAR * k, box.width * 0.3), box.height), sheet, ground.scale)
    _arrow(ink, box.right - 4 * k, box, sheet)
    _system(ink, Box(end, box.y, box.right - 10 * k - end, box.height), sheet)


def number(value: float, language: str) -> str:
    """A whole number with its thousands apart, as the language has it."""
    return f"{value:,.0f}" if language == "en" else f"{value:,.0f}".replace(",", ".")


def _number(ink: Ink, box: Box, sheet: Sheet, scale: int) -> float:
    k = ink.symbol
    large, small = Type(10 * k, BOLD), Type(5.8 * k, colour=SECOND)
    text = f"{sheet.say(N_('Scale'))} 1:{number(scale, sheet.language)}"
    ink.text((box.x, box.top - 5.6 * k), text, large)
    centimetre = scale / 100
    length = f"{number(centimetre / 1000, sheet.language)} km" if centimetre >= 1000 and centimetre % 1000 == 0 else ""
    length = length or f"{number(centimetre, sheet.language)} m"
    told = sheet.say(N_("1 cm on the map is %(length)s on the ground")) % {"length": length}
    ink.text((box.x, box.top - 9.4 * k), told, small)
    return box.x + max(large.width(text), small.width(told))


def _bar(ink: Ink, room: Box, sheet: Sheet, scale: int) -> float:
    """A bar of four parts; its right end."""
    k = ink.symbol
    metres = round_step(room.width * 0.75 * scale / 1000)
    if metres * 1000 / scale > room.width:
        metres = round_step(metres / 2.6)
    width = metres * 1000 / scale
    low, height = room.top - 6.4 * k, 1.5 * k
    ink.rectangle(Box(room.x, low, width, height), Look(fill="#ffffff", stroke=INK, width=0.16 * k))
    for part in (0, 2):
        ink.rectangle(Box(room.x + part * width / 4, low, width / 4, height), Look(fill=INK))
    style = Type(6.2 * k)
    point = "." if sheet.language == "en" else ","
    unit, divisor = ("km", 1000) if metres >= 2000 else ("m", 1)
    for share in (0.0, 0.5, 1.0):
        value = metres * share / divisor
        told = number(value, sheet.language) if value == int(value) else f"{value:g}".replace(".", point)
        ink.text((room.x + share * width, low - 3.2 * k), told, style, "middle")
    ink.text((room.x + width + 4.2 * k, low - 3.2 * k), unit, style)
    return room.x + width + 9 * k


def _system(ink: Ink, room: Box, sheet: Sheet) -> None:
    k = ink.symbol
    meridian = ZONES[sheet.epsg]
    degrees = f"{int(meridian)}°{round(meridian % 1 * 60):02d}'"
    style = Type(6.2 * k, colour=SECOND)
    lines = (
        sheet.say(N_("VN-2000, zone of 3°, central meridian %(meridian)s")) % {"meridian": degrees},
        sheet.say(N_("Grid in metres; north is that of the grid")),
    )
    widest = max(style.width(line) for line in lines)
    style = Type(6.2 * k * min(1.0, room.width / widest), colour=SECOND)
    for place, line in enumerate(lines):
        ink.text((room.right, room.top - (5.4 + place * 3.6) * k), line, style, "right")


def _arrow(ink: Ink, x: float, box: Box, sheet: Sheet) -> None:
    """A needle, its right half dark, under the letter of north."""
    k = ink.symbol
    foot, tip, half = box.top - 11.2 * k, box.top - 4.6 * k, 1.7 * k
    notch = foot + 1.5 * k
    left = np.array([(x, tip), (x - half, foot), (x, notch)])
    right = np.array([(x, tip), (x + half, foot), (x, notch)])
    ink.items.append(Shapes(Look(fill="#ffffff", stroke=INK, width=0.16 * k), [[left]]))
    ink.items.append(Shapes(Look(fill=INK, stroke=INK, width=0.16 * k), [[right]]))
    letter = sheet.say(N_("N (north)")).split(" ")[0]
    ink.text((x, tip + 0.6 * k), letter, Type(7 * k, BOLD), "middle")
