"""The first pages of a file of many maps: what is in it, with page numbers that open the pages."""

from collections.abc import Sequence

from geoapp.maps.sheet.colours import ACCENT, SECOND
from geoapp.maps.sheet.ink import Box, Ink, Link, Look, Type
from geoapp.maps.sheet.lettering import BOLD, shorten
from geoapp.maps.sheet.model import Sheet
from geoapp.maps.sheet.pdf_book import Drawn
from geoapp.maps.sheet.plan import SYMBOLS

_MARGIN, _ROW = 14.0, 5.0
_HEAD = 32.0


def contents_pages(first: Sheet, title: str, heading: str, names: Sequence[str]) -> list[Drawn]:
    """As many pages as the list needs, on the paper of the first map; in two columns where it lies across."""
    paper, k = first.paper, SYMBOLS[first.paper.name]
    columns = 2 if paper.is_landscape else 1
    rows = int((paper.height_mm - (2 * _MARGIN + _HEAD) * k) / (_ROW * k))
    a_page = rows * columns
    count = -(-len(names) // a_page)
    pages = []
    for number in range(count):
        ink = Ink(k)
        _head(ink, first, title, heading)
        for i in range(number * a_page, min((number + 1) * a_page, len(names))):
            column, row = divmod(i - number * a_page, rows)
            width = (paper.width_mm - (2 * _MARGIN + (columns - 1) * 10) * k) / columns
            x = _MARGIN * k + column * (width + 10 * k)
            y = paper.height_mm - (_MARGIN + _HEAD + (row + 1) * _ROW) * k
            _row(ink, Box(x, y, width, _ROW * k), names[i], (i, i + 1 + count))
        pages.append(Drawn(paper.width_mm, paper.height_mm, ink.items, k))
    return pages


def _head(ink: Ink, first: Sheet, title: str, heading: str) -> None:
    k, paper = ink.symbol, first.paper
    x, top, room = _MARGIN * k, paper.height_mm - _MARGIN * k, paper.width_mm - 2 * _MARGIN * k
    agency, main = Type(7.5 * k, BOLD, colour=SECOND), Type(18 * k, BOLD)
    ink.text((x, top - 3 * k), shorten(first.agency.upper(), agency.size_pt, room, BOLD), agency)
    ink.text((x, top - 13 * k), shorten(title, main.size_pt, room, BOLD), main)
    ink.line([(x, top - 18 * k), (x + room, top - 18 * k)], Look(stroke=ACCENT, width=0.5 * k))
    ink.text((x, top - 27 * k), heading, Type(11 * k, BOLD))


def _row(ink: Ink, box: Box, name: str, place: tuple[int, int]) -> None:
    """A name, dots, the number of its page. Args: place - of the page among the maps, and its printed number."""
    page, number = place
    k = ink.symbol
    style = Type(8.4 * k)
    y = box.y + 1.4 * k
    told = str(number)
    text = shorten(name, style.size_pt, box.width - 14 * k)
    ink.text((box.x, y), text, style)
    ink.text((box.right, y), told, style, "right")
    start, end = box.x + style.width(text) + 2 * k, box.right - style.width(told) - 2 * k
    if end > start:
        ink.line([(start, y + 0.3 * k), (end, y + 0.3 * k)], Look(stroke=SECOND, width=0.2 * k, dash=(0.25 * k, 1 * k)))
    ink.items.append(Link(box, page=page))
