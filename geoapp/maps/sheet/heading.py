"""The title above the north frame: agency, title, subtitle; and the tag of demonstration data."""

from geoapp.errors import N_
from geoapp.maps.sheet.colours import ACCENT, DEMO, DEMO_GROUND, SECOND
from geoapp.maps.sheet.ink import Box, Ink, Look, Type
from geoapp.maps.sheet.lettering import BOLD, shorten
from geoapp.maps.sheet.model import Sheet
from geoapp.maps.sheet.notes import has_demo

_LEAST_PT = 10.0


def draw_heading(ink: Ink, box: Box, sheet: Sheet) -> None:
    """From above: agency, title, subtitle; a long title is set smaller, then cut."""
    k = ink.symbol
    room = box.width - _tag(ink, box, sheet)
    small = Type(6.6 * k, BOLD, colour=SECOND)
    ink.text((box.x, box.top - 2.4 * k), shorten(sheet.agency.upper(), small.size_pt, room, BOLD), small)
    size = 15.5 * k
    width = Type(size, BOLD).width(sheet.title)
    size = max(_LEAST_PT * k, min(size, size * room / width)) if width else size
    title = Type(size, BOLD)
    ink.text((box.x, box.top - 9.4 * k), shorten(sheet.title, size, room, BOLD), title)
    subtitle = Type(8.2 * k, colour=SECOND)
    ink.text((box.x, box.top - 14.4 * k), shorten(sheet.subtitle, subtitle.size_pt, box.width), subtitle)
    ink.line([(box.x, box.y), (box.right, box.y)], Look(stroke=ACCENT, width=0.5 * k))


def _tag(ink: Ink, box: Box, sheet: Sheet) -> float:
    """A tag on the right where there is demonstration data; the room that it takes."""
    if not has_demo(sheet):
        return 0.0
    k = ink.symbol
    style = Type(7.2 * k, BOLD, colour=DEMO)
    text = sheet.say(N_("Demonstration data")).upper()
    width = style.width(text) + 5 * k
    tag = Box(box.right - width, box.top - 6.2 * k, width, 5.6 * k)
    ink.rectangle(tag, Look(fill=DEMO_GROUND, stroke=DEMO, width=0.2 * k))
    ink.text((tag.x + 2.5 * k, tag.y + 1.85 * k), text, style)
    return width + 4 * k
